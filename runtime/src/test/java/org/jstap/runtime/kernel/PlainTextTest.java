package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.host.text.Formatter;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.compiler.syscall.EncodedText;
import org.junit.jupiter.api.Test;

/** The short way makes the same text of a record as the long one, and leaves to that what it cannot do. */
class PlainTextTest {
    private static final int LEFT = PrintFormat.Flag.LEFT;
    private static final long[] NUMBERS = {0, 1, -1, 9, 10, -10, 99, 100, 123_456, -123_456, Long.MAX_VALUE, Long.MIN_VALUE};

    private static PrintFormat.Conversion conversion(char letter, int flags, int width) {
        return new PrintFormat.Conversion(letter, flags, width == 0 ? OptionalInt.empty() : OptionalInt.of(width), false,
                OptionalInt.empty(), false);
    }

    /** A format with its values, numbers or strings in fields of so many bytes. */
    private record Line(List<PrintFormat.Part> parts, List<Object> values, int textBytes) {
        Output output() {
            List<Output.Argument> arguments = new ArrayList<>();
            for (Object value : values) {
                arguments.add(new Output.Value(value instanceof Long number ? new Operand.Number(number) : new Operand.Text((String) value)));
            }
            return new Output(new PrintFormat(parts), arguments);
        }

        RecordLayout layout() {
            List<Field> fields = new ArrayList<>();
            int at = RecordLayout.HEADER;
            for (Object value : values) {
                fields.add(value instanceof Long ? new Field(Type.LONG, at, Long.BYTES) : new Field(Type.STRING, at, textBytes));
                at = fields.getLast().end();
            }
            return new RecordLayout(0, 0, new RecordLayout.Text(output()), fields, at);
        }

        /** What is behind the end of a string is whatever was in the memory before. */
        MemorySegment record() {
            RecordLayout layout = layout();
            MemorySegment record = MemorySegment.ofArray(new byte[layout.size()]).fill((byte) '#');
            for (int i = 0; i < values.size(); i++) {
                Field field = layout.fields().get(i);
                if (values.get(i) instanceof Long number) {
                    record.set(ValueLayout.JAVA_LONG_UNALIGNED, field.offset(), number);
                } else {
                    byte[] text = (values.get(i) + "\0").getBytes(StandardCharsets.ISO_8859_1);
                    MemorySegment.copy(MemorySegment.ofArray(text), 0, record, field.offset(), Math.min(text.length, field.size()));
                }
            }
            return record;
        }

        String plain() {
            TextBuffer buffer = new TextBuffer();
            assertThat(PlainText.of(layout(), output()).orElseThrow().append(record(), buffer)).isTrue();
            return buffer.toString();
        }

