package org.jstap.runtime;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jstap.compiler.probe.FoundFunction;
import org.jstap.compiler.probe.KernelView;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfException;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.link.AttachException;
import org.jstap.ebpf.link.TraceFs;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.runtime.kernel.TraceableFunctions;
import org.jstap.symbols.Glob;
import org.jstap.symbols.Kallsyms;
import org.jstap.symbols.KernelSymbol;
import org.jstap.symbols.source.FunctionResolver;
import org.jstap.symbols.source.ResolvedFunction;

/**
 * The kernel that runs here, from its own files. Each is read when a probe first needs it: a script without kernel probes reads
 * none, one with tracepoints only the type information.
 */
public final class LiveKernel implements KernelView {
    private static final String BTF_DIRECTORY = "/sys/kernel/btf";
    private static final String TRACEPOINT_TYPE = "btf_trace_";
    private static final String EXPORT = "__ksymtab_";
    private static final String[] EVENT_DIRECTORIES = {"/sys/kernel/tracing/events", "/sys/kernel/debug/tracing/events"};
    /** Symbols with code that no caller enters: padding, targets of indirect calls, trampolines of static calls. */
    private static final String[] NO_ENTRIES = {"__pfx_", "__cfi_", "__SCT__", "__SCK__"};

    /** Letters of symbols of data: initialised, zero, and read-only. */
    private static final String DATA = "dDbBrR";

    private final KernelConfig config;
    private final List<String> notes = new ArrayList<>();
    private Optional<Btf> btf = Optional.empty();
    private boolean btfRead;
    private final Map<String, Optional<Btf>> modules = new HashMap<>();
    private Optional<KernelTypes> readingAhead = Optional.empty();
    private Optional<Kallsyms> kallsyms = Optional.empty();
    private Optional<FunctionResolver> resolver = Optional.empty();
    private Optional<Range> startCode = Optional.empty();
    private final TraceableFunctions traceable = new TraceableFunctions();
    private boolean willAttach;

    public LiveKernel(KernelConfig config) {
        this.config = config;
    }

    /** What a user may want to know about how names were resolved, in the order in which it was found. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public String release() {
        return System.getProperty("os.version");
    }

    /**
     * Begins to read the kernel's types on a thread of its own, 30 ms where no index of them was kept; {@link #btf()} waits for
     * it. For when it is likely that they will be asked for.
     */
    public void readTypesAhead() {
        if (!btfRead && readingAhead.isEmpty()) {
            KernelTypes reading = KernelTypes.ofRunningKernel();
            reading.start();
            readingAhead = Optional.of(reading);
        }
    }

    @Override
    public Optional<Btf> btf() {
        if (!btfRead) {
            btfRead = true;
            KernelTypes reading;
            if (readingAhead.isPresent()) {
                reading = readingAhead.get();
                reading.await();
            } else {
                reading = KernelTypes.ofRunningKernel();
                reading.run();
            }
            btf = reading.types();
            if (!reading.problem().isEmpty()) {
                notes.add("The kernel's type information cannot be read: " + reading.problem() + ".");
            }
        }
        return btf;
    }

    @Override
    public Optional<Btf> moduleTypes(String module) {
        Optional<Btf> known = modules.get(module);
        if (known == null) {
            known = Optional.empty();
            if (btf().isPresent()) {
                try (FileInputStream in = new FileInputStream(BTF_DIRECTORY + "/" + module)) {
                    known = Optional.of(Btf.parse(in.readAllBytes(), btf()));
                } catch (IOException | BtfException e) {
                    notes.add("The types of module " + module + " cannot be read: " + e.getMessage() + ".");
                }
            }
            modules.put(module, known);
        }
        return known;
    }

    @Override
    public List<String> modulesWithTypes() {
        String[] names = new File(BTF_DIRECTORY).list();
        TreeSet<String> sorted = new TreeSet<>(names == null ? List.of() : List.of(names));
        sorted.remove("vmlinux");
        return List.copyOf(sorted);
    }

    /** Symbols of the kernel and its modules; none, with a note, where they cannot be read. */
    public Kallsyms kallsyms() {
        if (kallsyms.isEmpty()) {
            try {
                kallsyms = Optional.of(Kallsyms.read(Kallsyms.PROC));
            } catch (IOException e) {
                notes.add("The kernel's symbols cannot be read: " + e.getMessage() + ".");
                kallsyms = Optional.of(Kallsyms.of(new byte[0]));
            }
            if (kallsyms.get().problem().isPresent()) {
                notes.add(kallsyms.get().problem().get());
            }
        }
        return kallsyms.get();
    }

