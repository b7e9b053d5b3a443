package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.Precedence;

/** Expressions, by precedence climbing over {@link Precedence}. What stands between operators is {@link ValueParser}'s. */
final class ExpressionParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final ValueParser values;

    ExpressionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens();
        this.values = new ValueParser(grammar, this);
    }

    ValueParser values() {
        return values;
    }

    /** Any expression. */
    Expression expression() {
        tokens.enter();
        Span start = tokens.peek().span();
        Expression left = ternary(start);
        Token token = tokens.peek();
        Expression.AssignmentOperator operator =
                token.kind() == TokenKind.OPERATOR ? Operators.assignment(token.text()) : null;
        if (operator != null) {
            tokens.next();
            Expression right = expression();
            left = new Expression.Assignment(operator, left, right, tokens.since(start));
        }
        tokens.leave();
        return left;
    }

    private Expression ternary(Span start) {
        Expression condition = binary(Precedence.LOGICAL_OR);
        if (!tokens.accept("?")) {
            return condition;
        }
        Expression then = expression();
        tokens.expect(":");
        Expression otherwise = expression();
        return new Expression.Ternary(condition, then, otherwise, tokens.since(start));
    }

    /** An expression whose operators bind at least as tightly as the given level. */
    private Expression binary(int lowest) {
        Span start = tokens.peek().span();
        if (lowest <= Precedence.MEMBERSHIP && tokens.at("[")) {
            return more(bracketedMembership(start), start, lowest, Precedence.BIT_AND);
        }
        return more(unary(), start, lowest, Precedence.MULTIPLICATIVE);
    }

    /** Takes the operators between two levels; after one of a level no tighter one can follow. */
    private Expression more(Expression first, Span start, int lowest, int highest) {
        Expression left = first;
        int ceiling = highest;
        while (true) {
            Token token = tokens.peek();
            if (token.isKeyword("in") && lowest <= Precedence.MEMBERSHIP && Precedence.MEMBERSHIP <= ceiling) {
                tokens.next();
                left = new Expression.Membership(List.of(Optional.of(left)), arrayName(), tokens.since(start));
                ceiling = Precedence.BIT_AND;
                continue;
            }
            if (token.kind() != TokenKind.OPERATOR) {
                return left;
            }
            String text = token.text();
            boolean regex = text.equals("=~") || text.equals("!~");
            boolean dot = text.equals(".");
            Expression.BinaryOperator operator = regex || dot ? null : Operators.binary(text);
            int level = regex ? Precedence.COMPARISON : dot ? Precedence.CONCATENATION
                    : operator == null ? -1 : operator.precedence();
            if (level < lowest || level > ceiling || regex && ceiling == Precedence.COMPARISON) {
                return left;
            }
            tokens.next();
            tokens.link();
            if (regex) {
                Expression.StringLiteral pattern = grammar.literals().string();
                left = new Expression.RegexMatch(left, pattern, text.equals("!~"), tokens.since(start));
                // A match cannot be compared without parentheses.
                ceiling = Precedence.MEMBERSHIP;
                continue;
            }
            Expression right = binary(level + 1);
            left = dot ? new Expression.Concatenation(left, right, tokens.since(start))
                    : new Expression.Binary(operator, left, right, tokens.since(start));
            ceiling = level;
        }
    }

    private Expression bracketedMembership(Span start) {
        List<Optional<Expression>> index = indexes();
        tokens.expectKeyword("in");
        return new Expression.Membership(index, arrayName(), tokens.since(start));
    }

    private Expression arrayName() {
        if (tokens.peek().isAtOperator() && Operators.histogram(tokens.peek().text()) != null) {
            return values.histogram();
        }
        Token name = tokens.expectIdentifier();
        return new Expression.Symbol(name.text(), name.span());
    }

    /** {@code [a, *, b]}. */
    List<Optional<Expression>> indexes() {
        Token open = tokens.expect("[");
        List<Optional<Expression>> indexes = new ArrayList<>();
        do {
            if (tokens.accept("*")) {
                indexes.add(Optional.empty());
            } else {
                indexes.add(Optional.of(expression()));
            }
        } while (tokens.accept(","));
        if (!tokens.at("]")) {
            throw TokenStream.error("expected-operator", "expected one of ', ]'", tokens.peek());
        }
        tokens.expectClosing("]", open);
        return indexes;
    }

    private Expression unary() {
        Token token = tokens.peek();
        Expression.UnaryOperator operator =
                token.kind() == TokenKind.OPERATOR ? Operators.unary(token.text()) : null;
        if (operator == null) {
            return crement();
        }
        tokens.next();
        tokens.enter();
        Expression operand = unary();
        tokens.leave();
        return new Expression.Unary(operator, operand, tokens.since(token.span()));
    }

    private Expression crement() {
        Token token = tokens.peek();
        if (token.isOperator("++") || token.isOperator("--")) {
            tokens.next();
            Expression target = values.value();
            return new Expression.Crement(token.text().equals("++"), true, target, tokens.since(token.span()));
        }
        Expression target = values.value();
        Token after = tokens.peek();
        if (after.isOperator("++") || after.isOperator("--")) {
            tokens.next();
            return new Expression.Crement(after.text().equals("++"), false, target, tokens.since(token.span()));
        }
        return target;
    }
}
