package org.jstap.compiler.host.text;

import java.util.List;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.PrintFormat.Conversion;
import org.jstap.compiler.program.PrintFormat.Flag;

/** Writes values by a {@link PrintFormat}, with SystemTap's own idea of flags, widths and precisions. */
public final class Formatter {
    private static final int NO_PRECISION = -1;
    private static final String DIGITS = "0123456789abcdef";
    private static final String CAPITAL_DIGITS = "0123456789ABCDEF";

    private final MemoryReader memory;

    public Formatter(MemoryReader memory) {
        this.memory = memory;
    }

    /** Appends the text to {@code out}. The arguments stand in the order in which the conversions take them. */
    public void format(PrintFormat format, Arguments arguments, TextBuffer out) {
        int next = 0;
        List<PrintFormat.Part> parts = format.parts();
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case PrintFormat.Literal literal -> out.append(literal.text());
                case PrintFormat.Choice choice -> {
                    choice(choice, arguments, next, out);
                    next += choice.arguments();
                }
                case Conversion conversion -> {
                    convert(conversion, arguments, next, out);
                    next += conversion.arguments();
                }
            }
        }
    }

    private void choice(PrintFormat.Choice choice, Arguments arguments, int first, TextBuffer out) {
        int number = (int) arguments.number(first);
        int next = first + 1;
        for (PrintFormat.Part part : choice.parts(number)) {
            if (part instanceof PrintFormat.Literal literal) {
                out.append(literal.text());
            } else {
                long value = choice.texts().get(number).get(next - first - 1).of(arguments.number(next));
                unsigned(value, 16, Flag.ALTERNATE, 0, NO_PRECISION, false, out);
                next++;
            }
        }
    }

    private void convert(Conversion c, Arguments arguments, int first, TextBuffer out) {
        int next = first;
        int width = c.width().orElse(0);
        int precision = c.precision().orElse(NO_PRECISION);
        if (c.starWidth()) {
            width = (int) Math.max(0, arguments.number(next++));
        }
        if (c.starPrecision()) {
            precision = (int) Math.max(0, arguments.number(next++));
        }
        switch (c.letter()) {
            case 's' -> text(arguments.text(next), c.flags(), width, precision, out);
            case 'd', 'i' -> signed(arguments.number(next), c.flags(), width, precision, out);
            case 'u' -> unsigned(arguments.number(next), 10, c.flags() & ~Flag.ALTERNATE, width, precision, false, out);
            case 'o' -> unsigned(arguments.number(next), 8, c.flags(), width, precision, false, out);
            case 'x' -> unsigned(arguments.number(next), 16, c.flags(), width, precision, false, out);
            case 'X' -> unsigned(arguments.number(next), 16, c.flags(), width, precision, true, out);
            case 'p' -> unsigned(arguments.number(next), 16, c.flags() | Flag.ALTERNATE, width, precision, false, out);
            case 'c' -> character(arguments.number(next), c.flags(), width, out);
            case 'b' -> binary(arguments.number(next), c.flags(), width, precision, out);
            case 'm', 'M' -> memory(c, arguments.number(next), width, precision, out);
            default -> throw new IllegalArgumentException("conversion " + c.letter());
        }
    }

    private static void text(String text, int flags, int width, int precision, TextBuffer out) {
        int length = precision >= 0 ? Math.min(text.length(), precision) : text.length();
        boolean left = (flags & Flag.LEFT) != 0;
        if (!left) {
            out.fill(' ', (long) width - length);
        }
        out.append(text, length);
        if (left) {
            out.fill(' ', (long) width - length);
        } else if ((flags & Flag.ZERO) != 0) {
            // SystemTap's zero flag leaves a zero byte behind the text instead of zeros before it.
            out.append('\0');
        }
    }

    private static void character(long value, int flags, int width, TextBuffer out) {
        String text = (flags & Flag.ALTERNATE) != 0 ? escaped(value) : String.valueOf((char) (value & 0xff));
        boolean left = (flags & Flag.LEFT) != 0;
        if (!left) {
            out.fill(' ', (long) width - text.length());
        }
        out.append(text);
        if (left) {
            out.fill(' ', (long) width - text.length());
        }
    }

    /** A byte as a literal of C has it. */
    public static String escaped(long value) {
        int c = (int) value & 0xff;
        int known = "\u0007\b\t\n\u000b\f\r\"'\\".indexOf(c);
        if (known >= 0 && c != '"') {
            return "\\" + "abtnvfr\"'\\".charAt(known);
        }
        return c >= ' ' && c <= '~' ? String.valueOf((char) c)
                : "\\" + (char) ('0' + (c >> 6)) + (char) ('0' + (c >> 3 & 7)) + (char) ('0' + (c & 7));
    }

    private static void signed(long value, int flags, int width, int precision, TextBuffer out) {
        if (flags == 0 && width == 0 && precision == NO_PRECISION) {
            out.append(value);
            return;
        }
        String sign = value < 0 ? "-" : (flags & Flag.PLUS) != 0 ? "+" : (flags & Flag.SPACE) != 0 ? " " : "";
        String digits = value < 0 ? Long.toUnsignedString(-value) : Long.toString(value);
        number(sign, digits, flags, width, precision, out);
    }

    private static void unsigned(long value, int base, int flags, int width, int precision, boolean capital, TextBuffer out) {
        String prefix = "";
        if ((flags & Flag.ALTERNATE) != 0) {
            prefix = base == 8 ? "0" : capital ? "0X" : "0x";
        }
        number(prefix, digits(value, base, capital), flags, width, precision, out);
    }

    private static String digits(long value, int base, boolean capital) {
        return switch (base) {
            case 8 -> Long.toOctalString(value);
            case 10 -> Long.toUnsignedString(value);
            default -> capital ? hex(value, CAPITAL_DIGITS) : Long.toHexString(value);
        };
    }

    private static String hex(long value, String alphabet) {
        StringBuilder out = new StringBuilder();
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            int digit = (int) (value >>> shift) & 0xf;
            if (digit != 0 || !out.isEmpty() || shift == 0) {
                out.append(alphabet.charAt(digit));
            }
        }
        return out.toString();
    }

    private static void number(String prefix, String digits, int flags, int width, int precision, TextBuffer out) {
        boolean left = (flags & Flag.LEFT) != 0;
        boolean zeros = !left && (flags & Flag.ZERO) != 0;
        int length = Math.max(digits.length(), precision);
        long padding = (long) width - prefix.length() - length;
        if (!left && !zeros) {
            out.fill(' ', padding);
        }
        out.append(prefix);
        if (zeros) {
            out.fill('0', padding);
        }
        out.fill('0', (long) length - digits.length());
        out.append(digits);
        if (left) {
            out.fill(' ', padding);
        }
    }

    /** Raw bytes, least significant first: 1, 2 or 4 of them by precision or width, else 8; zero bytes fill what is wider. */
    private static void binary(long value, int flags, int width, int precision, TextBuffer out) {
        int asked = precision == NO_PRECISION ? width : precision;
        int size = asked == 1 || asked == 2 || asked == 4 ? asked : Long.BYTES;
        boolean left = (flags & Flag.LEFT) != 0;
        if (!left) {
            out.fill('\0', (long) width - size);
        }
        for (int i = 0; i < size; i++) {
            out.append((char) (value >>> 8 * i & 0xff));
        }
        if (left) {
            out.fill('\0', (long) width - size);
        }
    }

    private void memory(Conversion c, long address, int width, int precision, TextBuffer out) {
        int size = Math.max(precision, 1);
        byte[] bytes = memory.read(address, size);
        int length = c.letter() == 'M' ? size * 2 : size;
        boolean left = (c.flags() & Flag.LEFT) != 0;
        if (!left) {
            out.fill(' ', (long) width - length);
        }
        for (byte b : bytes) {
            if (c.letter() == 'm') {
                out.append((char) (b & 0xff));
            } else {
                out.append(DIGITS.charAt(b >> 4 & 0xf));
                out.append(DIGITS.charAt(b & 0xf));
            }
        }
        if (left) {
            out.fill(' ', (long) width - length);
        }
    }
}
