package org.jstap.symbols.dwarf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A place in a section that moves as values are read. Reading past the end throws IndexOutOfBoundsException. */
final class Cursor {
    final ByteBuffer data;
    int at;

    Cursor(ByteBuffer data, long at) {
        this.data = data;
        this.at = position(at);
    }

    private int position(long where) {
        if (where < 0 || where > data.limit()) {
            throw new IndexOutOfBoundsException("offset " + where + " of " + data.limit());
        }
        return (int) where;
    }

    void seek(long where) {
        at = position(where);
    }

    void skip(long bytes) {
        at = position(at + bytes);
    }

    int u8() {
        return data.get(at++) & 0xff;
    }

    int u16() {
        int value = data.getShort(at) & 0xffff;
        at += 2;
        return value;
    }

    int u24() {
        int value = u16();
        return value | u8() << 16;
    }

    long u32() {
        long value = data.getInt(at) & 0xffffffffL;
        at += 4;
        return value;
    }

    long u64() {
        long value = data.getLong(at);
        at += 8;
        return value;
    }

    /** An offset or length: 4 bytes in 32-bit DWARF, 8 in 64-bit DWARF. */
    long offset(int size) {
        return size == 8 ? u64() : u32();
    }

    long uleb() {
        long value = 0;
        int shift = 0;
        while (true) {
            int b = data.get(at++);
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    long sleb() {
        long value = 0;
        int shift = 0;
        while (true) {
            int b = data.get(at++);
            value |= (long) (b & 0x7f) << shift;
            shift += 7;
            if (b >= 0) {
                return shift < 64 && (b & 0x40) != 0 ? value | -1L << shift : value;
            }
        }
    }

    void skipString() {
        while (data.get(at++) != 0) {
            // Only the end matters.
        }
    }

    String string() {
        int start = at;
        skipString();
        byte[] bytes = new byte[at - 1 - start];
        data.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
