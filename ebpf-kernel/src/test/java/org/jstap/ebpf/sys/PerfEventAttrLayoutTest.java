package org.jstap.ebpf.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;

class PerfEventAttrLayoutTest {

    @Test
    void everyOffsetIsTheKernels() throws IOException {
        Path vmlinux = Path.of("/sys/kernel/btf/vmlinux");
        Assumptions.assumeTrue(java.nio.file.Files.isReadable(vmlinux), "skipped: the kernel has no BTF");
        Btf btf = Btf.parse(java.nio.file.Files.readAllBytes(vmlinux));
        int struct = btf.find(BtfKind.STRUCT, "perf_event_attr").orElseThrow();
        Map<String, Integer> expected = Map.of(
                "type", PerfEventAttr.TYPE,
                "size", PerfEventAttr.STRUCT_SIZE,
                "config", PerfEventAttr.CONFIG,
                "sample_period", PerfEventAttr.SAMPLE_PERIOD,
                "sample_type", PerfEventAttr.SAMPLE_TYPE,
                "disabled", PerfEventAttr.BITS,
                "wakeup_events", PerfEventAttr.WAKEUP_EVENTS,
                "config1", PerfEventAttr.CONFIG1,
                "config2", PerfEventAttr.CONFIG2);
        expected.forEach((member, offset) -> assertThat(offset)
                .as(member)
                .isEqualTo(btf.resolveMember(struct, member).orElseThrow().byteOffset()));
        assertThat(btf.resolveMember(struct, "freq").orElseThrow().bitOffset())
                .isEqualTo(PerfEventAttr.BITS * 8 + 10);
    }
}
