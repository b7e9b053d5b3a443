package org.jstap.symbols.elf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A mapped 64-bit little-endian ELF file. Thread-safe; buffers handed out must not be used after {@link #close()}.
 *
 * <p>Methods throw {@link ElfFormatException} where the file contradicts itself.
 */
public final class ElfFile implements AutoCloseable {
    private static final int EHDR_SIZE = 64;
    private static final int SHDR_SIZE = 64;
    private static final int SYM_SIZE = 24;
    private static final int COMPRESSED_ZLIB = 1;
    private static final int ET_REL = 1;
    private static final int MAGIC = 0x464c457f;

    private final Path path;
    private final Arena arena;
    private final MemorySegment file;
    private final int fileType;
    private final int machine;
    private final List<ElfSection> sections;

    private ElfFile(Path path, Arena arena, MemorySegment file) throws ElfFormatException {
        this.path = path;
        this.arena = arena;
        this.file = file;
        if (file.byteSize() < EHDR_SIZE) {
            throw bad("too short for an ELF file");
        }
        ByteBuffer header = slice(0, EHDR_SIZE);
        if (header.getInt(0) != MAGIC) {
            throw bad("not an ELF file");
        }
        if (header.get(4) != 2 || header.get(5) != 1) {
            throw bad("not a 64-bit little-endian ELF file");
        }
        this.fileType = header.getShort(16) & 0xffff;
        this.machine = header.getShort(18) & 0xffff;
        this.sections = readSections(header);
    }

    /**
     * Maps a file.
     *
     * @throws ElfFormatException if it is not an ELF file of the kind understood
     * @throws IOException if it cannot be read
     */
    public static ElfFile open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new ElfFile(path, arena, file);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    /** The file this was opened from. */
    public Path path() {
        return path;
    }

    /** Whether addresses are not yet given: an object file or a kernel module. */
    public boolean isRelocatable() {
        return fileType == ET_REL;
    }

    /** All sections in the order of the table, the empty section 0 included. */
    public List<ElfSection> sections() {
        return sections;
    }

    /** The first section of this name. */
    public Optional<ElfSection> section(String name) {
        for (ElfSection section : sections) {
            if (section.name().equals(name)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /** The content of a section, little-endian, inflated if it is stored compressed, relocations not applied. */
    public ByteBuffer content(ElfSection section) throws ElfFormatException {
        if (section.type() == ElfSection.NOBITS) {
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer stored = slice(section.offset(), section.size());
        return section.isCompressed() ? inflate(section, stored) : stored;
    }

    /**
     * The content of a section as the linker would leave it if every section started at address 0. In files that are
     * not relocatable this is {@link #content}, whose values are final.
     */
    public ByteBuffer relocated(ElfSection section) throws ElfFormatException {
        ByteBuffer content = content(section);
        if (!isRelocatable()) {
            return content;
        }
        for (ElfSection relocations : sections) {
            if (relocations.type() == ElfSection.RELA && relocations.info() == section.index()) {
                return Relocations.apply(this, content, relocations);
            }
        }
        return content;
    }

    /** The static symbol table, or the dynamic one in files that have been stripped; empty when there is neither. */
    public List<ElfSymbol> symbols() throws ElfFormatException {
        for (int type : new int[] {ElfSection.SYMTAB, ElfSection.DYNSYM}) {
            for (ElfSection section : sections) {
                if (section.type() == type) {
                    return symbols(section);
                }
            }
        }
        return List.of();
    }

    List<ElfSymbol> symbols(ElfSection table) throws ElfFormatException {
        ByteBuffer content = content(table);
        ByteBuffer strings = content(sectionAt(table.link()));
        int count = content.limit() / SYM_SIZE;
        List<ElfSymbol> symbols = new ArrayList<>(count);
        for (int i = 1; i < count; i++) {
            int at = i * SYM_SIZE;
            symbols.add(new ElfSymbol(string(strings, content.getInt(at)), content.getLong(at + 8),
                    content.getLong(at + 16), content.get(at + 4) & 0xff, content.getShort(at + 6) & 0xffff));
        }
        return symbols;
    }

    /** The notes of all note sections. */
    public List<ElfNote> notes() throws ElfFormatException {
        List<ElfNote> notes = new ArrayList<>();
        for (ElfSection section : sections) {
            if (section.type() == ElfSection.NOTE) {
                addNotes(content(section), notes);
            }
        }
        return List.copyOf(notes);
    }

    private void addNotes(ByteBuffer content, List<ElfNote> notes) throws ElfFormatException {
        try {
            while (content.remaining() >= 12) {
                int nameSize = content.getInt();
                int descriptorSize = content.getInt();
                int type = content.getInt();
                byte[] name = new byte[Math.max(nameSize, 0)];
                content.get(name);
                content.position(align4(content.position()));
                byte[] descriptor = new byte[Math.max(descriptorSize, 0)];
                content.get(descriptor);
                content.position(Math.min(align4(content.position()), content.limit()));
                int nameEnd = nameSize > 0 && name[nameSize - 1] == 0 ? nameSize - 1 : name.length;
                notes.add(new ElfNote(new String(name, 0, nameEnd, StandardCharsets.US_ASCII), type, descriptor));
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new ElfFormatException(path + ": a note is longer than its section", e);
        }
    }

    private static int align4(int position) {
        return position + 3 & ~3;
    }

    /** The build id in lower-case hexadecimal, as {@code file(1)} prints it. */
    public Optional<String> buildId() throws ElfFormatException {
        for (ElfNote note : notes()) {
            if (note.type() == ElfNote.GNU_BUILD_ID && note.owner().equals("GNU")) {
                return Optional.of(HexFormat.of().formatHex(note.descriptor()));
            }
        }
        return Optional.empty();
    }

    int machine() {
        return machine;
    }

    ElfSection sectionAt(int index) throws ElfFormatException {
        if (index < 0 || index >= sections.size()) {
            throw bad("refers to section " + index + ", and there are " + sections.size());
        }
        return sections.get(index);
    }

    ElfFormatException bad(String what) {
        return new ElfFormatException(path + ": " + what);
    }

    private ByteBuffer slice(long offset, long size) throws ElfFormatException {
        if (offset < 0 || size < 0 || size > Integer.MAX_VALUE || offset > file.byteSize() - size) {
            throw bad("a part of " + size + " bytes at offset " + offset + " lies outside the file");
        }
        return file.asSlice(offset, size).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private List<ElfSection> readSections(ByteBuffer header) throws ElfFormatException {
        long tableOffset = header.getLong(40);
        int count = header.getShort(60) & 0xffff;
        int namesIndex = header.getShort(62) & 0xffff;
        if (tableOffset == 0) {
            return List.of();
        }
        if (count == 0) {
            // More than 65,279 sections: the number stands in section 0.
            count = (int) Math.min(slice(tableOffset, SHDR_SIZE).getLong(32), Integer.MAX_VALUE / SHDR_SIZE);
        }
        if (namesIndex == 0xffff) {
            namesIndex = slice(tableOffset, SHDR_SIZE).getInt(40);
        }
        ByteBuffer table = slice(tableOffset, (long) count * SHDR_SIZE);
        if (namesIndex >= count) {
            throw bad("the section of names, " + namesIndex + ", does not exist");
        }
        int namesAt = namesIndex * SHDR_SIZE;
        ByteBuffer names = slice(table.getLong(namesAt + 24), table.getLong(namesAt + 32));
        List<ElfSection> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = i * SHDR_SIZE;
            all.add(new ElfSection(i, string(names, table.getInt(at)), table.getInt(at + 4), table.getLong(at + 8),
                    table.getLong(at + 16), table.getLong(at + 24), table.getLong(at + 32), table.getInt(at + 40),
                    table.getInt(at + 44)));
        }
        return List.copyOf(all);
    }

    private String string(ByteBuffer strings, int offset) throws ElfFormatException {
        int end = offset;
        while (end >= 0 && end < strings.limit() && strings.get(end) != 0) {
            end++;
        }
        if (offset < 0 || end >= strings.limit()) {
            return offset == 0 ? "" : outside(offset);
        }
        byte[] bytes = new byte[end - offset];
        strings.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String outside(int offset) throws ElfFormatException {
        throw bad("a name at offset " + offset + " lies outside its string table");
    }

    private ByteBuffer inflate(ElfSection section, ByteBuffer stored) throws ElfFormatException {
        if (stored.limit() < 24) {
            throw bad("section " + section.name() + " is too short for its compression header");
        }
        int kind = stored.getInt(0);
        long size = stored.getLong(8);
        if (kind != COMPRESSED_ZLIB || size < 0 || size > Integer.MAX_VALUE - 8) {
            throw bad("section " + section.name() + " is compressed in a way not supported (" + kind + ", " + size
                    + " bytes)");
        }
        byte[] plain = new byte[(int) size];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored.slice(24, stored.limit() - 24));
            int done = 0;
            while (done < plain.length) {
                int n = inflater.inflate(plain, done, plain.length - done);
                if (n == 0) {
                    throw bad("section " + section.name() + " inflates to " + done + " bytes, not " + size);
                }
                done += n;
            }
        } catch (DataFormatException e) {
            throw new ElfFormatException(path + ": section " + section.name() + " does not inflate", e);
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    }
}
