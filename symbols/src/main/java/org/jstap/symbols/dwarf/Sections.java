package org.jstap.symbols.dwarf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jstap.symbols.elf.ElfFile;
import org.jstap.symbols.elf.ElfFormatException;
import org.jstap.symbols.elf.ElfSection;

/** The debug sections of a file; one that is absent is empty. */
record Sections(
        ByteBuffer info,
        ByteBuffer abbrev,
        ByteBuffer str,
        ByteBuffer lineStr,
        ByteBuffer line,
        ByteBuffer strOffsets,
        ByteBuffer addr,
        ByteBuffer rnglists,
        ByteBuffer ranges) {

    static Sections of(ElfFile elf) throws ElfFormatException {
        return new Sections(get(elf, ".debug_info"), get(elf, ".debug_abbrev"), get(elf, ".debug_str"),
                get(elf, ".debug_line_str"), get(elf, ".debug_line"), get(elf, ".debug_str_offsets"),
                get(elf, ".debug_addr"), get(elf, ".debug_rnglists"), get(elf, ".debug_ranges"));
    }

    private static ByteBuffer get(ElfFile elf, String name) throws ElfFormatException {
        Optional<ElfSection> section = elf.section(name);
        if (section.isEmpty()) {
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        return elf.relocated(section.get());
    }
}
