package org.jstap.ebpf.btf;

/** The strings of a blob: those of its base come first, its own follow. */
final class Names {
    private final BtfData own;
    private final Names base;
    private final int baseLength;

    Names(BtfData own, Names base) {
        this.own = own;
        this.base = base;
        this.baseLength = base == null ? 0 : base.length();
    }

    int length() {
        return baseLength + own.stringsLength();
    }

    String string(int offset) {
        return isBase(offset) ? base.string(offset) : own.string(offset - baseLength);
    }

    boolean equals(int offset, byte[] name) {
        return isBase(offset) ? base.equals(offset, name) : own.stringEquals(offset - baseLength, name);
    }

    int hash(int offset) {
        return isBase(offset) ? base.hash(offset) : own.hash(offset - baseLength);
    }

    private boolean isBase(int offset) {
        return offset >= 0 && offset < baseLength;
    }
}
