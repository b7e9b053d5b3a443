package org.jstap.symbols.source;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the numbers and names of the index. */
final class IndexInput {
    final byte[] data;
    int at;

    IndexInput(byte[] data, int at) {
        this.data = data;
        this.at = at;
    }

    /** Inflates a part that was deflated by itself; {@code size} is its plain length. */
    static byte[] inflate(byte[] data, int from, int length, int size) {
        byte[] plain = new byte[size];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(data, from, length);
            int done = 0;
            while (done < size) {
                int n = inflater.inflate(plain, done, size - done);
                if (n == 0) {
                    throw new IllegalArgumentException("the source index is damaged: a part is too short");
                }
                done += n;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("the source index is damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    int u8() {
        return data[at++] & 0xff;
    }

    int u32() {
        return u8() | u8() << 8 | u8() << 16 | u8() << 24;
    }

    int varint() {
        int value = 0;
        int shift = 0;
        while (true) {
            int b = data[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    int zigzag() {
        int value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    void skipString() {
        int length = varint();
        at += length;
    }

    String string() {
        int length = varint();
        at += length;
        return new String(data, at - length, length, StandardCharsets.UTF_8);
    }
}
