package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.kernel.RunIn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same script prints the same on the JVM and as eBPF in the interpreter. */
class SameMeaningTest {
    static List<Cases.Case> cases() {
        return Cases.all();
    }

    static List<Cases.Case> allCases() {
        List<Cases.Case> cases = new ArrayList<>(Cases.all());
        cases.addAll(Cases.shared());
        return cases;
    }

    @ParameterizedTest
    @MethodSource("allCases")
    void onTheJvm(Cases.Case one) {
        check(one, SessionRun.run(Translation.of(one.script(), RunIn.HOST, Map.of())));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inTheInterpreter(Cases.Case one) {
        InterpretedHost host = new InterpretedHost(Translation.of(one.script(), RunIn.KERNEL, Map.of()));
        Outcome outcome = host.run();
        check(one, new Outcome(outcome.output(), outcome.messages().replace("(exit)\n", ""), outcome.status()));
    }

    private static void check(Cases.Case one, Outcome outcome) {
        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.output()).isEqualTo(one.output());
        assertThat(outcome.status()).isZero();
    }
}
