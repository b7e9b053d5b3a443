package org.jstap.ebpf.asm;

/**
 * Arithmetic of two operands; the result replaces the first. Division by zero gives 0, a remainder by zero leaves the first
 * operand; of a shift distance only the low 6 (64-bit) or 5 (32-bit) bits count.
 */
public enum AluOp {
    ADD(0x00, "+="),
    SUB(0x10, "-="),
    MUL(0x20, "*="),
    /** Unsigned division. */
    DIV(0x30, "/="),
    OR(0x40, "|="),
    AND(0x50, "&="),
    /** Shift left. */
    LSH(0x60, "<<="),
    /** Shift right, filling with zeros. */
    RSH(0x70, ">>="),
    /** Unsigned remainder. */
    MOD(0x90, "%="),
    XOR(0xa0, "^="),
    /** Shift right, filling with the sign. */
    ARSH(0xc0, "s>>="),
    /** Signed division, truncating; from kernel 6.6 (instruction set v4). */
    SDIV(0x30, "s/="),
    /** Signed remainder, with the sign of the first operand; from kernel 6.6 (instruction set v4). */
    SMOD(0x90, "s%=");

    private static final AluOp[] ALL = values();

    private final int code;
    private final String sign;

    AluOp(int code, String sign) {
        this.code = code;
        this.sign = sign;
    }

    int code() {
        return code;
    }

    /** The operator in listings, such as {@code s>>=}. */
    public String sign() {
        return sign;
    }

    /** Whether the operation is signed division or remainder, which the encoding tells by an offset of 1. */
    public boolean isSignedDivision() {
        return this == SDIV || this == SMOD;
    }

    static AluOp ofCode(int code, boolean signed) {
        for (AluOp op : ALL) {
            if (op.code == code && op.isSignedDivision() == signed) {
                return op;
            }
        }
        throw new IllegalArgumentException("no arithmetic operation has the code 0x" + Integer.toHexString(code)
                + (signed ? " with offset 1" : ""));
    }
}