    /** Says that functions are looked up to attach to them: where they are many, what that takes is read on a thread of its own. */
    public void willAttach() {
        willAttach = true;
    }

    /** The functions that ftrace hooks, perhaps being read already. */
    public TraceableFunctions traceable() {
        return traceable;
    }

    @Override
    public List<FoundFunction> functions(String module, String name, String file) {
        List<FoundFunction> found = file.isEmpty() ? byName(module, name) : byFile(module, name, file);
        if (willAttach && found.size() > TraceableFunctions.FEW) {
            traceable.readAhead();
        }
        return found;
    }

    private List<FoundFunction> byFile(String module, String name, String file) {
        Glob modules = Glob.of(module);
        List<ResolvedFunction> resolved;
        try {
            if (resolver.isEmpty()) {
                resolver = Optional.of(FunctionResolver.forRunningKernel());
            }
            resolved = resolver.get().resolve(name, file, kallsyms());
        } catch (IOException e) {
            notes.add("The functions of " + file + " cannot be looked up: " + e.getMessage() + ".");
            return List.of();
        }
        List<FoundFunction> found = new ArrayList<>();
        for (ResolvedFunction function : resolved) {
            if (modules.matches(function.module()) && !isGone(function.address())) {
                found.add(new FoundFunction(function.name(), function.symbol(), function.module(), known(function.address()),
                        function.file(), function.line(), isUnique(function.symbol())));
            }
        }
        notes.add("Functions of \"" + name + "@" + file + "\": " + resolver.get().describe(resolved) + ".");
        return found;
    }

    private List<FoundFunction> byName(String module, String name) {
        Kallsyms symbols = kallsyms();
        Glob modules = Glob.of(module);
        Glob names = Glob.of(name);
        List<KernelSymbol> candidates = new ArrayList<>();
        if (names.isLiteral()) {
            candidates.addAll(symbols.byName(names.literalPrefix()));
            if (candidates.isEmpty()) {
                // A function may have got a suffix from the compiler: name.isra.0 is the function called name.
                for (int index : symbols.indicesOfFunction(names.literalPrefix())) {
                    candidates.add(symbols.symbol(index));
                }
            }
        } else {
            candidates.addAll(symbols.matching(names));
        }
        List<KernelSymbol> wanted = new ArrayList<>();
        for (KernelSymbol symbol : candidates) {
            if (isEntry(symbol) && !isGone(symbol.address()) && modules.matches(symbol.module())
                    && (names.matches(symbol.name()) || names.matches(sourceName(symbol.name())))) {
                wanted.add(symbol);
            }
        }
        wanted.sort(new ByAddress());
        List<FoundFunction> found = new ArrayList<>();
        for (KernelSymbol symbol : wanted) {
            found.add(new FoundFunction(sourceName(symbol.name()), symbol.name(), symbol.module(), known(symbol.address()), "", 0,
                    isUnique(symbol.name())));
        }
        return found;
    }

    private static final class ByAddress implements Comparator<KernelSymbol> {
        @Override
        public int compare(KernelSymbol one, KernelSymbol other) {
            return Long.compareUnsigned(one.address(), other.address());
        }
    }

    private static boolean isEntry(KernelSymbol symbol) {
        char type = symbol.type();
        boolean code = type == 't' || type == 'T' || type == 'w' || type == 'W';
        String name = symbol.name();
        for (String prefix : NO_ENTRIES) {
            code &= !name.startsWith(prefix);
        }
        return code && !name.endsWith(".cold") && name.indexOf(".cold.") < 0 && name.indexOf(".part.") < 0;
    }

    /** Code that only runs while the kernel starts is thrown away after, but keeps its symbols. */
    private boolean isGone(long address) {
        if (startCode.isEmpty()) {
            List<KernelSymbol> from = kallsyms().byName("__init_begin");
            List<KernelSymbol> to = kallsyms().byName("__init_end");
            boolean known = from.size() == 1 && to.size() == 1;
            startCode = Optional.of(known ? new Range(from.getFirst().address(), to.getFirst().address()) : new Range(0, 0));
        }
        return startCode.get().contains(address);
    }

