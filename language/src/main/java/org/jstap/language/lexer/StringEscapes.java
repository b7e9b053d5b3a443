package org.jstap.language.lexer;

import java.util.Optional;

/**
 * The escapes of string literals. SystemTap hands the ones with a meaning on to C and undoes the others at once; it joins
 * and compares literals in that raw spelling, so both forms are kept.
 */
public final class StringEscapes {
    private StringEscapes() {
    }

    /** A decoded string: its bytes, and what is wrong with an escape, if anything is. */
    public record Decoded(String value, Optional<String> problem) {
    }

    /** Whether a backslash before this character stays in the raw spelling. */
    public static boolean hasMeaning(char c) {
        return switch (c) {
            case 'a', 'b', 't', 'n', 'v', 'f', 'r', 'x', '\\', '0', '1', '2', '3', '4', '5', '6', '7' -> true;
            default -> false;
        };
    }

    /** The bytes that a raw spelling means, by the rules of C: three octal digits at most, any number of hex digits. */
    public static Decoded decode(String raw) {
        if (raw.indexOf('\\') < 0) {
            return new Decoded(raw, Optional.empty());
        }
        StringBuilder out = new StringBuilder(raw.length());
        String problem = "";
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c != '\\' || i == raw.length()) {
                out.append(c);
                continue;
            }
            c = raw.charAt(i++);
            if (c >= '0' && c <= '7') {
                int value = c - '0';
                for (int n = 1; n < 3 && i < raw.length() && raw.charAt(i) >= '0' && raw.charAt(i) <= '7'; n++) {
                    value = value * 8 + raw.charAt(i++) - '0';
                }
                problem = value > 0xff ? "octal escape sequence out of range" : problem;
                out.append((char) (value & 0xff));
            } else if (c == 'x') {
                int start = i;
                int value = 0;
                while (i < raw.length() && Character.digit(raw.charAt(i), 16) >= 0) {
                    value = Math.min(value, 0xffff) * 16 + Character.digit(raw.charAt(i++), 16);
                }
                problem = i == start ? "\\x without hex digits" : value > 0xff ? "hex escape sequence out of range" : problem;
                out.append((char) (value & 0xff));
            } else {
                out.append(simple(c));
            }
        }
        return new Decoded(out.toString(), problem.isEmpty() ? Optional.empty() : Optional.of(problem));
    }

    private static char simple(char c) {
        return switch (c) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 11;
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> c;
        };
    }
}
