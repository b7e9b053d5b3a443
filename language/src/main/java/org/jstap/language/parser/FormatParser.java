package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.lexer.StringEscapes;
import org.jstap.language.lexer.Token;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.FormatPart;

/**
 * Format strings. A conversion is {@code %}, at most one of {@code - + blank #}, then {@code 0}, a width or {@code *},
 * {@code .} and a precision or {@code *}, one {@code l}, and the letter.
 */
final class FormatParser {
    private final String raw;
    private final Span span;
    private final Token saw;
    private final StringBuilder text = new StringBuilder();
    private final List<FormatPart> parts = new ArrayList<>();
    private int at;

    private FormatParser(Expression.StringLiteral literal, Token saw) {
        this.raw = literal.raw();
        this.span = literal.span();
        this.saw = saw;
    }

    /**
     * The parts of a format.
     *
     * @param saw the token after the format, where SystemTap reports what is wrong with it
     */
    static List<FormatPart> parse(Expression.StringLiteral literal, Token saw) {
        return new FormatParser(literal, saw).parse();
    }

    private List<FormatPart> parse() {
        while (at < raw.length()) {
            char c = raw.charAt(at++);
            if (c == '\\' && at < raw.length()) {
                text.append(c).append(raw.charAt(at++));
            } else if (c != '%') {
                text.append(c);
            } else if (peek() == '%') {
                at++;
                text.append('%');
            } else {
                flush();
                parts.add(conversion(at - 1));
            }
        }
        flush();
        return parts;
    }

    private void flush() {
        if (!text.isEmpty()) {
            parts.add(new FormatPart.LiteralText(StringEscapes.decode(text.toString()).value(), span));
            text.setLength(0);
        }
    }

    private char peek() {
        return at < raw.length() ? raw.charAt(at) : '\0';
    }

    private FormatPart.Conversion conversion(int start) {
        FormatPart.Flag flag = switch (peek()) {
            case '-' -> FormatPart.Flag.LEFT;
            case '+' -> FormatPart.Flag.PLUS;
            case ' ' -> FormatPart.Flag.BLANK;
            case '#' -> FormatPart.Flag.ALTERNATE;
            default -> FormatPart.Flag.NONE;
        };
        if (flag != FormatPart.Flag.NONE) {
            at++;
        }
        boolean zero = peek() == '0';
        if (zero) {
            at++;
        }
        FormatPart.Measure width = measure(start);
        FormatPart.Measure precision = new FormatPart.Measure.None();
        if (peek() == '.') {
            at++;
            precision = measure(start);
        }
        if (peek() == 'l') {
            at++;
        }
        char c = peek();
        for (FormatPart.Letter letter : FormatPart.Letter.values()) {
            if (letter.letter() == c) {
                at++;
                return new FormatPart.Conversion(flag, zero, width, precision, letter, span);
            }
        }
        throw invalid(start);
    }

    private FormatPart.Measure measure(int start) {
        if (peek() == '*') {
            at++;
            return new FormatPart.Measure.Star();
        }
        int from = at;
        long value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = value * 10 + raw.charAt(at++) - '0';
            if (value > Integer.MAX_VALUE) {
                throw invalid(start);
            }
        }
        // A lone point is no precision, other than in C.
        return at == from ? new FormatPart.Measure.None() : new FormatPart.Measure.Fixed((int) value);
    }

    private DiagnosticException invalid(int start) {
        String conversion = raw.substring(start, Math.min(raw.length(), at + 1));
        return new DiagnosticException(Diagnostic.parseError("format", "invalid or missing conversion specifier",
                saw.span()).seeing(saw.describe()).withRelated("in this format, near '" + conversion + "'", span)
                .withHint("a conversion is %, one of '-+ #', 0, width, .precision, and one of b c d i o p s u x X m M; "
                        + "write %% for a percent sign"));
    }
}