    /** Addresses from {@code start} up to but not including {@code end}. */
    private record Range(long start, long end) {
        boolean contains(long address) {
            return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
        }
    }

    private boolean isUnique(String symbol) {
        return kallsyms().indicesOf(symbol).length == 1;
    }

    private static String sourceName(String symbol) {
        int dot = symbol.indexOf('.', 1);
        return dot < 0 ? symbol : symbol.substring(0, dot);
    }

    private static OptionalLong known(long address) {
        return address == 0 ? OptionalLong.empty() : OptionalLong.of(address);
    }

    @Override
    public Iterable<String> functionNames() {
        if (btf().isPresent()) {
            return btf().get().functionNames();
        }
        List<String> names = new ArrayList<>();
        Kallsyms symbols = kallsyms();
        for (int i = 0; i < symbols.size(); i++) {
            if (symbols.module(i).isEmpty() && isEntry(symbols.symbol(i))) {
                names.add(sourceName(symbols.name(i)));
            }
        }
        return names;
    }

    @Override
    public OptionalLong symbolAddress(String name) {
        List<KernelSymbol> symbols = kallsyms().byName(name);
        return symbols.isEmpty() ? OptionalLong.empty() : known(symbols.getFirst().address());
    }

    @Override
    public Iterable<String> dataNames() {
        List<String> names = new ArrayList<>();
        Kallsyms symbols = kallsyms();
        for (int i = 0; i < symbols.size(); i++) {
            if (symbols.module(i).isEmpty() && DATA.indexOf(symbols.type(i)) >= 0) {
                names.add(symbols.name(i));
            }
        }
        return names;
    }

    @Override
    public boolean isExported(String function) {
        return kallsyms().indicesOf(EXPORT + function).length > 0;
    }

    @Override
    public List<String> tracepoints(String system, String name) {
        Glob names = Glob.of(name);
        TreeSet<String> found = new TreeSet<>();
        if (system.isEmpty() && btf().isPresent()) {
            fromTypes(names, btf().get(), found);
        }
        if (found.isEmpty()) {
            fromEvents(Glob.of(system.isEmpty() ? "*" : system), names, found);
        }
        return List.copyOf(found);
    }

    private static void fromTypes(Glob names, Btf types, TreeSet<String> found) {
        if (names.isLiteral()) {
            if (types.find(BtfKind.TYPEDEF, TRACEPOINT_TYPE + names.literalPrefix()).isPresent()) {
                found.add(names.literalPrefix());
            }
            return;
        }
        for (int id : types.idsOfKind(BtfKind.TYPEDEF)) {
            String type = types.name(id);
            if (type.startsWith(TRACEPOINT_TYPE) && names.matches(type.substring(TRACEPOINT_TYPE.length()))) {
                found.add(type.substring(TRACEPOINT_TYPE.length()));
            }
        }
    }

    /** From tracefs, which only root can read; it alone knows groups, and tracepoints of modules. */
    private void fromEvents(Glob systems, Glob names, TreeSet<String> found) {
        for (String directory : EVENT_DIRECTORIES) {
            File events = new File(directory);
            if (events.isDirectory()) {
                inDirectory(events, systems, names, found);
                return;
            }
        }
        // Not mounted: a mount of our own, which nobody else sees and which goes when it is closed.
        try (TraceFs tracing = TraceFs.open(new LinuxSystemCalls())) {
            inDirectory(tracing.directory().resolve("events").toFile(), systems, names, found);
        } catch (AttachException e) {
            notes.add("The systems of tracepoints are not known: " + e.getMessage() + ".");
        }
    }

    private static void inDirectory(File events, Glob systems, Glob names, TreeSet<String> found) {
        String[] groups = events.list();
        for (String group : groups == null ? new String[0] : groups) {
            if (systems.matches(group)) {
                inGroup(new File(events, group), names, found);
            }
        }
    }

    private static void inGroup(File group, Glob names, TreeSet<String> found) {
        String[] events = group.list();
        for (String event : events == null ? new String[0] : events) {
            if (names.matches(event) && new File(group, event).isDirectory()) {
                found.add(event);
            }
        }
    }

    @Override
    public int ticksPerSecond() {
        return (int) config.ticksPerSecond();
    }
}
