package org.jstap.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.syscall.EncodedText;

/**
 * The short way from a record to its text, for formats of numbers and strings without refinements: no objects on the way. It
 * carries the lines of busy scripts, of which a large share of the time would otherwise go into making strings.
 */
final class PlainText {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /** A part of the text: a number or string at a place in the record, or what stands in the format. */
    private record Part(byte[] literal, boolean text, int offset, int size, int width, boolean left) { }

    private final Part[] parts;

    private PlainText(List<Part> parts) {
        this.parts = parts.toArray(new Part[0]);
    }

    /** Absent where the format asks for more. */
    static Optional<PlainText> of(RecordLayout layout, Output output) {
        List<Part> parts = new ArrayList<>();
        int next = 0;
        for (PrintFormat.Part part : output.format().parts()) {
            if (part instanceof PrintFormat.Literal literal) {
                parts.add(new Part(literal.text().getBytes(StandardCharsets.ISO_8859_1), false, 0, 0, 0, false));
                continue;
            }
            if (!(part instanceof PrintFormat.Conversion conversion) || !isPlain(conversion) || next >= output.arguments().size()
                    || !(output.arguments().get(next) instanceof Output.Value)) {
                return Optional.empty();
            }
            Field field = layout.fields().get(next++);
            parts.add(new Part(new byte[0], conversion.letter() == 's', field.offset(), field.size(), conversion.width().orElse(0),
                    (conversion.flags() & PrintFormat.Flag.LEFT) != 0));
        }
        return Optional.of(new PlainText(parts));
    }

    private static boolean isPlain(PrintFormat.Conversion conversion) {
        boolean letter = conversion.letter() == 'd' || conversion.letter() == 'i' || conversion.letter() == 's';
        return letter && (conversion.flags() & ~PrintFormat.Flag.LEFT) == 0 && !conversion.starWidth() && !conversion.starPrecision()
                && conversion.precision().isEmpty();
    }

    /**
     * Appends the text of a record.
     *
     * @return false, with nothing appended, where a string has to be decoded first
     */
    boolean append(MemorySegment record, TextBuffer out) {
        int start = out.length();
        for (Part part : parts) {
            if (part.size() == 0) {
                out.append(part.literal(), part.literal().length);
                continue;
            }
            int from = out.length();
            if (!part.text()) {
                out.append(record.get(LONG, part.offset()));
            } else if (part.size() > 1 && record.get(ValueLayout.JAVA_BYTE, part.offset()) == EncodedText.MARK) {
                out.truncate(start);
                return false;
            } else {
                out.append(record, part.offset(), part.size());
            }
            if (part.width() > 0) {
                out.pad(from, part.width(), part.left());
            }
        }
        return true;
    }
}
