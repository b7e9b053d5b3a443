package org.jstap.compiler.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jstap.symbols.Glob;
import org.jstap.symbols.elf.ElfFile;
import org.jstap.symbols.elf.ElfNote;
import org.jstap.symbols.elf.ElfSection;
import org.jstap.symbols.elf.ElfSymbol;
import org.jstap.symbols.elf.ProcedureLinkage;

/** What a program or library tells of its code without debuginfo: symbols, and the notes of its marks (USDT). */
final class UserProgram implements AutoCloseable {
    /** Owner and type of the notes that sys/sdt.h makes. */
    private static final String MARK_OWNER = "stapsdt";
    private static final int MARK_TYPE = 3;
    /** Section whose address tells how far a file was moved after its notes were made. */
    private static final String MARK_BASE = ".stapsdt.base";

    private static final int TYPE = 15;
    private static final int PLAIN = 2;

    private final ElfFile file;

    private UserProgram(ElfFile file) {
        this.file = file;
    }

    /** @throws IOException where it cannot be read or is no ELF file */
    static UserProgram open(Path path) throws IOException {
        return new UserProgram(ElfFile.open(path));
    }

    @Override
    public void close() {
        file.close();
    }

    /**
     * A function.
     *
     * @param offset bytes from the start of the file
     */
    record Function(String name, long offset) { }

    /** Functions whose names match, by name; of several names of one place the first. */
    List<Function> functions(String pattern) throws IOException {
        Glob glob = Glob.of(pattern);
        Map<String, Function> byName = new TreeMap<>();
        for (ElfSymbol symbol : file.symbols()) {
            // Indirect functions only choose one; probing them would show nothing of the calls.
            if (symbol.isFunction() && (symbol.info() & TYPE) == PLAIN && symbol.isDefined()
                    && symbol.section() < file.sections().size()) {
                // Versions follow the names of some symbols: name@@GLIBC_2.2.5.
                int at = symbol.name().indexOf('@');
                String name = at < 0 ? symbol.name() : symbol.name().substring(0, at);
                if (glob.matches(name)) {
                    ElfSection section = file.sections().get(symbol.section());
                    byName.putIfAbsent(name, new Function(name, symbol.value() - section.address() + section.offset()));
                }
            }
        }
        List<Function> found = new ArrayList<>();
        Map<Long, String> places = new TreeMap<>();
        for (Function function : byName.values()) {
            if (places.putIfAbsent(function.offset(), function.name()) == null) {
                found.add(function);
            }
        }
        return found;
    }

    /** Whether calls of other files' functions can be found. */
    boolean knowsLinkage() {
        return ProcedureLinkage.isKnown(file);
    }

    /** By which instructions the file calls functions of others that match; the same function may have several. */
    List<Function> linkage(String pattern) throws IOException {
        Glob glob = Glob.of(pattern);
        List<Function> found = new ArrayList<>();
        for (ProcedureLinkage.Entry entry : ProcedureLinkage.entries(file)) {
            if (glob.matches(entry.name())) {
                found.add(new Function(entry.name(), entry.offset()));
            }
        }
        return found;
    }

    /** Where in the file the code of an address is, or -1. */
    long offset(long address) {
        for (ElfSection section : file.sections()) {
            if (section.type() != ElfSection.NOBITS && section.address() != 0 && address >= section.address()
                    && address < section.address() + section.size()) {
                return address - section.address() + section.offset();
            }
        }
        return -1;
    }

    /**
     * A mark.
     *
     * @param offset    bytes from the start of the file
     * @param semaphore where in the file the counter of its users lies; 0 for none
     * @param arguments where its arguments are, in the words of the assembler, as {@code -4@%edi}
     */
    record Mark(String provider, String name, long offset, long semaphore, List<String> arguments) { }

    List<Mark> marks(String provider, String name) throws IOException {
        Glob providers = Glob.of(provider);
        Glob names = Glob.of(name);
        List<Mark> found = new ArrayList<>();
        long base = file.section(MARK_BASE).map(ElfSection::address).orElse(0L);
        for (ElfNote note : file.notes()) {
            if (note.owner().equals(MARK_OWNER) && note.type() == MARK_TYPE) {
                Mark mark = mark(note.descriptor(), base);
                if (mark.offset() >= 0 && providers.matches(mark.provider()) && names.matches(mark.name())) {
                    found.add(mark);
                }
            }
        }
        return found;
    }

    /** Three addresses (mark, base, semaphore), and three texts (provider, name, arguments). */
    private Mark mark(byte[] descriptor, long base) {
        ByteBuffer words = ByteBuffer.wrap(descriptor).order(ByteOrder.LITTLE_ENDIAN);
        long address = words.getLong();
        long linkedBase = words.getLong();
        long semaphore = words.getLong();
        long moved = base == 0 ? 0 : base - linkedBase;
        String provider = text(words);
        String name = text(words);
        String arguments = text(words);
        long counter = semaphore == 0 ? 0 : writable(semaphore + moved);
        return new Mark(provider, name, offset(address + moved), counter,
                arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
    }

    private long writable(long address) {
        return Math.max(0, offset(address));
    }

    private static String text(ByteBuffer bytes) {
        int start = bytes.position();
        while (bytes.get() != 0) {
            // The end of the text is what is looked for.
            if (!bytes.hasRemaining()) {
                return "";
            }
        }
        return new String(bytes.array(), start, bytes.position() - 1 - start, StandardCharsets.ISO_8859_1);
    }

    /** Names of all functions, for near ones of unknown ones. */
    List<String> functionNames() throws IOException {
        List<String> names = new ArrayList<>();
        for (ElfSymbol symbol : file.symbols()) {
            if (symbol.isFunction() && symbol.isDefined()) {
                names.add(symbol.name());
            }
        }
        Collections.sort(names);
        return names;
    }
}
