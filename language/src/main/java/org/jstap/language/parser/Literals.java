package org.jstap.language.parser;

import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.lexer.StringEscapes;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.preprocess.Numbers;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;

/** Numbers and strings. */
final class Literals {
    private final TokenStream tokens;

    Literals(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** A string, or a number with at most one minus. */
    Expression.Literal literal() {
        if (tokens.at(TokenKind.STRING)) {
            return string();
        }
        if (tokens.at(TokenKind.NUMBER) || tokens.at("-")) {
            return number("expected literal string or number");
        }
        throw TokenStream.error("expected-literal", "expected literal string or number", tokens.peek());
    }

    /** A number with at most one minus. */
    Expression.NumberLiteral number() {
        return number("expected number");
    }

    private Expression.NumberLiteral number(String message) {
        Span start = tokens.peek().span();
        boolean minus = tokens.accept("-");
        if (!tokens.at(TokenKind.NUMBER)) {
            throw TokenStream.error("expected-number", message, tokens.peek());
        }
        long value = Numbers.parse(tokens.next());
        return new Expression.NumberLiteral(minus ? -value : value, tokens.since(start));
    }

    /** A string; those that follow it directly belong to it. */
    Expression.StringLiteral string() {
        Token first = tokens.peek();
        if (first.kind() != TokenKind.STRING) {
            throw TokenStream.error("expected-string", "expected literal string", first);
        }
        String raw = tokens.next().text();
        if (tokens.at(TokenKind.STRING)) {
            StringBuilder glued = new StringBuilder(raw);
            while (tokens.at(TokenKind.STRING)) {
                glued.append(tokens.next().text());
            }
            raw = glued.toString();
        }
        StringEscapes.Decoded decoded = StringEscapes.decode(raw);
        if (decoded.problem().isPresent()) {
            throw new DiagnosticException(Diagnostic.parseError("escape", decoded.problem().get(), first.span())
                    .seeing(first.describe()).withHint("\\x takes all hex digits that follow, as in C; end the string "
                            + "after two and start another: \"\\x41\" \"b\""));
        }
        return new Expression.StringLiteral(decoded.value(), raw, tokens.since(first.span()));
    }
}
