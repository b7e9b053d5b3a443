package org.jstap.compiler.host;

import java.util.Optional;
import org.jstap.language.source.Span;

/** How a run-time error is told: text, token and place, the calls that led there, the probe. */
public final class ErrorText {
    /** SystemTap cuts the whole line here, with the word ERROR. */
    private static final int LONGEST_LINE = 383;
    private static final String PREFIX = "ERROR: ";
    private static final String[] LONG_OPERATORS = {"<<<", "<<=", ">>=", "==", "!=", "<=", ">=", "<<", ">>", "&&", "||", "+=",
        "-=", "*=", "/=", "%=", "&=", "|=", "^=", ".=", "++", "--", "->", "=~", "!~"};

    private ErrorText() { }

    /** The line, without an end of line: {@code ERROR: TEXT near identifier 'x' at a.stp:1:2 in probe begin}. */
    public static String line(ScriptError error, String probePoint) {
        StringBuilder out = new StringBuilder(PREFIX).append(error.text()).append(" near ");
        token(out, error.span());
        calls(out, error.span());
        for (Span call : error.calls()) {
            call(out, call);
            calls(out, call);
        }
        out.append(" in probe ").append(probePoint);
        out.setLength(Math.min(out.length(), LONGEST_LINE));
        return out.toString();
    }

    /** The calls of functions that have become part of what calls them. */
    private static void calls(StringBuilder out, Span span) {
        for (Optional<Span> call = span.calledFrom(); call.isPresent(); call = call.get().calledFrom()) {
            call(out, call.get());
        }
    }

    private static void call(StringBuilder out, Span call) {
        if (out.length() <= LONGEST_LINE) {
            out.append(" (called from ");
            token(out, call);
            out.append(')');
        }
    }

    private static void token(StringBuilder out, Span span) {
        String text = span.file().text();
        int start = Math.min(span.start(), text.length());
        int end = tokenEnd(text, start);
        String token = text.substring(start, end);
        char first = token.isEmpty() ? ' ' : token.charAt(0);
        String kind = isWord(first) ? Character.isDigit(first) ? "number" : "identifier" : first == '"' ? "string" : "operator";
        if (first == '"') {
            token = token.substring(1, Math.max(1, token.length() - 1));
        }
        out.append(kind).append(" '").append(token).append("' at ").append(span.position());
    }

    private static int tokenEnd(String text, int start) {
        if (start >= text.length()) {
            return start;
        }
        char first = text.charAt(start);
        if (first == '"') {
            int end = start + 1;
            while (end < text.length() && text.charAt(end) != '"') {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(end + 1, text.length());
        }
        if (isWord(first) || first == '@' || first == '$') {
            int end = start + 1;
            while (end < text.length() && isWord(text.charAt(end))) {
                end++;
            }
            return end;
        }
        for (String operator : LONG_OPERATORS) {
            if (text.startsWith(operator, start)) {
                return start + operator.length();
            }
        }
        return start + 1;
    }

    private static boolean isWord(char c) {
        return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
