package org.jstap.compiler.host.function;

import org.jstap.compiler.host.Fault;

/** String functions. Strings hold one byte per char. */
public final class StringFunctions {
    private static final String DOTS = "...";

    /** Bytes of two quotes and three dots: a quoted text is given that room whatever is asked for. */
    public static final int LEAST_QUOTED = 5;

    private StringFunctions() { }

    static String substring(String text, long start, long length) {
        // SystemTap adds one to the length, which leaves nothing of the greatest number.
        if (start < 0 || start >= text.length() || length <= 0 || length == Long.MAX_VALUE) {
            return "";
        }
        int from = (int) start;
        return text.substring(from, from + (int) Math.min(text.length() - from, length));
    }

    static long byteAt(String text, long position) {
        if (position < 0 || position >= text.length()) {
            throw new Fault("Position out of bounds");
        }
        return text.charAt((int) position) & 0xff;
    }

    static String replace(String subject, String search, String replacement, int most) {
        if (search.isEmpty()) {
            return subject;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = subject.indexOf(search); at >= 0 && out.length() < most; at = subject.indexOf(search, from)) {
            out.append(subject, from, at).append(replacement);
            from = at + search.length();
        }
        return out.append(subject, from, subject.length()).toString();
    }

    /** The first place from {@code start} on with a character that is, or is not, in a set; the length where there is none. */
    public static int span(String text, String set, long start, boolean in) {
        int at = (int) Math.min(text.length(), start);
        while (at < text.length() && set.indexOf(text.charAt(at)) >= 0 != in) {
            at++;
        }
        return at;
    }

    /** The text at an index from 0 in a table of texts that have {@code width} bytes each; zeros fill what they do not need. */
    static String entry(String table, long index, int width) {
        if (index < 0 || index >= table.length() / width) {
            return "";
        }
        String entry = table.substring((int) index * width, ((int) index + 1) * width);
        int end = entry.indexOf('\0');
        return end < 0 ? entry : entry.substring(0, end);
    }

    /**
     * Like C's strtol without leading blanks or a plus sign; wraps on overflow, ignores what follows the digits. The kernel's digits
     * end with f whatever the base (lib/kstrtox.c).
     */
    public static long toNumber(String text, long base) {
        int at = 0;
        boolean negative = text.startsWith("-");
        if (negative) {
            at++;
        }
        long radix = base;
        boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
        if (radix == 0) {
            radix = hex ? 16 : text.startsWith("0", at) ? 8 : 10;
        }
        if (radix == 16 && hex && at + 2 < text.length() && Character.digit(text.charAt(at + 2), 16) >= 0) {
            at += 2;
        }
        if (radix < 2 || radix > Character.MAX_RADIX) {
            return 0;
        }
        long value = 0;
        for (; at < text.length(); at++) {
            int digit = text.charAt(at) > '~' ? -1 : Character.digit(text.charAt(at), (int) radix);
            if (digit < 0 || digit > 15) {
                break;
            }
            value = value * radix + digit;
        }
        return negative ? -value : value;
    }

    /** Text with escapes for what cannot be printed. */
    static String escaped(String text, int most) {
        StringBuilder out = new StringBuilder();
        escape(text, most, out);
        return out.toString();
    }

    /**
     * Text with escapes in quotes, where dots behind the closing quote tell that something was cut.
     *
     * @param most bytes that the result may hold, quotes and dots among them
     */
    public static String quoted(String text, int most) {
        StringBuilder whole = new StringBuilder("\"");
        if (escape(text, most - 1, whole) == text.length()) {
            return whole.append('"').toString();
        }
        StringBuilder cut = new StringBuilder("\"");
        escape(text, most - 1 - DOTS.length(), cut);
        return cut.append('"').append(DOTS).toString();
    }

    /** Appends whole escapes until {@code out} has {@code most} bytes; the result tells how much of the text that took. */
    private static int escape(String text, int most, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            String one = escape(text.charAt(i));
            if (out.length() + one.length() > most) {
                return i;
            }
            out.append(one);
        }
        return text.length();
    }

    private static String escape(char c) {
        return switch (c) {
            case '\7' -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 11 -> "\\v";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> c >= ' ' && c <= '~' ? String.valueOf(c)
                    : "\\" + (char) ('0' + (c >> 6 & 3)) + (char) ('0' + (c >> 3 & 7)) + (char) ('0' + (c & 7));
        };
    }
}
