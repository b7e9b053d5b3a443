package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jstap.compiler.kernel.RunIn;
import org.jstap.compiler.kernel.emit.CounterPrograms;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.vm.Environment;
import org.jstap.ebpf.vm.Vm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counters of one processor, shared out between the tasks that run on it. */
class CountersTest {
    private static final long ONE = 0x1000;
    private static final long OTHER = 0x2000;
    private static final String SCRIPT = """
            probe perf.sw.page_faults.counter("faults") {}
            probe perf.sw.context_switches.counter("switches") {}
            probe begin { println(@perf("faults"), " ", @perf("switches")) }
            """;

    private final InterpretedHost host = new InterpretedHost(Translation.of(SCRIPT, RunIn.KERNEL, Map.of()));
    private final Vm vm = host.vm();
    private long running = ONE;
    private long faults;
    private long switches;
    private int readings;
    private Runnable whileReading = () -> { };

    @BeforeEach
    void countersOfTheProcessor() {
        Map<Long, Boolean> first = new HashMap<>();
        vm.setHelpers(vm.helpers().with(Helper.PERF_EVENT_READ, call -> {
            readings++;
            assertThat(call.argument(2)).as("this processor").isEqualTo(0xffffffffL);
            first.putIfAbsent(call.argument(1), first.isEmpty());
            long value = first.get(call.argument(1)) ? faults : switches;
            Runnable meanwhile = whileReading;
            whileReading = () -> { };
            meanwhile.run();
            return value;
        }));
        become(ONE);
        // The first to be read, so that the two are told apart.
        values();
    }

    private void become(long task) {
        running = task;
        vm.setEnvironment(Environment.standard().withTaskAddress(task));
    }

    private void run(String program, long... arguments) {
        for (CounterPrograms.Companion companion : host.target().counters().companions()) {
            if (companion.program().name().equals(program)) {
                vm.runAtEntry(companion.program().code(), arguments);
            }
        }
    }

    /** As the kernel does it: the tracepoint, then its own count of the switch, then the other task. */
    private void switchTo(long task) {
        run("counter_switch", 0, running, task, 0);
        switches++;
        become(task);
    }

    private String values() {
        String before = host.run().output();
        String after = host.run().output();
        return after.substring(before.length()).strip();
    }

    @Test
    void eachTaskHasWhatWasCountedWhileItRan() {
        faults += 5;
        assertThat(values()).isEqualTo("5 0");
        switchTo(OTHER);
        faults += 70;
        assertThat(values()).isEqualTo("70 0");
        switchTo(ONE);
        faults += 2;
        assertThat(values()).isEqualTo("7 1");
        switchTo(OTHER);
        switchTo(ONE);
        assertThat(values()).isEqualTo("7 2");
        switchTo(OTHER);
        assertThat(values()).isEqualTo("70 2");
    }

    @Test
    void anotherProgramCountsFromNothing() {
        faults += 5;
        switchTo(OTHER);
        switchTo(ONE);
        run("counter_exec", ONE, 1001, 0);
        assertThat(values()).isEqualTo("0 0");
        faults += 3;
        switchTo(OTHER);
        switchTo(ONE);
        faults += 1;
        assertThat(values()).isEqualTo("4 1");
    }

    @Test
    void aTaskThatTakesThePlaceOfOneThatEndedCountsFromNothing() {
        switchTo(OTHER);
        faults += 9;
        switchTo(ONE);
        run("counter_end", OTHER);
        switchTo(OTHER);
        assertThat(values()).isEqualTo("0 0");
    }

    @Test
    void aHandlerThatIsInterruptedBetweenItsLooksLooksAgain() {
        faults += 5;
        whileReading = () -> {
            switchTo(OTHER);
            faults += 40;
            switchTo(ONE);
        };
        int before = readings;
        assertThat(host.run().output().strip()).endsWith("5 1");
        assertThat(readings - before).as("switches read two counters each").isEqualTo(2 + 4 + 1);
    }

    @Test
    void aProcessorWithoutTheCounterIsAnError() {
        vm.setHelpers(vm.helpers().with(Helper.PERF_EVENT_READ, _ -> -2L));
        assertThat(host.run().messages()).contains("the counter cannot be read on the processor that runs this")
                .contains("a.stp:3:23");
    }
}
