package org.jstap.ebpf.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;

class LinkInfoLayoutTest {

    private Btf btf;
    private int info;

    @BeforeEach
    void readTypes() throws IOException {
        Path vmlinux = Path.of("/sys/kernel/btf/vmlinux");
        Assumptions.assumeTrue(Files.isReadable(vmlinux), "skipped: the kernel has no BTF");
        btf = Btf.parse(Files.readAllBytes(vmlinux));
        info = btf.find(BtfKind.STRUCT, "bpf_link_info").orElseThrow();
    }

    private long offset(String... path) {
        int type = info;
        long offset = 0;
        for (String member : path) {
            var found = btf.resolveMember(type, member);
            Assumptions.assumeTrue(found.isPresent(), "skipped: this kernel does not count missed events");
            offset += found.get().byteOffset();
            type = found.get().type();
        }
        return offset;
    }

    @Test
    void missedEventsAreWhereTheKernelWritesThem() {
        assertThat(offset("kprobe_multi", "missed")).isEqualTo(LinkInfo.KPROBE_MULTI_MISSED);
        assertThat(offset("perf_event", "kprobe", "missed")).isEqualTo(LinkInfo.KPROBE_MISSED);
    }
}
