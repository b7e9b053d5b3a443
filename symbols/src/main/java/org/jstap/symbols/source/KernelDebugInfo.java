package org.jstap.symbols.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jstap.symbols.Glob;
import org.jstap.symbols.Kallsyms;
import org.jstap.symbols.dwarf.DwarfFunction;
import org.jstap.symbols.dwarf.DwarfReader;
import org.jstap.symbols.elf.ElfFile;
import org.jstap.symbols.elf.ElfSymbol;
import org.jstap.symbols.source.ResolvedFunction.Source;

/** A kernel's image with debug information, as distributions install it. Modules are not looked at. */
public final class KernelDebugInfo {
    private final Path vmlinux;

    /** @param vmlinux the uncompressed kernel image with DWARF */
    public KernelDebugInfo(Path vmlinux) {
        this.vmlinux = vmlinux;
    }

    /** Looks for the image of this release where distributions install it. */
    public static Optional<KernelDebugInfo> installed(String release) {
        String[] places = {
            "/usr/lib/debug/boot/vmlinux-" + release,
            "/usr/lib/debug/lib/modules/" + release + "/vmlinux",
            "/usr/lib/debug/usr/lib/modules/" + release + "/vmlinux",
            "/usr/lib/debug/lib/modules/vmlinux-" + release,
            "/lib/modules/" + release + "/build/vmlinux",
            "/boot/vmlinux-" + release,
        };
        for (String place : places) {
            Path file = Path.of(place);
            if (Files.isReadable(file) && Files.isRegularFile(file)) {
                return Optional.of(new KernelDebugInfo(file));
            }
        }
        return Optional.empty();
    }

    /** The file in use. */
    public Path path() {
        return vmlinux;
    }

    /**
     * The functions declared in the files that the pattern means and present in the kernel, in the order of addresses.
     *
     * @throws IOException if the image cannot be read or has no debug information that can be understood
     */
    public List<ResolvedFunction> functionsIn(String filePattern, Kallsyms kallsyms) throws IOException {
        Glob pattern = Glob.of(filePattern);
        List<DwarfFunction> wanted = new ArrayList<>();
        try (ElfFile elf = ElfFile.open(vmlinux)) {
            new DwarfReader(elf).forEachFunction(function -> {
                if (function.hasCode() && isIn(pattern, function.file())) {
                    wanted.add(function);
                }
            });
            return wanted.isEmpty() ? List.of() : inKernel(wanted, slide(elf, kallsyms), kallsyms);
        }
    }

    private static boolean isIn(Glob pattern, String recorded) {
        byte[] path = pathOf(recorded).getBytes(StandardCharsets.UTF_8);
        return SourcePaths.matches(pattern, path, 0, path.length);
    }

    private static String pathOf(String recorded) {
        String path = SourcePaths.normalize(recorded);
        return path.isEmpty() ? recorded : path;
    }

    /** How far the running kernel lies from where it was linked to (address space layout randomisation). */
    private Optional<Long> slide(ElfFile elf, Kallsyms kallsyms) throws IOException {
        int[] text = kallsyms.indicesOf("_stext");
        if (text.length == 0 || kallsyms.addressesHidden()) {
            return Optional.empty();
        }
        for (ElfSymbol symbol : elf.symbols()) {
            if (symbol.name().equals("_stext")) {
                return Optional.of(kallsyms.address(text[0]) - symbol.value());
            }
        }
        return Optional.empty();
    }

    private static List<ResolvedFunction> inKernel(
            List<DwarfFunction> functions, Optional<Long> slide, Kallsyms kallsyms) {
        List<ResolvedFunction> found = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (DwarfFunction function : functions) {
            for (int index : kallsyms.indicesOfFunction(function.name())) {
                boolean here = slide.isEmpty() || kallsyms.address(index) == function.address() + slide.get();
                if (here && FunctionSymbols.isEntry(kallsyms, index) && seen.add(index)) {
                    found.add(FunctionSymbols.resolved(kallsyms.symbol(index), function.name(),
                            pathOf(function.file()), function.line(), Source.DEBUGINFO));
                }
            }
        }
        found.sort((a, b) -> Long.compareUnsigned(a.address(), b.address()));
        return found;
    }
}
