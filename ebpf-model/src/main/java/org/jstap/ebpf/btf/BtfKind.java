package org.jstap.ebpf.btf;

/** The kinds of types in BTF; the ordinal is the number in the encoding. */
public enum BtfKind {
    VOID, INT, POINTER, ARRAY, STRUCT, UNION, ENUM, FORWARD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FUNC_PROTO, VAR, DATASEC,
    FLOAT, DECL_TAG, TYPE_TAG, ENUM64;

    private static final BtfKind[] ALL = values();

    /** The number in the encoding. */
    public int number() {
        return ordinal();
    }

    /** Whether the type only adds something to another: typedef, const, volatile, restrict, type tag. */
    public boolean isModifier() {
        return this == TYPEDEF || isQualifier();
    }

    /** Whether the type is const, volatile, restrict or a type tag. */
    public boolean isQualifier() {
        return this == CONST || this == VOLATILE || this == RESTRICT || this == TYPE_TAG;
    }

    static BtfKind of(int number, int id) {
        if (number >= ALL.length) {
            throw new BtfException("type " + id + " is of the unknown kind " + number);
        }
        return ALL[number];
    }
}
