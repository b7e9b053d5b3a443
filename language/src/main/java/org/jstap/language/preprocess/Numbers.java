package org.jstap.language.preprocess;

import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.lexer.Token;

/** Reads numbers as C does. */
public final class Numbers {
    private Numbers() {
    }

    /** The value of a number token; from 2<sup>63</sup> it wraps, from 2<sup>64</sup> it is an error. */
    public static long parse(Token token) {
        String text = token.text();
        int radix = 10;
        int from = 0;
        if (text.length() > 1 && text.charAt(0) == '0') {
            radix = switch (text.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'b', 'B' -> 2;
                default -> 8;
            };
            from = radix == 8 ? 1 : 2;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), radix);
            long limit = Long.divideUnsigned(-1L, radix);
            if (digit < 0 || Long.compareUnsigned(value, limit) > 0
                    || Long.compareUnsigned(value * radix, -1L - digit) > 0) {
                throw invalid(token);
            }
            value = value * radix + digit;
        }
        if (from == text.length()) {
            throw invalid(token);
        }
        return value;
    }

    private static DiagnosticException invalid(Token token) {
        return new DiagnosticException(Diagnostic.parseError("number", "number invalid or out of range", token.span())
                .seeing(token.describe())
                .withHint("numbers are decimal, octal (0755) or hex (0xff), and below 2^64"));
    }
}
