package org.jstap.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jstap.compiler.host.store.Key;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.KeyLayout;
import org.jstap.compiler.program.Type;
import org.jstap.compiler.syscall.EncodedText;

/** Reads and writes fields of keys, values and records. */
final class Segments {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /** MAXSTRINGLEN is 512 with the zero, unless the user says otherwise. */
    private static final int LEAST_DECODED = 511;

    private Segments() { }

    /** A string of at most {@code size} bytes that ends before the first zero; made readable where the kernel left that to the host. */
    static String text(MemorySegment segment, long offset, int size) {
        byte[] bytes = new byte[size];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, size);
        if (size > 1 && bytes[0] == EncodedText.MARK) {
            Optional<String> text = EncodedText.decode(bytes, Math.max(LEAST_DECODED, size - 1));
            if (text.isPresent()) {
                return text.get();
            }
        }
        int length = 0;
        while (length < size && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Writes a string with zeros behind it, cut so that one fits. */
    static void putText(MemorySegment segment, long offset, int size, String text) {
        byte[] bytes = new byte[size];
        byte[] from = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(from, 0, bytes, 0, Math.min(from.length, size - 1));
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, offset, size);
    }

    static void readKey(MemorySegment segment, KeyLayout layout, Key key) {
        for (int i = 0; i < layout.fields().size(); i++) {
            Field field = layout.fields().get(i);
            if (field.type() == Type.STRING) {
                key.set(i, text(segment, field.offset(), field.size()));
            } else {
                key.set(i, segment.get(LONG, field.offset()));
            }
        }
    }

    static byte[] keyBytes(KeyLayout layout, Key key) {
        byte[] bytes = new byte[layout.size()];
        MemorySegment segment = MemorySegment.ofArray(bytes);
        for (int i = 0; i < layout.fields().size(); i++) {
            Field field = layout.fields().get(i);
            if (field.type() == Type.STRING) {
                putText(segment, field.offset(), field.size(), key.text(i));
            } else {
                segment.set(LONG, field.offset(), key.number(i));
            }
        }
        return bytes;
    }
}
