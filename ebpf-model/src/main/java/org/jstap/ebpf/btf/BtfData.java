package org.jstap.ebpf.btf;

import java.util.Arrays;

/** The bytes of one BTF blob and where each type starts in them. */
final class BtfData {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER_LENGTH = 24;

    private final BtfBytes bytes;
    private final boolean bigEndian;
    private final int typesStart;
    private final int typesEnd;
    private final int stringsStart;
    private final int stringsLength;
    /** Where each type starts; index 0 stands for the first identifier of this blob. */
    private final int[] offsets;

    /** Finds the types by going through all of them. */
    BtfData(byte[] bytes) {
        this(new BtfBytes(bytes), new int[0]);
    }

    /**
     * Believes where types start. A wrong list makes wrong answers.
     *
     * @param offsets as {@link #offsets()} gave them for the same blob; empty to find them
     */
    BtfData(BtfBytes bytes, int[] offsets) {
        this.bytes = bytes;
        if (bytes.length() < HEADER_LENGTH) {
            throw new BtfException("BTF starts with a header of 24 bytes; there are only " + bytes.length());
        }
        int first = bytes.at(0) & 0xff;
        int second = bytes.at(1) & 0xff;
        this.bigEndian = first == MAGIC >> 8;
        if ((bigEndian ? first << 8 | second : second << 8 | first) != MAGIC) {
            throw new BtfException("BTF starts with the number 0xeb9f; these bytes do not");
        }
        if (bytes.at(2) != 1) {
            throw new BtfException("this is BTF of version " + bytes.at(2) + "; only version 1 is known");
        }
        int headerLength = u32(4);
        this.typesStart = section(headerLength, u32(8), u32(12), "types");
        this.typesEnd = typesStart + u32(12);
        this.stringsLength = u32(20);
        this.stringsStart = section(headerLength, u32(16), stringsLength, "strings");
        if (stringsLength > 0 && bytes.at(stringsStart + stringsLength - 1) != 0) {
            throw new BtfException("the strings of BTF do not end with a zero byte");
        }
        this.offsets = offsets.length > 0 ? offsets : findTypes(bytes.all());
    }

    private int section(int headerLength, int offset, int length, String what) {
        long start = (headerLength & 0xffffffffL) + (offset & 0xffffffffL);
        if (start + (length & 0xffffffffL) > bytes.length()) {
            throw new BtfException("the " + what + " of BTF reach beyond its " + bytes.length() + " bytes");
        }
        return (int) start;
    }

    private int[] findTypes(byte[] all) {
        int[] found = new int[Math.max(16, (typesEnd - typesStart) / 28)];
        int n = 0;
        for (int at = typesStart; at < typesEnd; ) {
            if (n == found.length) {
                found = Arrays.copyOf(found, n + (n >> 1));
            }
            found[n++] = at;
            at += length(all, at, n);
        }
        return Arrays.copyOf(found, n);
    }

    /** The bytes of the type at {@code at}, its own list included. */
    private int length(byte[] all, int at, int number) {
        if (at + 12 > typesEnd) {
            throw new BtfException("BTF ends inside its type number " + number);
        }
        int kind = (bigEndian ? all[at + 4] : all[at + 7]) & 0x1f;
        int entries = bigEndian ? (all[at + 6] & 0xff) << 8 | all[at + 7] & 0xff : all[at + 4] & 0xff | (all[at + 5] & 0xff) << 8;
        int length = switch (kind) {
            case 2, 7, 8, 9, 10, 11, 12, 16, 18 -> 12;
            case 1, 14, 17 -> 16;
            case 3 -> 24;
            case 4, 5, 15, 19 -> 12 + entries * 12;
            case 6, 13 -> 12 + entries * 8;
            default -> throw new BtfException("type number " + number + " of BTF is of the unknown kind " + kind);
        };
        if (at + length > typesEnd) {
            throw new BtfException("BTF ends inside its type number " + number);
        }
        return length;
    }

    /** Bytes of the blob. */
    int length() {
        return bytes.length();
    }

    int count() {
        return offsets.length;
    }

    /** Where types start; not to be changed. */
    int[] offsets() {
        return offsets;
    }

    int stringsLength() {
        return stringsLength;
    }

    /** For whoever goes through all types: then they are read at once. */
    void readAll() {
        bytes.all();
    }

    int offset(int index) {
        return offsets[index];
    }

    int kindAt(int at) {
        return bytes.at(bigEndian ? at + 4 : at + 7) & 0x1f;
    }

    boolean flagAt(int at) {
        return (bytes.at(bigEndian ? at + 4 : at + 7) & 0x80) != 0;
    }

    int entriesAt(int at) {
        return u32(at + 4) & 0xffff;
    }

    int u32(int at) {
        return bytes.u32(at, bigEndian);
    }

    private int stringStart(int offset) {
        if (offset < 0 || offset >= stringsLength) {
            throw new BtfException("a name of BTF lies at " + offset + ", beyond its " + stringsLength + " bytes of strings");
        }
        return stringsStart + offset;
    }

    String string(int offset) {
        return bytes.text(stringStart(offset));
    }

    boolean stringEquals(int offset, byte[] name) {
        return bytes.isText(stringStart(offset), name);
    }

    /** A hash of the bytes of a string, the same as {@link #hash(byte[])}. */
    int hash(int offset) {
        return bytes.hash(stringStart(offset));
    }

    static int hash(byte[] name) {
        int hash = 0;
        for (byte b : name) {
            hash = hash * 31 + b;
        }
        return hash;
    }
}
