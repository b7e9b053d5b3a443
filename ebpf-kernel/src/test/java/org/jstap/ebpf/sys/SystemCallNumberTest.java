package org.jstap.ebpf.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SystemCallNumberTest {

    @Test
    void numbersAreDistinctOnEachArchitecture() {
        for (Architecture architecture : Architecture.values()) {
            Set<Integer> numbers = new HashSet<>();
            for (SystemCallNumber call : SystemCallNumber.values()) {
                assertThat(numbers.add(call.number(architecture))).as(call + " on " + architecture).isTrue();
            }
        }
    }

    @Test
    void knowsTheNumbersOfBpf() {
        assertThat(SystemCallNumber.BPF.number(Architecture.X86_64)).isEqualTo(321);
        assertThat(SystemCallNumber.BPF.number(Architecture.AARCH64)).isEqualTo(280);
        assertThat(SystemCallNumber.PERF_EVENT_OPEN.manualName()).isEqualTo("perf_event_open");
    }

    @Test
    void refusesOtherArchitectures() {
        assertThat(Architecture.of("amd64")).isEqualTo(Architecture.X86_64);
        assertThatThrownBy(() -> Architecture.of("riscv64"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("riscv64");
    }
}
