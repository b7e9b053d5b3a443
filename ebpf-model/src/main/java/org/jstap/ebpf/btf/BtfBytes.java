package org.jstap.ebpf.btf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one blob: all at once, or in blocks that are read when a byte of them is first asked for. A kernel hands out its
 * types a page at a time, and most questions need a few hundred of its 1,400 pages and more.
 */
final class BtfBytes {
    /** What sysfs gives for one read, and a multiple of 4, so that no aligned number is in two blocks. */
    private static final int BLOCK = 4096;

    private final BtfSource source;
    private final byte[][] blocks;
    private final int length;
    /** Present from the start, or once everything was asked for. */
    private volatile byte[] whole;

    BtfBytes(byte[] bytes) {
        this.source = null;
        this.blocks = new byte[0][];
        this.length = bytes.length;
        this.whole = bytes;
    }

    BtfBytes(BtfSource source) {
        this.source = source;
        this.length = source.length();
        this.blocks = new byte[(length + BLOCK - 1) / BLOCK][];
    }

    int length() {
        return length;
    }

    /** All bytes, for whoever looks at everything; not to be changed. */
    byte[] all() {
        byte[] all = whole;
        if (all == null) {
            all = new byte[length];
            read(0, all);
            whole = all;
        }
        return all;
    }

    /** The array that holds this byte, at {@link #index}; whole or a block. */
    private byte[] holding(int at) {
        byte[] all = whole;
        return all != null ? all : block(at / BLOCK);
    }

    private static int index(byte[] array, int at, int length) {
        return array.length == length ? at : at % BLOCK;
    }

    private synchronized byte[] block(int number) {
        byte[] block = blocks[number];
        if (block == null) {
            block = new byte[Math.min(BLOCK, length - number * BLOCK)];
            read(number * BLOCK, block);
            blocks[number] = block;
        }
        return block;
    }

    private void read(int from, byte[] into) {
        try {
            source.read(from, into);
        } catch (IOException e) {
            throw new BtfException("the types can no longer be read: " + e.getMessage());
        }
    }

    byte at(int at) {
        byte[] array = holding(at);
        return array[index(array, at, length)];
    }

    int u32(int at, boolean bigEndian) {
        byte[] bytes = holding(at);
        int i = index(bytes, at, length);
        if (i + 4 > bytes.length) {
            throw new BtfException("a number of BTF lies at " + at + ", which is no multiple of 4");
        }
        int a = bytes[i] & 0xff;
        int b = bytes[i + 1] & 0xff;
        int c = bytes[i + 2] & 0xff;
        int d = bytes[i + 3] & 0xff;
        return bigEndian ? a << 24 | b << 16 | c << 8 | d : d << 24 | c << 16 | b << 8 | a;
    }

    /** The text that starts here and ends before a zero byte. */
    String text(int at) {
        byte[] array = holding(at);
        int from = index(array, at, length);
        int to = from;
        while (to < array.length && array[to] != 0) {
            to++;
        }
        if (to == array.length) {
            array = copy(at, textLength(at));
            from = 0;
            to = array.length;
        }
        return from == to ? "" : new String(array, from, to - from, StandardCharsets.UTF_8);
    }

    private int textLength(int at) {
        int end = at;
        while (at(end) != 0) {
            end++;
        }
        return end - at;
    }

    private byte[] copy(int at, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = at(at + i);
        }
        return bytes;
    }

    /** Whether just this text starts here. */
    boolean isText(int at, byte[] text) {
        int end = at + text.length;
        if (end >= length || at(end) != 0) {
            return false;
        }
        byte[] array = holding(at);
        int from = index(array, at, length);
        return from + text.length <= array.length
                ? Arrays.equals(array, from, from + text.length, text, 0, text.length)
                : Arrays.equals(copy(at, text.length), text);
    }

    /** A hash of the text that starts here. */
    int hash(int at) {
        int hash = 0;
        byte[] array = holding(at);
        for (int i = index(array, at, length), next = at; ; next++, i++) {
            if (i == array.length) {
                array = holding(next);
                i = index(array, next, length);
            }
            if (array[i] == 0) {
                return hash;
            }
            hash = hash * 31 + array[i];
        }
    }
}
