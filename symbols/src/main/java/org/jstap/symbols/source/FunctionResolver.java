package org.jstap.symbols.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.symbols.Glob;
import org.jstap.symbols.Kallsyms;
import org.jstap.symbols.source.ResolvedFunction.Source;

/**
 * Finds the functions of a running kernel that probe points such as {@code kernel.function("tcp_*@net/ipv4/tcp.c")}
 * mean. Debug information of that kernel answers if it is installed; else the index, whose gaps the neighbourhood in
 * the symbol table fills.
 */
public final class FunctionResolver {
    private final SourceIndex index;
    private final String release;
    private final KernelVersion version;
    private final Optional<KernelDebugInfo> debugInfo;

    /**
     * @param release of the running kernel, as {@code uname -r} prints it
     * @param debugInfo of exactly that kernel, if installed
     */
    public FunctionResolver(SourceIndex index, String release, Optional<KernelDebugInfo> debugInfo) {
        this.index = index;
        this.release = release;
        this.version = KernelVersion.parse(release);
        this.debugInfo = debugInfo;
    }

    /**
     * For the kernel this machine runs, with the index that comes with jstap and installed debug information.
     *
     * @throws IOException if the index or the kernel's release cannot be read
     */
    public static FunctionResolver forRunningKernel() throws IOException {
        String release = KernelVersion.runningRelease();
        return new FunctionResolver(SourceIndex.load(), release, KernelDebugInfo.installed(release));
    }

    /** The index in use. */
    public SourceIndex index() {
        return index;
    }

    /**
     * The functions whose names match one pattern and whose files match the other, in the order of files and addresses.
     *
     * @param functionPattern matched against the name in the source and the name of the symbol
     * @param filePattern the end of a path, beginning at a directory's name: {@code net/socket.c}, {@code socket.c},
     *     {@code net/*.c}
     * @throws IOException if installed debug information cannot be read
     */
    public List<ResolvedFunction> resolve(String functionPattern, String filePattern, Kallsyms kallsyms)
            throws IOException {
        Glob names = Glob.of(functionPattern);
        List<ResolvedFunction> all = new ArrayList<>();
        if (debugInfo.isPresent()) {
            all.addAll(debugInfo.get().functionsIn(filePattern, kallsyms));
        }
        if (all.isEmpty()) {
            int kernel = index.closest(version);
            for (List<IndexedFunction> file : byFile(index.functionsIn(filePattern, version))) {
                all.addAll(new Neighbourhood(index, kallsyms, file, kernel).functions());
            }
        }
        List<ResolvedFunction> wanted = new ArrayList<>();
        for (ResolvedFunction function : all) {
            if (names.matches(function.name()) || names.matches(function.symbol())) {
                wanted.add(function);
            }
        }
        return List.copyOf(wanted);
    }

    /** Where the functions of this name are declared, as far as the index knows; nearest kernel's lines. */
    public List<IndexedFunction> filesOf(String function) {
        return index.filesOf(function, version);
    }

    /** In words, for the user: who said in which file these functions are. */
    public String describe(List<ResolvedFunction> functions) {
        Map<Source, Integer> counts = new HashMap<>();
        for (ResolvedFunction function : functions) {
            counts.merge(function.source(), 1, Integer::sum);
        }
        List<String> parts = new ArrayList<>();
        if (counts.containsKey(Source.DEBUGINFO)) {
            parts.add(counts.get(Source.DEBUGINFO) + " from the debug information of " + release);
        }
        if (counts.containsKey(Source.INDEX)) {
            parts.add(counts.get(Source.INDEX) + " from jstap's source index (nearest kernel: "
                    + index.kernels().get(index.closest(version)) + ")");
        }
        if (counts.containsKey(Source.NEIGHBOUR)) {
            parts.add(counts.get(Source.NEIGHBOUR) + " by their neighbours in the kernel's symbol table");
        }
        return parts.isEmpty() ? "no functions" : String.join(", ", parts);
    }

    private static List<List<IndexedFunction>> byFile(List<IndexedFunction> functions) {
        Map<String, List<IndexedFunction>> files = new LinkedHashMap<>();
        for (IndexedFunction function : functions) {
            List<IndexedFunction> file = files.get(function.file());
            if (file == null) {
                file = new ArrayList<>();
                files.put(function.file(), file);
            }
            file.add(function);
        }
        return new ArrayList<>(files.values());
    }
}
