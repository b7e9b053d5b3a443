package org.jstap.ebpf.prog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.testing.LiveKernel;

class ModuleBtfLiveTest {

    @Test
    void findsTheTypeInformationOfALoadedModule() throws IOException {
        SystemCalls sys = LiveKernel.require();
        Path directory = Path.of("/sys/kernel/btf");
        Assumptions.assumeTrue(Files.isDirectory(directory), "skipped: the kernel has no BTF");
        Optional<String> module;
        try (Stream<Path> files = Files.list(directory)) {
            module = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("vmlinux"))
                    .findFirst();
        }
        Assumptions.assumeTrue(module.isPresent(), "skipped: no module with BTF is loaded");
        Optional<Fd> found = ModuleBtf.open(sys, module.get());
        assertThat(found).isPresent();
        found.get().close();
    }

    @Test
    void findsNothingUnderANameThatNoModuleHas() {
        assertThat(ModuleBtf.open(LiveKernel.require(), "no_such_module")).isEmpty();
    }
}
