package org.jstap.language.lexer;

import org.jstap.language.source.Span;

/** A token: its kind, its text (see {@link TokenKind}) and its place. */
public record Token(TokenKind kind, String text, Span span) {
    public boolean isOperator(String operator) {
        return kind == TokenKind.OPERATOR && text.equals(operator);
    }

    public boolean isKeyword(String keyword) {
        return kind == TokenKind.KEYWORD && text.equals(keyword);
    }

    public boolean isEnd() {
        return kind == TokenKind.END;
    }

    /** Whether it is {@code @name}: a macro or a built-in operator. */
    public boolean isAtOperator() {
        return kind == TokenKind.OPERATOR && text.length() > 1 && text.charAt(0) == '@';
    }

    /** As a message says it: {@code identifier 'x'}. */
    public String describe() {
        return switch (kind) {
            case EMBEDDED, END -> kind.title();
            case JUNK -> "junk '" + shorten(span.text()) + "'";
            default -> kind.title() + " '" + shorten(text) + "'";
        };
    }

    private static String shorten(String text) {
        return text.length() <= 64 ? text : text.substring(0, 61) + "...";
    }
}
