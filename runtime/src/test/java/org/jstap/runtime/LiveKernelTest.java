package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.probe.FoundFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LiveKernelTest {
    private final LiveKernel kernel = new LiveKernel(new KernelConfig());

    private void assumeTypes() {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/sys/kernel/btf/vmlinux")), "skipped: this kernel has no type information");
    }

    private void assumeSymbols() {
        Assumptions.assumeTrue(kernel.kallsyms().size() > 0, "skipped: /proc/kallsyms cannot be read");
    }

    @Test
    void tracepointsAreFoundByNameAndPattern() {
        assumeTypes();
        assertThat(kernel.tracepoints("", "sched_switch")).containsExactly("sched_switch");
        assertThat(kernel.tracepoints("", "sched_*")).contains("sched_switch", "sched_wakeup").isSorted();
        assertThat(kernel.tracepoints("", "no_such_tracepoint")).isEmpty();
    }

    @Test
    void functionsAreFoundByNameAndPattern() {
        assumeSymbols();
        assertThat(names(kernel.functions("", "tcp_v4_connect", ""))).containsExactly("tcp_v4_connect");
        assertThat(names(kernel.functions("", "tcp_v4_conn*", ""))).contains("tcp_v4_connect")
                .allMatch(name -> name.startsWith("tcp_v4_conn"));
        assertThat(kernel.functions("", "no_such_function", "")).isEmpty();
    }

    @Test
    void functionsOfAFileComeFromTheSourceIndexAndThatIsNoted() {
        assumeSymbols();
        List<FoundFunction> functions = kernel.functions("", "*", "net/socket.c");
        assertThat(names(functions)).contains("__sys_sendto", "sock_alloc");
        assertThat(functions).allMatch(function -> function.file().equals("net/socket.c"));
        assertThat(kernel.notes()).anyMatch(note -> note.startsWith("Functions of \"*@net/socket.c\": "));
    }

    private static List<String> names(List<FoundFunction> functions) {
        List<String> names = new ArrayList<>();
        for (FoundFunction function : functions) {
            names.add(function.name());
        }
        return names;
    }
}
