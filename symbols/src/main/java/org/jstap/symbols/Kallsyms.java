package org.jstap.symbols;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The kernel's symbol table as {@code /proc/kallsyms} shows it (kernel/kallsyms.c): an immutable snapshot.
 *
 * <p>The text stays as it was read; per line only numbers are kept, and a name becomes a string when asked for. The
 * tables for look-up by name and by address are made at the first such look-up. A symbol is known by its index, the
 * number of its line from 0; its <em>rank</em> is its place in the order of (unsigned) addresses. Thread-safe.
 */
public final class Kallsyms {
    /** Where Linux shows the table. */
    public static final Path PROC = Path.of("/proc/kallsyms");

    /** No function is larger; what lies further behind a symbol belongs to nothing. */
    private static final long REACH = 16L << 20;

    private final byte[] text;
    private final KallsymsParser table;
    private final boolean hidden;
    private volatile NameTable names;
    private volatile AddressOrder order;

    private Kallsyms(byte[] text, int length) {
        this.text = text;
        this.table = new KallsymsParser(text, length);
        this.hidden = allZero(table.addresses, table.count);
    }

    /** Parses the text of a kallsyms file; lines that are not of its form are left out. */
    public static Kallsyms of(byte[] text) {
        byte[] own = text.clone();
        return new Kallsyms(own, own.length);
    }

