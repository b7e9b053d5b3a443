package org.jstap.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.jstap.compiler.Scripts;
import org.jstap.compiler.program.ProbeSite;
import org.junit.jupiter.api.Test;

class PerfCountersTest {
    private static final String READER = "probe kernel.trace(\"sched_switch\") { println(@perf(\"c\")) }\n";

    @Test
    void aCounterIsASiteThatNeverRuns() {
        assertThat(Scripts.program("probe perf.sw.page_faults.counter(\"c\") { println(\"never\") }").handlers().getFirst().sites())
                .singleElement().isInstanceOfSatisfying(ProbeSite.Counter.class, counter -> {
                    assertThat(counter.name()).isEqualTo("c");
                    assertThat(counter.type()).isEqualTo(1);
                    assertThat(counter.config()).isEqualTo(2);
                    assertThat(counter.condition()).isEmpty();
                    assertThat(counter.onHost()).isTrue();
                });
    }

    @Test
    void aCounterMayBeDefinedBehindItsUseAndByAnAlias() {
        assertThat(Scripts.errors(READER + "probe perf.sw.page_faults.counter(\"c\") {}")).isEmpty();
        assertThat(Scripts.errors(READER + "probe mine = perf.sw.page_faults {}\nprobe mine.process.counter(\"c\") {}")).isEmpty();
        assertThat(Scripts.errors("probe perf.sw.page_faults.counter(\"c\") {}\nfunction f() { return @perf(\"c\") }\n"
                + "probe kernel.trace(\"sched_switch\") { println(f()) }")).isEmpty();
    }

    @Test
    void unknownOnesAndTwoOfOneNameAreRefused() {
        assertThat(Scripts.errors(READER)).singleElement().asString().startsWith("1:46 ").contains("perf counter 'c' not defined");
        assertThat(Scripts.errors(READER + "probe perf.sw.page_faults.counter(\"d\") {}")).singleElement().asString()
                .contains("not defined");
        assertThat(Scripts.errors("probe perf.sw.page_faults.counter(\"c\") {}\nprobe perf.sw.cpu_clock.counter(\"c\") {}"))
                .singleElement().asString().startsWith("2:1 ").contains("another counter of the name 'c'");
    }
}
