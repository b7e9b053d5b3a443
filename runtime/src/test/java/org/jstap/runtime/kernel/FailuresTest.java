package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jstap.compiler.kernel.RunIn;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of kernel handlers, and handlers that find what they need taken, in the interpreter. */
class FailuresTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            println(1 / zero)              | division by 0 near operator '/' at a.stp:2:25 in probe begin
            println(1 % zero)              | division by 0 near operator '%' at a.stp:2:25 in probe begin
            error("own " . "text")         | own text near identifier 'error' at a.stp:2:15 in probe begin
            small[1] = 1; small[2] = 2; small[3] = 3 | Array overflow, check size limit (2) near identifier 'small' at a.stp:2:43 in probe begin
            """)
    void namesTheErrorAndItsPlace(String body, String message) {
        String script = "global zero, small[2], shown\nprobe begin { " + body + "; println(\"not here\") }"
                + " probe end { println(\"end\") } probe error { println(\"error probe\") } probe timer.s(9) { small[1]++; zero++ }";
        Outcome outcome = interpreted(script, Map.of());
        assertThat(outcome.messages()).isEqualTo("ERROR: " + message + "\nWARNING: Number of errors: 1, skipped probes: 0\n");
        assertThat(outcome.output()).isEqualTo("error probe\n");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void aSessionSurvivesAsManyErrorsAsItMay() {
        String script = """
                global zero
                probe begin(1) { println(1 / zero) }
                probe begin(2) { println(2); error("two") }
                probe begin(3) { println(3); error("three") }
                probe begin(4) { println(4) }
                probe error { println("error") }""";
        Outcome outcome = interpreted(script, Map.of("MAXERRORS", "2"));
        assertThat(outcome.output()).isEqualTo("2\n3\nerror\n");
        assertThat(outcome.messages()).contains("division by 0", "two near", "three near", "Number of errors: 3");
    }

    @Test
    void anErrorInAFunctionOrLoopLeavesTheHandler() {
        Outcome outcome = interpreted("""
                global zero
                function f(n) { return n / zero }
                probe begin { for (i = 0; i < 3; i++) { for (j = 0; j < 3; j++) { println(i, j); if (j == 1) println(f(j)) } } println("not here") }
                """, Map.of());
        assertThat(outcome.output()).isEqualTo("00\n01\n");
        assertThat(outcome.messages()).startsWith("ERROR: division by 0 near operator '/' at a.stp:2:26");
    }

    @Test
    void aLoopThatDoesNotEndIsStopped() {
        String script = "global n probe begin { while (1) n++; println(n) }";
        Outcome outcome = interpreted(script, Map.of());
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.messages()).contains("MAXACTION exceeded near ")
                .isEqualTo(SessionRun.run(Translation.of(script, RunIn.HOST, Map.of())).messages());
    }

    @Test
    void exitIsTold() {
        Outcome outcome = interpreted("probe begin { exit(); println(1) } probe end { println(2) }", Map.of());
        assertThat(outcome.output()).isEqualTo("1\n2\n");
        assertThat(outcome.messages()).isEqualTo("(exit)\n");
    }

    /** A handler takes one of the slots of its CPU; where all are taken it is skipped, and counted. */
    @Test
    void withoutScratchMemoryTheHandlerIsSkippedAndCounted() {
        InterpretedHost host = new InterpretedHost(Translation.of("""
                global s
                probe begin { t = s . "0123456789012345678901234567890123456789012345678901234567890123456789"; println(t) }
                probe begin(1) { s = "a"; t = s . "0123456789012345678901234567890123456789012345678901234567890123456789"; println(t) }
                """, RunIn.KERNEL, Map.of()));
        byte[] key = new byte[4];
        host.vm().map("scratch_use").update(key, words(15));
        Outcome outcome = host.run();
        assertThat(outcome.output()).isEmpty();
        assertThat(control(host, ControlLayout.SKIPPED_SCRATCH)).isEqualTo(2);
        host.vm().map("scratch_use").update(key, words(11));
        assertThat(host.run().output()).contains("0123456789");
        assertThat(word(host.vm().map("scratch_use").lookup(key).orElseThrow(), 0)).as("slots of others stay taken").isEqualTo(11);
    }

    @Test
    void aLockThatIsNotGivenBackSkipsTheHandlerAndCountsIt() {
        InterpretedHost host = new InterpretedHost(Translation.of("""
                global n, m
                probe begin { n = n * 2 + 1; m = n; println(n) }
                """, RunIn.KERNEL, Map.of()));
        int lock = host.target().plan().control().locks();
        assertThat(host.target().plan().control().lockCount()).isEqualTo(1);
        setControl(host, lock, ControlLayout.HELD_BY_HOST);
        assertThat(host.run().output()).isEmpty();
        assertThat(control(host, ControlLayout.SKIPPED_LOCK)).isEqualTo(1);
        assertThat(control(host, lock)).as("so that the next one does not wait as long").isEqualTo(ControlLayout.HELD_LONG);
        assertThat(host.run().output()).isEmpty();
        assertThat(control(host, ControlLayout.SKIPPED_LOCK)).isEqualTo(2);
        setControl(host, lock, 0);
        assertThat(host.run().output()).isEqualTo("1\n");
        assertThat(control(host, lock)).as("given back").isZero();
    }

    @Test
    void anErrorInAFunctionTellsTheCallsThatLedThere() {
        String script = """
                function f(x) { return 5 / x }
                function g(y) { return f(y - y) + 1 }
                probe begin { println(g(3)) }
                """;
        String messages = new InterpretedHost(Translation.of(script, RunIn.KERNEL, Map.of())).run().messages();
        assertThat(messages).contains("division by 0 near operator '/' at ", ":1:26 (called from identifier 'f' at ",
                ":2:24) (called from identifier 'g' at ", ":3:23) in probe begin");
        assertThat(SessionRun.run(Translation.of(script, RunIn.HOST, Map.of())).messages())
                .contains(messages.substring(messages.indexOf("division"), messages.indexOf(" in probe")));
    }

    @Test
    void anErrorGivesLockAndScratchMemoryBack() {
        InterpretedHost host = new InterpretedHost(Translation.of("""
                global n, zero, s
                probe begin {
                  n = n * 2 + 1
                  s = sprintf("%d a text that is too long for the frame of a program, so that it goes to scratch memory", n)
                  println(s . s, n / zero)
                }
                """, RunIn.KERNEL, Map.of()));
        assertThat(host.run().messages()).contains("division by 0");
        assertThat(control(host, host.target().plan().control().locks())).isZero();
        assertThat(word(host.vm().map("scratch_use").lookup(new byte[4]).orElseThrow(), 0)).isZero();
    }

    /** Both records and handlers are accounted for: what finds no room in the ring buffer is counted. */
    @Test
    void recordsThatFindNoRoomAreCounted() {
        InterpretedHost host = new InterpretedHost(Translation.of("""
                probe begin { for (i = 0; i < 900; i++) for (j = 0; j < 100; j++) println(i, " ", j, " ", i, " ", j, " ", i, " ", j) }
                """, RunIn.KERNEL, Map.of("MAXACTION", "100000")));
        long printed = host.run().output().lines().count();
        assertThat(printed).isPositive().isLessThan(90_000);
        assertThat(printed + control(host, ControlLayout.LOST)).isEqualTo(90_000);
    }

    private static Outcome interpreted(String script, Map<String, String> definitions) {
        return new InterpretedHost(Translation.of(script, RunIn.KERNEL, definitions)).run();
    }

    private static byte[] words(long word) {
        return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(word).array();
    }

    private static long word(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong(offset);
    }

    private static long control(InterpretedHost host, int offset) {
        return word(host.vm().map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow(), offset);
    }

    private static void setControl(InterpretedHost host, int offset, long value) {
        byte[] control = host.vm().map(ControlLayout.MAP).lookup(new byte[4]).orElseThrow();
        ByteBuffer.wrap(control).order(ByteOrder.nativeOrder()).putLong(offset, value);
        host.vm().map(ControlLayout.MAP).update(new byte[4], control);
    }
}
