package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways in which a script with kernel probes ends. */
class EndsLiveTest {
    private static final String SCRIPT = """
            global n, m, sum
            probe kernel.trace("sched_switch") { n++; m[pid()] <<< 1 }
            function take() { foreach (p in m) sum += @count(m[p]); delete m }
            probe timer.ms(5) { take(); if (n > 0) println("events") }
            probe end { take(); println("end ", n > 0 && sum == n ? "counted" : sprintf("%d of %d", sum, n)) }
            """;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalRunsTheEndProbesAndDetaches(String signal) throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e", SCRIPT)) {
            jstap.awaitOutput("events");
            Held held = Held.by(jstap.pid());
            jstap.signal(signal);
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).endsWith("end counted\n");
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            held.assertGone();
        }
    }

    /** As a shell without job control starts what it puts into the background. */
    @ParameterizedTest
    @ValueSource(strings = {SCRIPT, "probe begin { println(\"events\") } probe end { println(\"end counted\") }"})
    void anIgnoredInterruptEndsItToo(String script) throws Exception {
        try (JstapProcess jstap = JstapProcess.startAs(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"), "-e", script)) {
            jstap.awaitOutput("events");
            jstap.signal("INT");
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).endsWith("end counted\n");
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
        }
    }

    @Test
    void killedInTheMiddleItLeavesNothingBehind() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e", SCRIPT)) {
            jstap.awaitOutput("events");
            Held held = Held.by(jstap.pid());
            assertThat(held.programs()).isNotEmpty();
            assertThat(held.maps()).isNotEmpty();
            assertThat(held.links()).isNotEmpty();
            jstap.signal("KILL");
            jstap.await();
            held.assertGone();
        }
    }

    @Test
    void theScriptEndsWithItsCommandAndTellsThatItFailed() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e", SCRIPT, "-c", "sh -c 'exit 3'")) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).contains("end ");
            assertThat(ended.err()).contains("WARNING: Child process exited with status 3");
            assertThat(ended.status()).isEqualTo(1);
        }
        try (JstapProcess jstap = JstapProcess.start("-e", SCRIPT, "-c", "true")) {
            assertThat(jstap.await().status()).isZero();
        }
    }

    @Test
    void theScriptEndsAfterItsTime() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-T", "1", "-e", SCRIPT)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).endsWith("end counted\n");
            assertThat(ended.status()).isZero();
        }
    }

    private static final String HEAVY = """
            global n
            probe kernel.trace("sys_enter") { if (execname() == "dd") { for (i = 0; i < 300; i++) s += i % 7; n += s } }
            probe begin { println("attached") }
            probe end { println("end") }
            probe error { println("error") }
            """;

    @Test
    void handlersThatTakeMoreThanHalfOfAProcessorEndTheScript() throws Exception {
        try (JstapProcess jstap = Caller.watched("-e", HEAVY); Caller _ = Caller.afterAttaching(jstap)) {
            Held held = Held.by(jstap.pid());
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).containsPattern(
                    "ERROR: probe overhead \\(\\d+ ns\\) exceeded threshold \\(500000000 ns\\) in last 1000000000 ns");
            assertThat(ended.err()).contains("WARNING: Number of errors: 1, skipped probes: 0");
            assertThat(ended.out()).contains("error\n").doesNotContain("end\n");
            assertThat(ended.status()).isEqualTo(1);
            held.assertGone();
        }
    }

    /** For twice the time that the script above lasts. */
    @Test
    void theyAreLeftAloneWhereThatIsAskedFor() throws Exception {
        try (JstapProcess jstap = Caller.watched("--suppress-time-limits", "-g", "-T", "5", "-e", HEAVY);
                Caller _ = Caller.afterAttaching(jstap)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).doesNotContain("ERROR");
            assertThat(ended.out()).contains("end\n").doesNotContain("error\n");
            assertThat(ended.status()).isZero();
        }
    }

    /**
     * A process that does nothing but system calls, on a processor of its own whatever else the machine does: of real-time priority,
     * below that of the jstap which has to end it. Ends with the test.
     */
    private record Caller(Process process) implements AutoCloseable {
        static JstapProcess watched(String... words) throws IOException {
            Requirements.command("chrt");
            return JstapProcess.startAs(List.of("chrt", "--fifo", "2"), words);
        }

        static Caller afterAttaching(JstapProcess jstap) throws IOException {
            jstap.awaitOutput("attached");
            return new Caller(new ProcessBuilder("chrt", "--fifo", "1", "dd", "if=/dev/zero", "of=/dev/null", "bs=1", "status=none")
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void exitInAKernelHandlerEndsTheScript() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e",
                "probe kernel.trace(\"sched_switch\") { exit() } probe end { println(\"end\") }")) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).isEqualTo("end\n");
            assertThat(ended.status()).isZero();
        }
    }

    @Test
    void anErrorInAKernelHandlerIsToldWithItsPlace() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e", """
                global zero
                probe kernel.trace("sched_switch") { println(1 / zero) }
                probe timer.s(100) { zero++ }
                probe end { println("end") }
                probe error { println("error") }
                """)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).isEqualTo("error\n");
            assertThat(ended.err()).contains("ERROR: division by 0 near operator '/' at <input>:2:48 in probe kernel.trace(\"sched_switch\")");
            assertThat(ended.status()).isEqualTo(1);
        }
    }
}
