package org.jstap.ebpf.asm;

/** The width of a memory access. */
public enum Size {
    /** 1 byte. */
    BYTE(1, 0x10, "8"),
    /** 2 bytes. */
    HALF(2, 0x08, "16"),
    /** 4 bytes. */
    WORD(4, 0x00, "32"),
    /** 8 bytes. */
    DOUBLE(8, 0x18, "64");

    private final int bytes;
    private final int code;
    private final String bits;

    Size(int bytes, int code, String bits) {
        this.bytes = bytes;
        this.code = code;
        this.bits = bits;
    }

    /** The width in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The width in bits. */
    public int bits() {
        return bytes * 8;
    }

    /** The size bits of the operation code. */
    int code() {
        return code;
    }

    /** The C type in listings, such as {@code u32}. */
    String typeName(boolean signed) {
        return (signed ? "s" : "u") + bits;
    }

    /**
     * The size that has so many bytes.
     *
     * @throws IllegalArgumentException unless it is 1, 2, 4 or 8
     */
    public static Size ofBytes(int bytes) {
        return switch (bytes) {
            case 1 -> BYTE;
            case 2 -> HALF;
            case 4 -> WORD;
            case 8 -> DOUBLE;
            default -> throw new IllegalArgumentException("no memory access has " + bytes + " bytes; it may have 1, 2, 4 or 8");
        };
    }

    static Size ofCode(int opcode) {
        return switch (opcode & 0x18) {
            case 0x10 -> BYTE;
            case 0x08 -> HALF;
            case 0x00 -> WORD;
            default -> DOUBLE;
        };
    }
}
