package org.jstap.symbols.elf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a program or library tells the dynamic linker of the libraries that it needs.
 *
 * @param needed     their names, in order
 * @param searchPath directories in which they are looked for first; {@code $ORIGIN} stands for that of the file
 */
public record DynamicSection(List<String> needed, List<String> searchPath) {
    private static final int NEEDED = 1;
    private static final int RPATH = 15;
    private static final int RUNPATH = 29;
    private static final int ENTRY_SIZE = 16;

    public DynamicSection {
        needed = List.copyOf(needed);
        searchPath = List.copyOf(searchPath);
    }

    /** Nothing where a file is linked statically. */
    public static DynamicSection of(ElfFile file) throws ElfFormatException {
        List<String> needed = new ArrayList<>();
        List<String> searchPath = new ArrayList<>();
        Optional<ElfSection> section = file.section(".dynamic");
        if (section.isPresent() && section.get().type() != ElfSection.NOBITS) {
            ByteBuffer entries = file.content(section.get());
            ByteBuffer texts = file.content(file.sectionAt(section.get().link()));
            for (int at = 0; at + ENTRY_SIZE <= entries.limit(); at += ENTRY_SIZE) {
                long tag = entries.getLong(at);
                if (tag == NEEDED) {
                    needed.add(text(texts, entries.getLong(at + 8)));
                } else if (tag == RPATH || tag == RUNPATH) {
                    searchPath.addAll(List.of(text(texts, entries.getLong(at + 8)).split(":")));
                }
            }
        }
        return new DynamicSection(needed, searchPath);
    }

    private static String text(ByteBuffer texts, long start) throws ElfFormatException {
        if (start < 0 || start >= texts.limit()) {
            throw new ElfFormatException("a name of its dynamic section lies outside of its names");
        }
        int end = (int) start;
        while (end < texts.limit() && texts.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - (int) start];
        texts.get((int) start, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
