package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.kernel.RunIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same scripts in the running kernel, each handler run once by BPF_PROG_TEST_RUN. */
class SameMeaningLiveTest {
    @BeforeEach
    void needsTheKernel() {
        Privilege.assume();
    }

    static List<Cases.Case> cases() {
        List<Cases.Case> cases = new ArrayList<>(Cases.all());
        cases.addAll(Cases.shared());
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inTheKernel(Cases.Case one) {
        Outcome outcome = SessionRun.run(Translation.of(one.script(), RunIn.KERNEL, Map.of()));
        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.output()).isEqualTo(one.output());
        assertThat(outcome.status()).isZero();
    }
}