        String formatted() {
            Arguments arguments = new Arguments(values.size());
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) instanceof Long number) {
                    arguments.set(i, number);
                } else {
                    arguments.set(i, (String) values.get(i));
                }
            }
            TextBuffer buffer = new TextBuffer();
            new Formatter((_, _) -> new byte[0]).format(output().format(), arguments, buffer);
            return buffer.toString();
        }
    }

    @Test
    void numbersWithAndWithoutWidth() {
        for (long number : NUMBERS) {
            for (char letter : new char[] {'d', 'i'}) {
                for (int width : new int[] {0, 1, 5, 20, 30}) {
                    for (int flags : new int[] {0, LEFT}) {
                        Line line = new Line(List.of(new PrintFormat.Literal("<"), conversion(letter, flags, width),
                                new PrintFormat.Literal(">")), List.of(number), 0);
                        assertThat(line.plain()).isEqualTo(line.formatted());
                    }
                }
            }
        }
        Line line = new Line(List.of(conversion('d', 0, 6), conversion('d', LEFT, 4), new PrintFormat.Literal("|")), List.of(-12L, 7L), 0);
        assertThat(line.plain()).isEqualTo("   -127   |");
    }

    @Test
    void stringsWithAndWithoutWidth() {
        for (String text : List.of("", "a", "swapper/0", "exactly 16 bytes", "\u00e4\u00ff")) {
            for (int width : new int[] {0, 3, 20}) {
                for (int flags : new int[] {0, LEFT}) {
                    Line line = new Line(List.of(conversion('s', flags, width), new PrintFormat.Literal("|")), List.of(text), 24);
                    assertThat(line.plain()).isEqualTo(line.formatted());
                }
            }
        }
    }

    @Test
    void aStringThatFillsItsFieldEndsWithIt() {
        Line line = new Line(List.of(conversion('s', 0, 0), new PrintFormat.Literal("|"), conversion('d', 0, 0)),
                List.of("sixteen bytes ok", 5L), 16);
        assertThat(line.plain()).isEqualTo("sixteen bytes ok|5");
    }

    @Test
    void severalValuesAndATextWithoutAny() {
        assertThat(new Line(List.of(new PrintFormat.Literal("no values\n")), List.of(), 0).plain()).isEqualTo("no values\n");
        assertThat(new Line(List.of(conversion('d', 0, 0), new PrintFormat.Literal(" "), conversion('s', 0, 0),
                new PrintFormat.Literal(" "), conversion('d', 0, 0), new PrintFormat.Literal("\n")), List.of(1L, "dd", -3L), 16).plain())
                .isEqualTo("1 dd -3\n");
    }

    @Test
    void textIsAppendedToWhatIsThere() {
        Line line = new Line(List.of(conversion('d', 0, 4)), List.of(7L), 0);
        TextBuffer buffer = new TextBuffer();
        buffer.append("before");
        PlainText.of(line.layout(), line.output()).orElseThrow().append(line.record(), buffer);
        assertThat(buffer.toString()).isEqualTo("before   7");
    }

    @Test
    void anEncodedTextIsLeftToTheLongWayWithNothingAppended() {
        Line line = new Line(List.of(new PrintFormat.Literal("x"), conversion('d', 0, 0), conversion('s', 0, 0)), List.of(1L, "abc"), 32);
        MemorySegment record = line.record();
        record.set(ValueLayout.JAVA_BYTE, line.layout().fields().get(1).offset(), (byte) EncodedText.MARK);
        TextBuffer buffer = new TextBuffer();
        buffer.append("before");
        PlainText plain = PlainText.of(line.layout(), line.output()).orElseThrow();
        assertThat(plain.append(record, buffer)).isFalse();
        assertThat(buffer.toString()).isEqualTo("before");
        assertThat(plain.append(line.record(), buffer)).isTrue();
        assertThat(buffer.toString()).isEqualTo("beforex1abc");
    }

    @Test
    void whatAsksForMoreIsLeftToTheLongWay() {
        List<PrintFormat.Conversion> more = new ArrayList<>();
        for (char letter : "ouxXpcbmM".toCharArray()) {
            more.add(conversion(letter, 0, 0));
        }
        for (int flag : new int[] {PrintFormat.Flag.PLUS, PrintFormat.Flag.SPACE, PrintFormat.Flag.ALTERNATE, PrintFormat.Flag.ZERO}) {
            more.add(conversion('d', flag, 8));
            more.add(conversion('d', flag | LEFT, 8));
        }
        more.add(new PrintFormat.Conversion('s', 0, OptionalInt.empty(), false, OptionalInt.of(3), false));
        more.add(new PrintFormat.Conversion('d', 0, OptionalInt.empty(), true, OptionalInt.empty(), false));
        more.add(new PrintFormat.Conversion('s', 0, OptionalInt.empty(), false, OptionalInt.empty(), true));
        for (PrintFormat.Conversion conversion : more) {
            Line line = new Line(List.of(conversion), List.of(1L, 2L), 16);
            assertThat(PlainText.of(line.layout(), line.output())).as("%s", conversion).isEmpty();
        }
    }

    @Test
    void aTextThatIsItselfMadeByAFormatIsLeftToTheLongWay() {
        Line line = new Line(List.of(conversion('d', 0, 0)), List.of(1L), 0);
        Output outer = new Output(new PrintFormat(List.of(conversion('s', 0, 0))), List.of(new Output.Nested(line.output())));
        assertThat(PlainText.of(line.layout(), outer)).isEqualTo(Optional.empty());
    }
}
