package org.jstap.compiler.host.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jstap.compiler.host.Fault;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.PrintFormat.Conversion;
import org.jstap.compiler.program.PrintFormat.Flag;
import org.junit.jupiter.api.Test;

/** Facts from the conformance corpus and its README. */
class FormatterTest {
    @Test
    void numbersInAllBases() {
        assertThat(one("%u", -1)).isEqualTo("18446744073709551615");
        assertThat(one("%x", -1)).isEqualTo("ffffffffffffffff");
        assertThat(one("%X", 48879)).isEqualTo("BEEF");
        assertThat(one("%o", -1)).isEqualTo("1777777777777777777777");
        assertThat(one("%d", Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(one("%025u", -1)).isEqualTo("0000018446744073709551615");
    }

    @Test
    void textsThatANumberChooses() {
        PrintFormat.Choice choice = new PrintFormat.Choice(List.of(List.of(new PrintFormat.Named("a", 8, false),
                new PrintFormat.Named("b", 4, true)), List.of(new PrintFormat.Named("c", 2, false)), List.of(),
                List.of(new PrintFormat.Named("?", 0, false))), 2);
        PrintFormat format = new PrintFormat(List.of(new PrintFormat.Literal("<"), choice, new PrintFormat.Literal("> "),
                new Conversion('d', 0, OptionalInt.empty(), false, OptionalInt.empty(), false)));
        assertThat(formatted(format, 0, -1, 0xffff_ffffL, 9)).isEqualTo("<a=0xffffffffffffffff b=0xffffffffffffffff> 9");
        assertThat(formatted(format, 1, 0x12345678, 5, 9)).isEqualTo("<c=0x5678> 9");
        assertThat(formatted(format, 2, 1, 1, 9)).isEqualTo("<> 9");
        assertThat(formatted(format, 3, 1, 1, 9)).isEqualTo("<?> 9");
    }

    private static String formatted(PrintFormat format, long... values) {
        Arguments arguments = new Arguments(values.length);
        for (int i = 0; i < values.length; i++) {
            arguments.set(i, values[i]);
        }
        TextBuffer out = new TextBuffer();
        new Formatter((_, _) -> new byte[0]).format(format, arguments, out);
        return out.textFrom(0, 512);
    }

    @Test
    void precisionAndWidth() {
        assertThat(one("%.3d", 5)).isEqualTo("005");
        assertThat(one("%.0d", 0)).isEqualTo("0");
        assertThat(one("%8.3d", 5)).isEqualTo("     005");
        assertThat(one("%-8.3d", 5)).isEqualTo("005     ");
        assertThat(one("%08.3d", 5)).isEqualTo("00000005");
        assertThat(one("%8.5d", -42)).isEqualTo("  -00042");
        assertThat(one("%#.4x", 10)).isEqualTo("0x000a");
    }

    @Test
    void alternateForms() {
        assertThat(one("%#o", 0)).isEqualTo("00");
        assertThat(one("%#x", 0)).isEqualTo("0x0");
        assertThat(one("%#X", 255)).isEqualTo("0XFF");
        assertThat(one("%p", 255)).isEqualTo("0xff");
        assertThat(one("%020p", 255)).isEqualTo("0x0000000000000000ff");
    }

    @Test
    void signs() {
        assertThat(one("%+d", 5)).isEqualTo("+5");
        assertThat(one("% d", 5)).isEqualTo(" 5");
        assertThat(one("%+u", 5)).isEqualTo("5");
        assertThat(one("%05d", -5)).isEqualTo("-0005");
    }

    @Test
    void strings() {
        assertThat(one("%10s", "abc")).isEqualTo("       abc");
        assertThat(one("%-10.2s", "abc")).isEqualTo("ab        ");
        assertThat(one("%.0s", "xyz")).isEmpty();
        assertThat(one("%2s", "overflowing")).isEqualTo("overflowing");
        assertThat(one("%010s", "abc")).isEqualTo("       abc\0");
    }

    @Test
    void characters() {
        assertThat(one("%c", 65 + 256)).isEqualTo("A");
        assertThat(one("%03c", 67)).isEqualTo("  C");
        assertThat(one("%-3c", 66)).isEqualTo("B  ");
    }

    @Test
    void binary() {
        assertThat(one("%2b", 0x4241)).isEqualTo("AB");
        assertThat(one("%3b", 0x44434241)).isEqualTo("ABCD\0\0\0\0");
        assertThat(one("%16b", 0x4847464544434241L)).isEqualTo("\0\0\0\0\0\0\0\0ABCDEFGH");
    }

    @Test
    void starsTakeArguments() {
        Conversion width = new Conversion('d', 0, OptionalInt.empty(), true, OptionalInt.empty(), false);
        assertThat(format(List.of(width), -8L, 42L)).isEqualTo("42");
        assertThat(format(List.of(width), 5L, 42L)).isEqualTo("   42");
        Conversion precision = new Conversion('s', 0, OptionalInt.empty(), false, OptionalInt.empty(), true);
        assertThat(format(List.of(precision), -1L, "hello")).isEmpty();
        assertThat(format(List.of(precision), 2L, "hello")).isEqualTo("he");
    }

    @Test
    void bytesBySizeInPrecisionOrWidth() {
        assertThat(one("%.2b", 0x4142L)).isEqualTo("BA");
        assertThat(one("%4.2b", 0x41L)).isEqualTo("\0\0A\0");
        assertThat(one("%-4.2b", 0x41L)).isEqualTo("A\0\0\0");
        assertThat(one("%.3b", 0x41L)).isEqualTo("A\0\0\0\0\0\0\0");
    }

    @Test
    void charactersAsLiterals() {
        assertThat(one("%#c", 10L)).isEqualTo("\\n");
        assertThat(one("%#5c", 7L)).isEqualTo("   \\a");
        assertThat(one("%#c", 34L) + one("%#c", 39L)).isEqualTo("\"\\'");
        assertThat(one("%#c", 255L) + one("%#c", 0L)).isEqualTo("\\377\\000");
    }

    @Test
    void memory() {
        assertThat(one("%2m", 0x10)).as("a width is none of memory").isEqualTo(" A");
        assertThat(one("%.2m", 0x10)).isEqualTo("AB");
        assertThat(one("%4M", 0x10)).isEqualTo("  41");
        assertThat(one("%.3M", 0x10)).isEqualTo("414243");
        assertThatThrownBy(() -> one("%4M", 0)).isInstanceOf(Fault.class).hasMessage("read fault [man error::fault] at 0x0");
    }

    /** Formats one value by a conversion as the language spells it. */
    private static String one(String spelling, Object value) {
        int at = 1;
        int flags = 0;
        for (; "-+ #0".indexOf(spelling.charAt(at)) >= 0; at++) {
            flags |= switch (spelling.charAt(at)) {
                case '-' -> Flag.LEFT;
                case '+' -> Flag.PLUS;
                case ' ' -> Flag.SPACE;
                case '#' -> Flag.ALTERNATE;
                default -> Flag.ZERO;
            };
        }
        String rest = spelling.substring(at, spelling.length() - 1);
        int dot = rest.indexOf('.');
        String width = dot < 0 ? rest : rest.substring(0, dot);
        OptionalInt precision = dot < 0 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(rest.substring(dot + 1)));
        Conversion conversion = new Conversion(spelling.charAt(spelling.length() - 1), flags,
                width.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(width)), false, precision, false);
        return format(List.of(conversion), value instanceof Integer n ? Long.valueOf(n) : value);
    }

    private static String format(List<Conversion> conversions, Object... values) {
        Arguments arguments = new Arguments(values.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Long number) {
                arguments.set(i, number);
            } else {
                arguments.set(i, (String) values[i]);
            }
        }
        TextBuffer out = new TextBuffer();
        new Formatter((address, size) -> {
            if (address == 0) {
                throw Fault.read(address);
            }
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) ('A' + i);
            }
            return bytes;
        }).format(new PrintFormat(new ArrayList<>(conversions)), arguments, out);
        return out.toString();
    }
}
