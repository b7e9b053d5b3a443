package org.jstap.ebpf.prog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;

class ProgramInfoLayoutTest {

    @Test
    void everyOffsetIsTheKernels() throws IOException {
        Path vmlinux = Path.of("/sys/kernel/btf/vmlinux");
        Assumptions.assumeTrue(Files.isReadable(vmlinux), "skipped: the kernel has no BTF");
        Btf btf = Btf.parse(Files.readAllBytes(vmlinux));
        int struct = btf.find(BtfKind.STRUCT, "bpf_prog_info").orElseThrow();
        Map<String, Integer> expected = Map.of(
                "id", Program.INFO_ID,
                "tag", Program.INFO_TAG,
                "run_time_ns", Program.INFO_RUN_TIME,
                "run_cnt", Program.INFO_RUN_COUNT,
                "recursion_misses", Program.INFO_RECURSION_MISSES,
                "verified_insns", Program.INFO_VERIFIED);
        expected.forEach((member, offset) -> assertThat(offset)
                .as(member)
                .isEqualTo(btf.resolveMember(struct, member).orElseThrow().byteOffset()));
    }
}
