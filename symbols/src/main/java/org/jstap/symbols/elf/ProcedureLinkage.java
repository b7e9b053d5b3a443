package org.jstap.symbols.elf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The procedure linkage table of a program or library for x86-64: by its entries it calls functions of other files. The layouts of
 * linkers differ, so entries are known by what they do: jump to where a word of memory points that the dynamic linker sets.
 */
public final class ProcedureLinkage {
    private static final int EM_X86_64 = 62;
    private static final int JUMP_SLOT = 7;
    private static final int GLOBAL_DATA = 6;
    private static final int RELA_SIZE = 24;
    /** Entries begin at multiples of this. */
    private static final int STEP = 8;
    private static final int ENDBR64 = 0xfa1e0ff3;
    private static final int BND = 0xf2;
    /** {@code jmp *displacement(%rip)}, without its displacement. */
    private static final int JUMP = 0x25ff;
    private static final int JUMP_LENGTH = 6;

    private ProcedureLinkage() {}

    /**
     * An entry.
     *
     * @param name of the function that it calls, without a version
     * @param offset bytes from the start of the file
     */
    public record Entry(String name, long offset) {}

    /** Whether entries can be found in files for this processor. */
    public static boolean isKnown(ElfFile file) {
        return file.machine() == EM_X86_64;
    }

    /** All entries, in the order of the file. */
    public static List<Entry> entries(ElfFile file) throws ElfFormatException {
        Map<Long, String> words = words(file);
        List<Entry> entries = new ArrayList<>();
        for (ElfSection section : file.sections()) {
            if (section.name().equals(".plt") || section.name().startsWith(".plt.")) {
                ByteBuffer code = file.content(section);
                for (int at = 0; at + STEP <= code.limit(); at += STEP) {
                    int jump = jump(code, at);
                    if (jump >= 0) {
                        String name = words.get(section.address() + jump + JUMP_LENGTH + code.getInt(jump + 2));
                        if (name != null) {
                            entries.add(new Entry(name, section.offset() + at));
                        }
                    }
                }
            }
        }
        return entries;
    }

    /** Where the jump of an entry that begins here is, or -1. */
    private static int jump(ByteBuffer code, int start) {
        int at = start;
        if (code.getInt(at) == ENDBR64) {
            at += 4;
        }
        if ((code.get(at) & 0xff) == BND) {
            at++;
        }
        return at + JUMP_LENGTH <= code.limit() && (code.getShort(at) & 0xffff) == JUMP ? at : -1;
    }

    /** The functions whose addresses the dynamic linker stores, by the addresses of the words. */
    private static Map<Long, String> words(ElfFile file) throws ElfFormatException {
        Map<Long, String> words = new HashMap<>();
        for (ElfSection section : file.sections()) {
            if (section.type() == ElfSection.RELA && section.link() > 0
                    && file.sectionAt(section.link()).type() == ElfSection.DYNSYM) {
                List<ElfSymbol> symbols = file.symbols(file.sectionAt(section.link()));
                ByteBuffer entries = file.content(section);
                for (int at = 0; at + RELA_SIZE <= entries.limit(); at += RELA_SIZE) {
                    int type = entries.getInt(at + 8);
                    // The symbol with number 0 stands for none and is left out of the list.
                    int symbol = entries.getInt(at + 12) - 1;
                    if ((type == JUMP_SLOT || type == GLOBAL_DATA) && symbol >= 0 && symbol < symbols.size()) {
                        words.put(entries.getLong(at), plain(symbols.get(symbol).name()));
                    }
                }
            }
        }
        return words;
    }

    private static String plain(String name) {
        int version = name.indexOf('@');
        return version < 0 ? name : name.substring(0, version);
    }
}
