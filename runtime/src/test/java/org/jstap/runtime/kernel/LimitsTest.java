package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jstap.compiler.kernel.RunIn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit that is reached ends a script in the same way on the JVM, in the interpreter and in the running kernel. */
class LimitsTest {
    /**
     * @param define as of {@code -D}
     * @param error  what the first line on standard error holds
     */
    record Case(String define, String value, String script, String output, String error) { }

    static List<Case> cases() {
        return List.of(
                new Case("MAXNESTING", "3", """
                        function f(n) { println(n); f(n + 1) }
                        probe begin { f(1) }
                        probe begin(1) { println("not here") }
                        probe error { println("error") }
                        """, "1\n2\n3\nerror\n", "MAXNESTING exceeded near identifier 'f' at a.stp:1:29"),
                new Case("MAXERRORS", "1", """
                        global zero
                        probe begin { println(1 / zero) }
                        probe begin(1) { println(2); error("b") }
                        probe begin(2) { println("not here") }
                        probe end { println("nor here") }
                        probe error { println("error") }
                        """, "2\nerror\n", "division by 0 near operator '/' at a.stp:2:25"),
                new Case("MAXACTION", "20", """
                        probe begin { while (1) n++ }
                        probe begin(1) { println("not here") }
                        probe error { println("error") }
                        """, "error\n", "MAXACTION exceeded near "),
                new Case("MAXACTION", "2", """
                        probe begin { for (i = 0; i < 4; i++) a .= "x"; println(a) }
                        probe begin { for (i = 0; i < 4; i++) b .= "y"; println(b) }
                        probe begin { println("not here") }
                        probe begin(1) { println("nor here") }
                        """, "xxxx\n", "MAXACTION exceeded near identifier 'b' at a.stp:2:39"),
                new Case("MAXACTION", "2", """
                        probe begin { for (i = 0; i < 4; i++) a .= "x"; println(a) }
                        probe begin(1) { for (i = 0; i < 4; i++) b .= "y"; println(b); error("end") }
                        """, "xxxx\nyyyy\n", "end near"),
                new Case("MAXNESTING", "2", """
                        function a() { println("a"); b(); println("back") }
                        function b() { println("b"); return c(7) }
                        function c(n) { println("c") return n }
                        probe begin { try { a() } catch (m) { println(m) } println(c(1)) a() }
                        """, "a\nb\nMAXNESTING exceeded\nc\n1\na\nb\n", "MAXNESTING exceeded near identifier 'c' at a.stp:2:37"),
                new Case("MAXERRORS", "0", """
                        global x = 1
                        probe begin { println("first"); error("one") }
                        probe begin if (x) { println("not here") }
                        """, "first\n", "one near identifier 'error' at a.stp:2:33"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void onTheJvm(Case one) {
        check(one, SessionRun.run(translated(one, RunIn.HOST)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inTheInterpreter(Case one) {
        check(one, new InterpretedHost(translated(one, RunIn.KERNEL)).run());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inTheKernel(Case one) {
        Privilege.assume();
        check(one, SessionRun.run(translated(one, RunIn.KERNEL)));
    }

    private static Translation translated(Case one, RunIn side) {
        return Translation.of(one.script(), side, Map.of(one.define(), one.value()));
    }

    private static void check(Case one, Outcome outcome) {
        assertThat(outcome.messages()).startsWith("ERROR: " + one.error());
        assertThat(outcome.output()).isEqualTo(one.output());
        assertThat(outcome.status()).isEqualTo(1);
    }
}
