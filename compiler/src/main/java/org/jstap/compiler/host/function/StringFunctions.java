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
     * end with f whatever the base, which is an unsigned number of 32 bits (lib/kstrtox.c).
     */
    public static long toNumber(String text, long base) {
        int at = 0;
        boolean negative = text.startsWith("-");
        if (negative) {
            at++;
        }
        long radix = base & 0xffffffffL;
        boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
        if (radix == 0) {
            radix = hex ? 16 : text.startsWith("0", at) ? 8 : 10;
        }
        if (radix == 16 && hex && at + 2 < text.length() && Character.digit(text.charAt(at + 2), 16) >= 0) {
            at += 2;
        }
        long value = 0;
        for (; at < text.length(); at++) {
            int digit = text.charAt(at) > '~' ? -1 : Character.digit(text.charAt(at), 16);
            if (digit < 0 || digit >= radix) {
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

    /**
     * Memory in quotes. A zero byte takes the room of four and fills two; where it is the first that has none, no dots tell of it, nor of
     * a last byte.
     */
    public static String quotedMemory(String text, int most) {
        StringBuilder out = new StringBuilder("\"");
        int[] ends = new int[text.length() + 1];
        int count = 0;
        int room = Math.max(most, LEAST_QUOTED) - 2;
        for (int at = 0; at < text.length();) {
            int character = character(text, at);
            int next = at + Math.max(1, length(character));
            boolean zero = text.charAt(at) == 0;
            String one = zero ? "\\0" : character < 0 ? escape(text.charAt(at)) : escape(character);
            int taken = zero ? 4 : one.length();
            ends[count] = out.length();
            if (taken > room) {
                boolean told = !zero && (next < text.length() || room == 0);
                for (int end = out.length() - DOTS.length() + room; told && ends[count] > end;) {
                    count--;
                }
                out.setLength(told ? ends[count] : out.length());
                return out.append('"').append(told ? DOTS : "").toString();
            }
            count++;
            room -= taken;
            out.append(one);
            at = next;
        }
        return out.append('"').toString();
    }

    /** Appends whole escapes until {@code out} has {@code most} bytes; the result tells how much of the text that took. */
    private static int escape(String text, int most, StringBuilder out) {
        for (int at = 0; at < text.length();) {
            int character = character(text, at);
            String one = character < 0 ? escape(text.charAt(at)) : escape(character);
            if (out.length() + one.length() > most) {
                return at;
            }
            out.append(one);
            at += Math.max(1, length(character));
        }
        return text.length();
    }

    /** The character beyond ASCII whose bytes in UTF-8, of the shortest kind, stand at an index; -1 where there is none. */
    private static int character(String text, int at) {
        int lead = text.charAt(at);
        int length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (length == 0 || at + length > text.length()) {
            return -1;
        }
        int character = lead & 0xff >> length + 1;
        for (int i = 1; i < length; i++) {
            int next = text.charAt(at + i);
            if ((next & 0xc0) != 0x80) {
                return -1;
            }
            character = character << 6 | next & 0x3f;
        }
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return length(character) != length || surrogate || character > Character.MAX_CODE_POINT ? -1 : character;
    }

    /** How many bytes a character beyond ASCII has in UTF-8; 0 of what is none. */
    private static int length(int character) {
        return character < 0 ? 0 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }

    private static String escape(int character) {
        StringBuilder escape = new StringBuilder(character < 0x10000 ? "\\u" : "\\U");
        for (int shift = character < 0x10000 ? 12 : 28; shift >= 0; shift -= 4) {
            escape.append(Character.toUpperCase(Character.forDigit(character >> shift & 15, 16)));
        }
        return escape.toString();
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
