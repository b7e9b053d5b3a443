package org.jstap.compiler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jstap.compiler.probe.FoundFunction;
import org.jstap.compiler.probe.KernelView;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.symbols.Glob;

/** A kernel that is the same everywhere: the frozen types of 6.18, and of {@code net/socket.c} a handful of functions. */
public final class FixtureKernel implements KernelView {
    private static final Path FIXTURE = Path.of("..", "ebpf-model", "src", "test", "resources", "btf", "fixture.btf");
    private static final List<String> SOCKET_FUNCTIONS = List.of("__sock_create", "__sys_bind", "__sys_socket", "sock_alloc",
            "sock_sendmsg");
    /** Written in assembler, so that the types do not describe it. */
    private static final String WITHOUT_TYPE = "__sock_aside";
    private static final long FIRST_ADDRESS = 0xffffffff81000000L;

    private final Optional<Btf> btf;

    public FixtureKernel() {
        this(true);
    }

    /** @param types whether the kernel tells its types */
    public FixtureKernel(boolean types) {
        try {
            btf = types ? Optional.of(Btf.parse(Files.readAllBytes(FIXTURE))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String release() {
        return "6.18.0";
    }

    @Override
    public Optional<Btf> btf() {
        return btf;
    }

    @Override
    public List<FoundFunction> functions(String module, String name, String file) {
        List<FoundFunction> found = new ArrayList<>();
        Iterable<String> candidates = file.isEmpty() ? new TreeSet<>(names()) : SOCKET_FUNCTIONS;
        if (!module.isEmpty() || !file.isEmpty() && !file.equals("net/socket.c")) {
            return found;
        }
        for (String candidate : candidates) {
            if (Glob.of(name).matches(candidate)) {
                found.add(new FoundFunction(candidate, candidate, "", OptionalLong.of(FIRST_ADDRESS + 16L * found.size()),
                        file, 0, true));
            }
        }
        return found;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(SOCKET_FUNCTIONS);
        names.add(WITHOUT_TYPE);
        btf.ifPresent(types -> types.functionNames().forEach(names::add));
        return names;
    }

    @Override
    public Iterable<String> functionNames() {
        return names();
    }

    @Override
    public OptionalLong symbolAddress(String name) {
        return name.equals("jiffies") ? OptionalLong.of(0xffffffff82000000L) : OptionalLong.empty();
    }

    @Override
    public Iterable<String> dataNames() {
        return List.of("jiffies");
    }

    @Override
    public boolean isExported(String function) {
        return function.equals("sock_sendmsg");
    }

    @Override
    public List<String> tracepoints(String system, String name) {
        List<String> found = new ArrayList<>();
        if (btf.isPresent() && (system.isEmpty() || system.equals("sched"))) {
            for (int id : btf.get().idsOfKind(BtfKind.TYPEDEF)) {
                String typedef = btf.get().name(id);
                String tracepoint = typedef.startsWith("btf_trace_") ? typedef.substring("btf_trace_".length()) : "";
                if (!tracepoint.isEmpty() && tracepoint.startsWith(system) && Glob.of(name).matches(tracepoint)) {
                    found.add(tracepoint);
                }
            }
        }
        found.sort(null);
        return found;
    }

    @Override
    public int ticksPerSecond() {
        return 250;
    }
}
