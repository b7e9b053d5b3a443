package org.jstap.ebpf.asm;

/** The conditions of a branch. {@code GT} to {@code LE} compare unsigned, those with {@code S} signed. */
public enum JumpOp {
    EQ(0x10, "=="),
    NE(0x50, "!="),
    /** Unsigned greater. */
    GT(0x20, ">"),
    /** Unsigned greater or equal. */
    GE(0x30, ">="),
    /** Unsigned less. */
    LT(0xa0, "<"),
    /** Unsigned less or equal. */
    LE(0xb0, "<="),
    /** Some bit is set in both. */
    SET(0x40, "&"),
    /** Signed greater. */
    SGT(0x60, "s>"),
    /** Signed greater or equal. */
    SGE(0x70, "s>="),
    /** Signed less. */
    SLT(0xc0, "s<"),
    /** Signed less or equal. */
    SLE(0xd0, "s<=");

    private static final JumpOp[] ALL = values();

    private final int code;
    private final String sign;

    JumpOp(int code, String sign) {
        this.code = code;
        this.sign = sign;
    }

    int code() {
        return code;
    }

    /** The operator in listings, such as {@code s<=}. */
    public String sign() {
        return sign;
    }

    /** Whether {@link #inverse()} exists: for all but {@link #SET}. */
    public boolean hasInverse() {
        return this != SET;
    }

    /**
     * The condition that holds exactly when this one does not.
     *
     * @throws IllegalStateException for {@link #SET}, which has none
     */
    public JumpOp inverse() {
        return switch (this) {
            case EQ -> NE;
            case NE -> EQ;
            case GT -> LE;
            case GE -> LT;
            case LT -> GE;
            case LE -> GT;
            case SGT -> SLE;
            case SGE -> SLT;
            case SLT -> SGE;
            case SLE -> SGT;
            case SET -> throw new IllegalStateException("the condition SET has no inverse in one instruction");
        };
    }

    static JumpOp ofCode(int code) {
        for (JumpOp op : ALL) {
            if (op.code == code) {
                return op;
            }
        }
        throw new IllegalArgumentException("no branch condition has the code 0x" + Integer.toHexString(code));
    }
}
