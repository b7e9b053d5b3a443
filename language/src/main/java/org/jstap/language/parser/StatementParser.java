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
import org.jstap.language.tree.Statement;

/** Statements; semicolons between them are needed only where an expression would go on. */
final class StatementParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final ForeachParser foreach;
    private boolean inFunction;

    StatementParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens();
        this.foreach = new ForeachParser(grammar);
    }

    /** The body of a probe. */
    Statement.Block handler() {
        inFunction = false;
        return block();
    }

    /** The body of a function, where return is allowed. */
    Statement.Block functionBody() {
        inFunction = true;
        Statement.Block block = block();
        inFunction = false;
        return block;
    }

    private Statement.Block block() {
        Token open = tokens.expect("{");
        tokens.enter();
        List<Statement> statements = new ArrayList<>();
        while (!tokens.accept("}")) {
            if (tokens.at(TokenKind.END)) {
                Diagnostic diagnostic = TokenStream.diagnostic("expected-statement", "expected statement", tokens.peek());
                throw new DiagnosticException(diagnostic.withRelated("this '{' has no '}'", open.span()));
            }
            statements.add(statement());
        }
        tokens.leave();
        return new Statement.Block(statements, tokens.since(open.span()));
    }

    Statement statement() {
        int outer = tokens.startChain();
        tokens.enter();
        Statement statement = any();
        tokens.leave();
        tokens.endChain(outer);
        boolean compound = statement instanceof Statement.Block || statement instanceof Statement.If
                || statement instanceof Statement.While || statement instanceof Statement.For
                || statement instanceof Statement.Foreach || statement instanceof Statement.TryCatch
                || statement instanceof Statement.Empty;
        while (!compound && tokens.at(";")) {
            tokens.next();
        }
        return statement;
    }

    private Statement any() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case OPERATOR -> operator(token);
            case KEYWORD -> keyword(token);
            case EMBEDDED -> {
                grammar.requireTrust("embedded code in unprivileged script", token);
                tokens.next();
                yield new Statement.EmbeddedStatement(token.text(), token.span());
            }
            case IDENTIFIER, NUMBER, STRING -> expression();
            default -> throw expected(token);
        };
    }

    private static DiagnosticException expected(Token token) {
        return TokenStream.error("expected-statement", "expected statement", token);
    }

    private Statement operator(Token token) {
        return switch (token.text()) {
            case "{" -> block();
            case ";" -> {
                tokens.next();
                yield new Statement.Empty(token.span());
            }
            case "(", "[", "+", "-", "!", "~", "++", "--", "&" -> expression();
            default -> {
                if (token.isAtOperator()) {
                    yield expression();
                }
                throw expected(token);
            }
        };
    }

    private Statement expression() {
        Expression expression = grammar.expressions().expression();
        return new Statement.ExpressionStatement(expression, expression.span());
    }

    private Statement keyword(Token token) {
        return switch (token.text()) {
            case "if" -> ifStatement();
            case "while" -> whileStatement();
            case "for" -> forStatement();
            case "foreach" -> foreach.foreach();
            case "return" -> returnStatement();
            case "delete" -> {
                tokens.next();
                Expression target = grammar.expressions().expression();
                yield new Statement.Delete(target, tokens.since(token.span()));
            }
            case "next" -> new Statement.Next(tokens.next().span());
            case "break" -> new Statement.Break(tokens.next().span());
            case "continue" -> new Statement.Continue(tokens.next().span());
            case "try" -> tryStatement();
            default -> throw misplaced(token);
        };
    }

    private static DiagnosticException misplaced(Token token) {
        Diagnostic diagnostic = TokenStream.diagnostic("expected-statement", "expected statement", token);
        return new DiagnosticException(switch (token.text()) {
            case "catch" -> diagnostic.withHint("'catch' needs a 'try { ... }' right before it");
            case "else" -> diagnostic.withHint("'else' needs an 'if' with exactly one statement right before it");
            case "probe", "function", "global", "private" -> diagnostic.withHint("'" + token.text()
                    + "' stands at the top level only; a '}' may be missing before it");
            default -> diagnostic.withHint("'" + token.text() + "' is a word of the language and starts no statement");
        });
    }

    private Expression condition() {
        Token open = tokens.expect("(");
        Expression condition = grammar.expressions().expression();
        tokens.expectClosing(")", open);
        return condition;
    }

    private Statement ifStatement() {
        Span start = tokens.next().span();
        Expression condition = condition();
        Statement then = statement();
        Optional<Statement> otherwise = tokens.acceptKeyword("else") ? Optional.of(statement()) : Optional.empty();
        return new Statement.If(condition, then, otherwise, tokens.since(start));
    }

    private Statement whileStatement() {
        Span start = tokens.next().span();
        Expression condition = condition();
        Statement body = statement();
        return new Statement.While(condition, body, tokens.since(start));
    }

    private Statement forStatement() {
        Span start = tokens.next().span();
        Token open = tokens.expect("(");
        Optional<Expression> init = optional(";");
        tokens.expect(";");
        Optional<Expression> condition = optional(";");
        tokens.expect(";");
        Optional<Expression> update = optional(")");
        tokens.expectClosing(")", open);
        Statement body = statement();
        return new Statement.For(init, condition, update, body, tokens.since(start));
    }

    private Optional<Expression> optional(String end) {
        return tokens.at(end) ? Optional.empty() : Optional.of(grammar.expressions().expression());
    }

    private Statement returnStatement() {
        Token token = tokens.peek();
        if (!inFunction) {
            throw new DiagnosticException(TokenStream.diagnostic("return", "found 'return' not in function context",
                    token).withHint("'next' leaves a probe handler"));
        }
        tokens.next();
        Optional<Expression> value = tokens.at(";") || tokens.at("}") ? Optional.empty()
                : Optional.of(grammar.expressions().expression());
        return new Statement.Return(value, tokens.since(token.span()));
    }

    private Statement tryStatement() {
        Span start = tokens.next().span();
        Statement.Block body = block();
        tokens.expectKeyword("catch");
        Optional<Expression.Symbol> variable = Optional.empty();
        if (tokens.at("(")) {
            Token open = tokens.next();
            Token name = tokens.expectIdentifier();
            variable = Optional.of(new Expression.Symbol(name.text(), name.span()));
            tokens.expectClosing(")", open);
        }
        Statement.Block handler = block();
        return new Statement.TryCatch(body, variable, handler, tokens.since(start));
    }
}
