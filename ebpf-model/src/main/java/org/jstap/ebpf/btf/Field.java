package org.jstap.ebpf.btf;

/**
 * A member of a struct or union as seen from the outermost one: found through its anonymous structs and unions.
 *
 * @param type      the identifier of its type
 * @param bitOffset bits from the start of the outermost struct
 * @param bitSize   bits of a bit field; 0 for a member that is none
 */
public record Field(String name, int type, int bitOffset, int bitSize) {

    /** Whether it is a bit field. */
    public boolean isBitField() {
        return bitSize != 0;
    }

    /** Bytes from the start of the outermost struct; of a bit field those of the byte it starts in. */
    public int byteOffset() {
        return bitOffset >> 3;
    }
}
