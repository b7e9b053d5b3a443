package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.TargetComponent;

/** What stands between operators: literals, names, calls, array elements, target variables, {@code @}-operators. */
final class ValueParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final PrintParser prints;
    /** The operator that may make a whole histogram, not just a bucket. */
    private Optional<Token> bareHistogram = Optional.empty();

    ValueParser(Grammar grammar, ExpressionParser expressions) {
        this.grammar = grammar;
        this.tokens = grammar.tokens();
        this.expressions = expressions;
        this.prints = new PrintParser(grammar, expressions);
    }

    /** Permits this operator to stand for a whole histogram, if a closing parenthesis follows it. */
    void permitBareHistogram(Token operator) {
        bareHistogram = Optional.of(operator);
    }

    /** A value with what follows it, perhaps behind {@code &}. */
    Expression value() {
        Token start = tokens.peek();
        boolean addressOf = tokens.accept("&");
        Token first = tokens.peek();
        Expression value = plain(first);
        if (tokens.at("->") || tokens.at("[") && !(value instanceof Expression.Literal)) {
            List<TargetComponent> components = components();
            value = new Expression.Autocast(value, false, components, tokens.since(first.span()));
        }
        return addressOf ? addressOf(value, start) : value;
    }

    /** Parentheses around what has an address do no harm. */
    private Expression addressOf(Expression value, Token operator) {
        Span span = tokens.since(operator.span());
        return switch (value) {
            case Expression.TargetVariable v -> new Expression.TargetVariable(v.name(), true, v.components(), span);
            case Expression.Cast c -> new Expression.Cast(c.operand(), c.type(), c.module(), true, c.components(), span);
            case Expression.Autocast a -> new Expression.Autocast(a.operand(), true, a.components(), span);
            case Expression.VariableReference v ->
                    new Expression.VariableReference(v.symbol(), v.module(), true, v.components(), span);
            // Whether it has an address depends on its type, which analysis finds.
            default -> new Expression.Autocast(value, true, List.of(), span);
        };
    }

    private Expression plain(Token token) {
        return switch (token.kind()) {
            case NUMBER -> grammar.literals().number();
            case STRING -> grammar.literals().string();
            case EMBEDDED -> {
                grammar.requireTrust("embedded expression code in unprivileged script", token);
                tokens.next();
                yield new Expression.EmbeddedExpression(token.text(), token.span());
            }
            case IDENTIFIER -> token.text().charAt(0) == '$' ? target(token) : named();
            case OPERATOR -> operator(token);
            default -> throw TokenStream.error("expected-literal", "expected literal string or number", token);
        };
    }

    private Expression operator(Token token) {
        if (token.isAtOperator()) {
            return atOperator(token);
        }
        if (!token.isOperator("(")) {
            throw TokenStream.error("expected-literal", "expected literal string or number", token);
        }
        tokens.next();
        Expression inner = expressions.expression();
        tokens.expectClosing(")", token);
        return inner;
    }

    private Expression named() {
        Token name = tokens.next();
        Expression.PrintKind print = Operators.print(name.text());
        if (print != null) {
            return prints.print(print, name);
        }
        if (tokens.at("(")) {
            Token open = tokens.next();
            List<Expression> arguments = arguments(open);
            return new Expression.Call(name.text(), name.span(), arguments, tokens.since(name.span()));
        }
        Expression.Symbol symbol = new Expression.Symbol(name.text(), name.span());
        return tokens.at("[") ? index(symbol) : symbol;
    }

    private Expression index(Expression base) {
        List<Optional<Expression>> indexes = expressions.indexes();
        return new Expression.Index(base, indexes, tokens.since(base.span()));
    }

    /** What follows an opening parenthesis, up to the closing one. */
    private List<Expression> arguments(Token open) {
        List<Expression> arguments = new ArrayList<>();
        if (tokens.accept(")")) {
            return arguments;
        }
        while (true) {
            arguments.add(expressions.expression());
            if (tokens.accept(")")) {
                return arguments;
            }
            requireComma(tokens, open);
        }
    }

    /** Takes the comma between arguments. */
    static void requireComma(TokenStream tokens, Token open) {
        if (!tokens.accept(",")) {
            Diagnostic diagnostic = TokenStream.diagnostic("expected-operator", "expected one of ', )'", tokens.peek());
            throw new DiagnosticException(diagnostic.withRelated("in the parentheses opened here", open.span()));
        }
    }

    private Expression target(Token token) {
        tokens.next();
        String name = token.text();
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '$') {
            end--;
        }
        List<TargetComponent> components = new ArrayList<>();
        int dollars = name.length() - end;
        if (dollars > 0 && end > 0) {
            components.add(pretty(token, end));
            name = name.substring(0, end);
        } else {
            components.addAll(components());
        }
        return new Expression.TargetVariable(name, false, components, tokens.since(token.span()));
    }

    private static TargetComponent pretty(Token token, int at) {
        int dollars = token.text().length() - at;
        if (dollars > 2) {
            throw TokenStream.error("pretty", "expected at most '$$' after a name", token);
        }
        Span span = token.span();
        return new TargetComponent.Pretty(dollars == 2,
                new Span(span.file(), Math.max(span.start(), span.end() - dollars), span.end(), span.expandedFrom()));
    }

    /** {@code ->name}, {@code [index]}, and a trailing {@code $} or {@code $$}. */
    private List<TargetComponent> components() {
        List<TargetComponent> components = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            if (token.isOperator("[")) {
                tokens.next();
                Expression index = expressions.expression();
                tokens.expectClosing("]", token);
                components.add(new TargetComponent.ArrayIndex(index, tokens.since(token.span())));
            } else if (token.isOperator("->")) {
                tokens.next();
                if (!member(token, components)) {
                    return components;
                }
            } else if (token.kind() == TokenKind.IDENTIFIER && token.text().charAt(0) == '$'
                    && (token.text().equals("$") || token.text().equals("$$"))
                    && token.span().start() == tokens.last().end()) {
                tokens.next();
                components.add(pretty(token, 0));
                return components;
            } else {
                return components;
            }
            tokens.link();
        }
    }

    /** Reads a member's name; false if it was pretty-printed, after which nothing can follow. */
    private boolean member(Token arrow, List<TargetComponent> components) {
        Token token = tokens.peek();
        if (token.kind() != TokenKind.IDENTIFIER && token.kind() != TokenKind.KEYWORD) {
            throw TokenStream.error("expected-identifier", "expected identifier after '->'", token);
        }
        tokens.next();
        String name = token.text();
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '$') {
            end--;
        }
        if (end > 0) {
            components.add(new TargetComponent.Member(name.substring(0, end), tokens.since(arrow.span())));
        }
        if (end < name.length()) {
            components.add(pretty(token, end));
            return false;
        }
        return true;
    }

    private Expression atOperator(Token token) {
        String text = token.text();
        Expression.StatisticKind statistic = Operators.statistic(text);
        if (statistic != null) {
            return statistic(statistic);
        }
        if (Operators.histogram(text) != null) {
            Expression.Histogram histogram = histogram();
            if (tokens.at(")") && bareHistogram.isPresent() && bareHistogram.get() == token) {
                return histogram;
            }
            if (!tokens.at("[")) {
                throw new DiagnosticException(Diagnostic.parseError("histogram",
                        "base histogram operator where expression expected", token.span()).seeing(token.describe())
                        .withHint("a histogram stands alone in print(), in foreach, or before a bucket's number in []"));
            }
            return index(histogram);
        }
        return switch (text) {
            case "@cast" -> cast();
            case "@var" -> variable();
            case "@defined", "@entry" -> {
                tokens.next();
                Token open = tokens.expect("(");
                Expression operand = expressions.expression();
                tokens.expectClosing(")", open);
                yield text.equals("@defined") ? new Expression.Defined(operand, tokens.since(token.span()))
                        : new Expression.Entry(operand, tokens.since(token.span()));
            }
            case "@const", "@perf" -> {
                if (text.equals("@const")) {
                    grammar.requireTrust("using @const operator not permitted", token);
                }
                tokens.next();
                Token open = tokens.expect("(");
                String string = grammar.literals().string().value();
                tokens.expectClosing(")", open);
                yield text.equals("@const") ? new Expression.Constant(string, tokens.since(token.span()))
                        : new Expression.Perf(string, tokens.since(token.span()));
            }
            case "@probewrite" -> {
                tokens.next();
                Token open = tokens.expect("(");
                String name = tokens.expectIdentifier().text();
                tokens.expectClosing(")", open);
                yield new Expression.ProbeWrite(name, tokens.since(token.span()));
            }
            case "@kderef", "@uderef", "@kregister", "@uregister" -> machine(token);
            default -> throw grammar.unknownOperator(token);
        };
    }

    private Expression machine(Token token) {
        grammar.requireTrust("using " + token.text() + " operator not permitted", token);
        tokens.next();
        boolean user = token.text().charAt(1) == 'u';
        Token open = tokens.expect("(");
        long number = grammar.literals().number().value();
        if (token.text().endsWith("register")) {
            tokens.expectClosing(")", open);
            return new Expression.Register(user, number, tokens.since(token.span()));
        }
        tokens.expect(",");
        Expression address = expressions.expression();
        tokens.expectClosing(")", open);
        return new Expression.Dereference(user, number, address, tokens.since(token.span()));
    }

    private Expression cast() {
        Span start = tokens.next().span();
        Token open = tokens.expect("(");
        Expression operand = expressions.expression();
        tokens.expect(",");
        String type = grammar.literals().string().value();
        Optional<String> module = tokens.accept(",") ? Optional.of(grammar.literals().string().value()) : Optional.empty();
        tokens.expectClosing(")", open);
        List<TargetComponent> components = components();
        return new Expression.Cast(operand, type, module, false, components, tokens.since(start));
    }

    private Expression variable() {
        Span start = tokens.next().span();
        Token open = tokens.expect("(");
        String symbol = grammar.literals().string().value();
        Optional<String> module = tokens.accept(",") ? Optional.of(grammar.literals().string().value()) : Optional.empty();
        tokens.expectClosing(")", open);
        List<TargetComponent> components = components();
        return new Expression.VariableReference(symbol, module, false, components, tokens.since(start));
    }

    private Expression statistic(Expression.StatisticKind kind) {
        Token operator = tokens.next();
        Token open = tokens.expect("(");
        Expression statistic = expressions.expression();
        List<Long> parameters = kind == Expression.StatisticKind.VARIANCE && tokens.accept(",")
                ? List.of(grammar.literals().number().value()) : List.of();
        tokens.expectClosing(")", open);
        return new Expression.Statistic(kind, statistic, parameters, tokens.since(operator.span()));
    }

    /** A histogram, where one may stand. */
    Expression.Histogram histogram() {
        Token operator = tokens.next();
        Expression.HistogramKind kind = Operators.histogram(operator.text());
        Token open = tokens.expect("(");
        Expression statistic = expressions.expression();
        List<Long> parameters = new ArrayList<>();
        int wanted = kind == Expression.HistogramKind.LINEAR ? 3 : 0;
        while (parameters.size() < wanted) {
            tokens.expect(",");
            parameters.add(grammar.literals().number().value());
        }
        tokens.expectClosing(")", open);
        return new Expression.Histogram(kind, statistic, parameters, tokens.since(operator.span()));
    }
}
