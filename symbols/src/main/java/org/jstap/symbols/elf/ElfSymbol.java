package org.jstap.symbols.elf;

/**
 * One entry of a symbol table (Elf64_Sym).
 *
 * @param value an address; in object files an offset into the section
 * @param size bytes, 0 when unknown
 * @param info binding (high four bits) and type (low four bits)
 * @param section number of the section it is defined in, 0 when undefined
 */
public record ElfSymbol(String name, long value, long size, int info, int section) {
    private static final int FUNC = 2;
    private static final int GNU_IFUNC = 10;

    public boolean isFunction() {
        return (info & 15) == FUNC || (info & 15) == GNU_IFUNC;
    }

    public boolean isDefined() {
        return section != 0;
    }

    /** Whether other files see it: global or weak binding. */
    public boolean isGlobal() {
        return info >> 4 != 0;
    }
}
