package org.jstap.symbols.elf;

/**
 * One entry of the section header table (Elf64_Shdr).
 *
 * @param index its number in the table
 * @param type {@code sh_type}, for example {@link #SYMTAB}
 * @param flags {@code sh_flags}
 * @param address {@code sh_addr}, 0 in object files
 * @param offset bytes from the start of the file
 * @param size bytes in the file
 * @param link number of the related section: of a symbol table its strings, of relocations the symbol table
 * @param info of relocations the section they apply to
 */
public record ElfSection(
        int index, String name, int type, long flags, long address, long offset, long size, int link, int info) {
    public static final int SYMTAB = 2;
    public static final int RELA = 4;
    public static final int NOTE = 7;
    public static final int NOBITS = 8;
    public static final int DYNSYM = 11;
    static final long COMPRESSED = 0x800;

    /** Whether the content is stored deflated (SHF_COMPRESSED). */
    public boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }
}
