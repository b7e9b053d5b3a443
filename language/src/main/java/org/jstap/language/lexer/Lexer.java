package org.jstap.language.lexer;

import java.util.Set;
import org.jstap.language.source.SourceFile;

/** Cuts a file into tokens, one at a time. After the last one it gives {@link TokenKind#END} for ever. */
public final class Lexer implements TokenSource {
    private static final Set<String> KEYWORDS = Set.of(
            "probe", "global", "private", "function", "if", "else", "for", "foreach", "in", "limit", "return", "delete",
            "while", "break", "continue", "next", "string", "long", "try", "catch");

    private final SourceFile file;
    private final String text;
    private int at;

    public Lexer(SourceFile file) {
        this.file = file;
        this.text = file.text();
    }

    /** The words that cannot be names of variables or functions. */
    public static Set<String> keywords() {
        return KEYWORDS;
    }

    @Override
    public Token next() {
        skipBlanksAndComments();
        int start = at;
        if (at >= text.length()) {
            return new Token(TokenKind.END, "", file.span(text.length(), text.length()));
        }
        char c = text.charAt(at);
        char c2 = peek(1);
        if ((c == '$' || c == '@') && (isDigit(c2) || c2 == '#')) {
            at += 2;
            while (c2 != '#' && isDigit(peek(0))) {
                at++;
            }
            // The argument is put in before words are told apart, so that what follows without a blank is part of its last one.
            while (c == '$' && c2 != '#' && (isAlphanumeric(peek(0)) || peek(0) == '_')) {
                at++;
            }
            return token(TokenKind.ARGUMENT, start);
        }
        if (isNameStart(c)) {
            return name(start);
        }
        if (isDigit(c)) {
            while (isAlphanumeric(peek(0))) {
                at++;
            }
            return token(TokenKind.NUMBER, start);
        }
        if (c == '"') {
            return string(start);
        }
        if (c == '%' && c2 == '{') {
            return embedded(start);
        }
        if (c > ' ' && c < 0x7f) {
            at += operatorLength();
            return token(TokenKind.OPERATOR, start);
        }
        at++;
        return junk(start, "a script cannot hold the byte 0x" + Integer.toHexString(c) + " outside of strings and comments");
    }

    private Token token(TokenKind kind, int start) {
        return new Token(kind, text.substring(start, at), file.span(start, at));
    }

    private Token junk(int start, String message) {
        return new Token(TokenKind.JUNK, message, file.span(start, at));
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c >= '\t' && c <= '\r') {
                at++;
            } else if (c == '#' || c == '/' && peek(1) == '/') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
            } else if (c == '/' && peek(1) == '*') {
                // A comment may end with the file.
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else {
                return;
            }
        }
    }

    private Token name(int start) {
        boolean operator = text.charAt(at) == '@';
        at++;
        while (isNamePart(peek(0))) {
            at++;
        }
        if (operator) {
            return token(TokenKind.OPERATOR, start);
        }
        Token token = token(TokenKind.IDENTIFIER, start);
        return KEYWORDS.contains(token.text()) ? new Token(TokenKind.KEYWORD, token.text(), token.span()) : token;
    }

    private Token string(int start) {
        StringBuilder raw = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return new Token(TokenKind.STRING, raw.toString(), file.span(start, at));
            }
            if (c == '\n' || c == '\0') {
                at--;
                break;
            }
            if (c == '\\') {
                if (at >= text.length()) {
                    break;
                }
                c = text.charAt(at++);
                if (StringEscapes.hasMeaning(c)) {
                    raw.append('\\');
                }
            }
            raw.append(c);
        }
        if (peek(0) == '\0' && at < text.length()) {
            at++;
        }
        return junk(start, "Could not find matching closing quote");
    }

    private Token embedded(int start) {
        int end = text.indexOf("%}", at + 2);
        if (end < 0) {
            at = text.length();
            return junk(start, "Could not find matching '%}' to close embedded function block");
        }
        at = end + 2;
        return new Token(TokenKind.EMBEDDED, text.substring(start + 2, end), file.span(start, at));
    }

    /** The longest operator that starts here. */
    private int operatorLength() {
        char c = text.charAt(at);
        char c2 = peek(1);
        char c3 = peek(2);
        switch (c) {
            case '<' -> {
                if (c2 == '<') {
                    return c3 == '<' || c3 == '=' ? 3 : 2;
                }
                return c2 == '=' ? 2 : 1;
            }
            case '>' -> {
                if (c2 == '>') {
                    return c3 == '>' ? peek(3) == '=' ? 4 : 3 : c3 == '=' ? 3 : 2;
                }
                return c2 == '=' ? 2 : 1;
            }
            case '+' -> {
                return c2 == '+' || c2 == '=' ? 2 : 1;
            }
            case '-' -> {
                return c2 == '-' || c2 == '=' || c2 == '>' ? 2 : 1;
            }
            case '&', '|' -> {
                return c2 == c || c2 == '=' ? 2 : 1;
            }
            case '=', '!' -> {
                return c2 == '=' || c2 == '~' ? 2 : 1;
            }
            case '*', '/', '^', '.' -> {
                return c2 == '=' ? 2 : 1;
            }
            case '%' -> {
                return c2 == '=' || c2 == '(' || c2 == '?' || c2 == ':' || c2 == ')' || c2 == '}' ? 2 : 1;
            }
            default -> {
                return 1;
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(char c) {
        return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c == '@';
    }

    private static boolean isNamePart(char c) {
        return isAlphanumeric(c) || c == '_' || c == '$';
    }
}
