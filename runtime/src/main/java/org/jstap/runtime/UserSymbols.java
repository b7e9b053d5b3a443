package org.jstap.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.host.HostServices.Symbol;
import org.jstap.symbols.elf.ElfFile;
import org.jstap.symbols.elf.ElfSection;
import org.jstap.symbols.elf.ElfSymbol;

/**
 * Symbols of addresses in processes, from the files they map. A process that ended before it was asked for has none; what was read is
 * kept, so that one that ends later still has. For one thread.
 */
final class UserSymbols {
    private static final int HEX = 16;

    private final Map<Long, List<Region>> processes = new HashMap<>();
    private final Map<String, List<Function>> files = new HashMap<>();

    /** A part of a file that a process has in memory; addresses from {@code start} up to but not including {@code end}. */
    private record Region(long start, long end, long offset, String path) { }

    /** A function of a file: bytes from its start. */
    private record Function(long offset, long size, String name) { }

    Optional<Symbol> symbol(long process, long address) {
        Optional<Region> region = region(regions(process, false), address);
        if (region.isEmpty()) {
            // It may have mapped more since.
            region = region(regions(process, true), address);
        }
        if (region.isEmpty()) {
            return Optional.empty();
        }
        String path = region.get().path();
        long offset = address - region.get().start() + region.get().offset();
        Optional<Function> found = at(files.computeIfAbsent(path, _ -> functions("/proc/" + process + "/root" + path, path)), offset);
        return found.map(function -> new Symbol(function.name(), offset - function.offset(), function.size(), path));
    }

    private static Optional<Region> region(List<Region> regions, long address) {
        for (Region region : regions) {
            if (address >= region.start() && address < region.end()) {
                return Optional.of(region);
            }
        }
        return Optional.empty();
    }

    private List<Region> regions(long process, boolean again) {
        List<Region> known = processes.get(process);
        if (known != null && !again) {
            return known;
        }
        List<Region> read = new ArrayList<>();
        for (String line : ProcFiles.read("/proc/" + process + "/maps").orElse("").split("\n")) {
            // start-end permissions offset device inode path
            String[] words = line.split(" +", 6);
            if (words.length == 6 && words[5].startsWith("/") && words[1].indexOf('x') >= 0) {
                int dash = words[0].indexOf('-');
                read.add(new Region(Long.parseUnsignedLong(words[0].substring(0, dash), HEX),
                        Long.parseUnsignedLong(words[0].substring(dash + 1), HEX), Long.parseUnsignedLong(words[2], HEX), words[5]));
            }
        }
        if (read.isEmpty() && known != null) {
            return known;
        }
        processes.put(process, read);
        return read;
    }

    private static List<Function> functions(String inProcess, String path) {
        for (String name : new String[] {inProcess, path}) {
            try (ElfFile file = ElfFile.open(Path.of(name))) {
                List<Function> found = new ArrayList<>();
                for (ElfSymbol symbol : file.symbols()) {
                    if (symbol.isFunction() && symbol.isDefined() && symbol.section() < file.sections().size()) {
                        ElfSection section = file.sections().get(symbol.section());
                        int version = symbol.name().indexOf('@');
                        found.add(new Function(symbol.value() - section.address() + section.offset(), symbol.size(),
                                version < 0 ? symbol.name() : symbol.name().substring(0, version)));
                    }
                }
                found.sort(Comparator.comparingLong(Function::offset));
                return found;
            } catch (IOException _) {
                // Gone with its process, or no file of code: try the other name, then do without symbols.
                continue;
            }
        }
        return List.of();
    }

    private static Optional<Function> at(List<Function> functions, long offset) {
        int low = 0;
        int high = functions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (functions.get(middle).offset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low - 1; i >= 0 && functions.get(i).offset() == functions.get(low - 1).offset(); i--) {
            Function candidate = functions.get(i);
            if (offset < candidate.offset() + Math.max(1, candidate.size())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
