package org.jstap.symbols.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Applies the relocations with explicit addends that occur in debug sections of object files and kernel modules. */
final class Relocations {
    private static final int RELA_SIZE = 24;
    private static final int SYM_SIZE = 24;
    private static final int EM_X86_64 = 62;
    private static final int EM_AARCH64 = 183;

    private Relocations() {}

    static ByteBuffer apply(ElfFile elf, ByteBuffer content, ElfSection relocations) throws ElfFormatException {
        ByteBuffer patched = ByteBuffer.allocate(content.limit()).order(ByteOrder.LITTLE_ENDIAN);
        patched.put(0, content, 0, content.limit());
        ByteBuffer entries = elf.content(relocations);
        ByteBuffer symbols = elf.content(elf.sectionAt(relocations.link()));
        for (int at = 0; at + RELA_SIZE <= entries.limit(); at += RELA_SIZE) {
            long offset = entries.getLong(at);
            int width = width(elf.machine(), entries.getInt(at + 8));
            long symbolAt = (entries.getInt(at + 12) & 0xffffffffL) * SYM_SIZE;
            if (width == 0) {
                continue;
            }
            if (offset < 0 || offset > patched.limit() - width || symbolAt > symbols.limit() - SYM_SIZE) {
                throw elf.bad("a relocation in " + relocations.name() + " points outside its section");
            }
            long value = symbols.getLong((int) symbolAt + 8) + entries.getLong(at + 16);
            if (width == 8) {
                patched.putLong((int) offset, value);
            } else {
                patched.putInt((int) offset, (int) value);
            }
        }
        return patched;
    }

    /** Bytes written by an absolute relocation; 0 for the others, which only matter to code. */
    private static int width(int machine, int type) {
        if (machine == EM_X86_64) {
            return switch (type) {
                case 1 -> 8; // R_X86_64_64
                case 10, 11 -> 4; // R_X86_64_32, R_X86_64_32S
                default -> 0;
            };
        }
        if (machine == EM_AARCH64) {
            return switch (type) {
                case 257 -> 8; // R_AARCH64_ABS64
                case 258 -> 4; // R_AARCH64_ABS32
                default -> 0;
            };
        }
        return 0;
    }
}