    /**
     * Reads a kallsyms file, {@link #PROC} or a saved one.
     *
     * @throws IOException if it cannot be read
     */
    public static Kallsyms read(Path file) throws IOException {
        // The files of /proc say that their size is 0, so the size tells nothing about the room needed.
        byte[] buffer = new byte[8 << 20];
        int length = 0;
        // Not by a channel, whose classes take longer to load than the file to parse; in pieces for which the stream
        // needs no buffer of its own (the kernel gives 4 KB at a time anyhow).
        try (InputStream in = new FileInputStream(file.toFile())) {
            while (true) {
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2);
                }
                int n = in.read(buffer, length, Math.min(buffer.length - length, 8192));
                if (n < 0) {
                    break;
                }
                length += n;
            }
        }
        return new Kallsyms(buffer, length);
    }

    private static boolean allZero(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            if (addresses[i] != 0) {
                return false;
            }
        }
        return count > 0;
    }

    /** Whether the kernel showed every address as zero ({@code kptr_restrict(…)}: see proc_sys_kernel(5)). */
    public boolean addressesHidden() {
        return hidden;
    }

    /** Why addresses cannot be had from this table, in words for the user; empty when they can. */
    public Optional<String> problem() {
        if (table.count == 0) {
            return Optional.of("the kernel's symbol table is empty (a kernel without CONFIG_KALLSYMS?)");
        }
        if (hidden) {
            return Optional.of("the kernel shows every address in its symbol table as zero: this process may not see"
                    + " them; run as root (CAP_SYSLOG), and set the sysctl kernel.kptr_restrict to 1 or 0 if it is 2");
        }
        return Optional.empty();
    }

    /** The number of symbols. */
    public int size() {
        return table.count;
    }

    /** The address of the symbol with this index. */
    public long address(int index) {
        return table.addresses[checked(index)];
    }

    /** The type letter of the symbol with this index. */
    public char type(int index) {
        return (char) table.types[checked(index)];
    }

    /** The name of the symbol with this index. */
    public String name(int index) {
        int from = table.nameOffsets[checked(index)];
        return new String(text, from, table.nameLengths[index] & 0xffff, StandardCharsets.UTF_8);
    }

    /** The module of the symbol with this index, empty for the kernel proper. */
    public String module(int index) {
        checked(index);
        return table.module(index);
    }

    /** Everything about the symbol with this index. */
    public KernelSymbol symbol(int index) {
        return new KernelSymbol(address(index), type(index), name(index), module(index));
    }

    private int checked(int index) {
        if (index < 0 || index >= table.count) {
            throw new IndexOutOfBoundsException("symbol " + index + " of " + table.count);
        }
        return index;
    }

    /** All symbols of this name, in the order of the file: static functions can share one. */
    public List<KernelSymbol> byName(String name) {
        int[] found = indicesOf(name);
        if (found.length == 0) {
            return List.of();
        }
        List<KernelSymbol> symbols = new ArrayList<>(found.length);
        for (int index : found) {
            symbols.add(symbol(index));
        }
        return List.copyOf(symbols);
    }

    /** The indices of all symbols of this name, ascending. */
    public int[] indicesOf(String name) {
        return names().find(name.getBytes(StandardCharsets.UTF_8), false);
    }

    /**
     * The indices of all symbols of this name, and of those the compiler made of it by adding a suffix
     * ({@code name.isra.0}, {@code name.constprop.0}, {@code name.cold}), ascending.
     */
    public int[] indicesOfFunction(String name) {
        return names().find(name.getBytes(StandardCharsets.UTF_8), true);
    }

    private NameTable names() {
        NameTable known = names;
        if (known == null) {
            known = new NameTable(text, table);
            names = known;
        }
        return known;
    }

    /** The symbols whose name matches, in the order of the file. */
    public List<KernelSymbol> matching(Glob glob) {
        if (glob.isLiteral()) {
            return byName(glob.literalPrefix());
        }
        List<KernelSymbol> symbols = new ArrayList<>();
        for (int i = 0; i < table.count; i++) {
            if (nameMatches(i, glob)) {
                symbols.add(symbol(i));
            }
        }
        return List.copyOf(symbols);
    }

    /** Calls {@code action} with the index of each symbol whose name matches; builds no strings. */
    public void forEachMatching(Glob glob, IntConsumer action) {
        for (int i = 0; i < table.count; i++) {
            if (nameMatches(i, glob)) {
                action.accept(i);
            }
        }
    }

    /** Whether the name of the symbol with this index matches. */
    public boolean nameMatches(int index, Glob glob) {
        int from = table.nameOffsets[checked(index)];
        return glob.matches(text, from, from + (table.nameLengths[index] & 0xffff));
    }

    /** Whether the name of the symbol with this index starts with these ASCII characters. */
    public boolean nameStartsWith(int index, String prefix) {
        int from = table.nameOffsets[checked(index)];
        if ((table.nameLengths[index] & 0xffff) < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (text[from + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The symbol that covers {@code address}; empty for user addresses, hidden tables, and far behind a symbol. */
    public Optional<SymbolLocation> at(long address) {
        if (hidden || address >= 0) {
            return Optional.empty();
        }
        AddressOrder sorted = order();
        int rank = sorted.lastAtOrBefore(address);
        if (rank < 0) {
            return Optional.empty();
        }
        long start = sorted.address(rank);
        long offset = address - start;
        if (start >= 0 || offset >= REACH) {
            return Optional.empty();
        }
        int next = rank + 1;
        long size = next < table.count ? sorted.address(next) - start : 0;
        while (rank > 0 && sorted.address(rank - 1) == start) {
            rank--;
        }
        return Optional.of(new SymbolLocation(symbol(sorted.index(rank)), offset, size));
    }

    /** The nearest symbol that starts before {@code address}. */
    public Optional<KernelSymbol> before(long address) {
        if (hidden || address == 0) {
            return Optional.empty();
        }
        int rank = order().lastAtOrBefore(address - 1);
        return rank < 0 ? Optional.empty() : Optional.of(symbol(order().index(rank)));
    }

    /** The nearest symbol that starts after {@code address}. */
    public Optional<KernelSymbol> after(long address) {
        if (hidden) {
            return Optional.empty();
        }
        int rank = order().lastAtOrBefore(address) + 1;
        return rank >= table.count ? Optional.empty() : Optional.of(symbol(order().index(rank)));
    }

    /** The index of the symbol with this rank in the order of addresses. */
    public int indexAtRank(int rank) {
        return order().index(checked(rank));
    }

    /** The rank of the symbol with this index. */
    public int rankOf(int index) {
        return order().rank(checked(index));
    }

    private AddressOrder order() {
        AddressOrder known = order;
        if (known == null) {
            known = new AddressOrder(table.addresses, table.count);
            order = known;
        }
        return known;
    }
}
