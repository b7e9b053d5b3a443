package org.jstap.ebpf.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Register;
import org.junit.jupiter.api.Test;

class SpecTest {
    @Test
    void shortensNamesForTheKernel() {
        assertThat(MapSpec.hash("globals of probe kernel.trace", 4, 8, 1).kernelName()).isEqualTo("globals_of_prob");
        ProgramSpec program = new ProgramSpec("probe_0", ProgramType.RAW_TRACEPOINT, Optional.empty(), 0, 0, "GPL",
                new Assembler().mov(Register.R0, 0).exit().assemble());
        assertThat(program.kernelName()).isEqualTo("probe_0");
        assertThat(program.attachBtfModule()).isEmpty();
    }

    @Test
    void refusesMapsOfMapsWithoutPrototype() {
        assertThatThrownBy(() -> new MapSpec("outer", MapType.ARRAY_OF_MAPS, 4, 4, 2, 0, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'outer'");
        assertThatThrownBy(() -> new MapSpec("plain", MapType.HASH, 4, 4, 2, 0, Optional.of(MapSpec.array("inner", 8, 1))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'plain'");
    }

    @Test
    void refusesContentsOfAnotherSize() {
        MapEntry entry = new MapEntry(new byte[4], new byte[7]);
        assertThatThrownBy(() -> MapSpec.array("fixed", 8, 1).withContents(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'fixed'");
    }

    @Test
    void keepsContentsFromChange() {
        byte[] value = {1};
        MapEntry entry = new MapEntry(new byte[4], value);
        value[0] = 2;
        entry.value()[0] = 3;
        assertThat(entry.value()).containsExactly(1);
        assertThat(entry).isEqualTo(new MapEntry(new byte[4], new byte[] {1}));
    }

    @Test
    void numbersKindsAsTheKernel() {
        assertThat(MapType.RINGBUF.number()).isEqualTo(27);
        assertThat(MapType.ARRAY_OF_MAPS.number()).isEqualTo(12);
        assertThat(ProgramType.TRACING.number()).isEqualTo(26);
        assertThat(ProgramType.SYSCALL.number()).isEqualTo(31);
        assertThat(AttachType.TRACE_FENTRY.number()).isEqualTo(24);
        assertThat(AttachType.TRACE_KPROBE_SESSION.number()).isEqualTo(56);
    }

    @Test
    void refusesMixedTargets() {
        List<LinkSpec.Target> mixed = List.of(new LinkSpec.Target(new LinkSpec.Symbol("vfs_read"), 1),
                new LinkSpec.Target(new LinkSpec.Address(0xffffffff81000000L), 2));
        assertThatThrownBy(() -> new LinkSpec.KprobeMulti(mixed, false, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LinkSpec.KprobeMulti(List.of(), false, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
