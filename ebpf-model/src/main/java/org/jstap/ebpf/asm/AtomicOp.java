package org.jstap.ebpf.asm;

/**
 * Read-modify-write operations on memory. All but {@link #ADD} need kernel 5.12 (instruction set v3); the ones that fetch put
 * the old value of the memory into the source register, {@link #CMPXCHG} into {@code R0}.
 */
public enum AtomicOp {
    ADD(0x00),
    OR(0x40),
    AND(0x50),
    XOR(0xa0),
    FETCH_ADD(0x01),
    FETCH_OR(0x41),
    FETCH_AND(0x51),
    FETCH_XOR(0xa1),
    /** Puts the source register into memory and the old value into the source register. */
    XCHG(0xe1),
    /** Compares memory with {@code R0}; if equal, stores the source register; {@code R0} gets the old value. */
    CMPXCHG(0xf1);

    private static final AtomicOp[] ALL = values();

    private final int code;

    AtomicOp(int code) {
        this.code = code;
    }

    /** The immediate of the instruction. */
    int code() {
        return code;
    }

    /** Whether the old value of the memory goes into a register. */
    public boolean fetches() {
        return (code & 1) != 0;
    }

    static AtomicOp ofCode(int code) {
        for (AtomicOp op : ALL) {
            if (op.code == code) {
                return op;
            }
        }
        throw new IllegalArgumentException("no atomic operation has the code 0x" + Integer.toHexString(code));
    }
}
