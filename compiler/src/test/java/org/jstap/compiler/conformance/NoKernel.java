package org.jstap.compiler.conformance;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.probe.FoundFunction;
import org.jstap.compiler.probe.KernelView;
import org.jstap.ebpf.btf.Btf;

/** The kernel that the corpus was recorded on, without anything in it. */
final class NoKernel implements KernelView {
    @Override
    public String release() {
        return "6.12.0";
    }

    @Override
    public Optional<Btf> btf() {
        return Optional.empty();
    }

    @Override
    public List<FoundFunction> functions(String module, String name, String file) {
        return List.of();
    }

    @Override
    public Iterable<String> functionNames() {
        return List.of();
    }

    @Override
    public boolean isExported(String function) {
        return false;
    }

    @Override
    public List<String> tracepoints(String system, String name) {
        return List.of();
    }

    @Override
    public int ticksPerSecond() {
        return 250;
    }
}
