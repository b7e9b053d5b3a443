package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jstap.compiler.kernel.RunIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A begin handler in the kernel collects, a timer on the JVM reports: the report is that of a script all on the JVM. */
class ReportsLiveTest {
    private static final String FILL = """
            global s, a, n, names, total, last
            probe begin {
              s <<< 5; s <<< -3; s <<< 100; s <<< 0; s <<< 7
              for (i = 1; i <= 20; i++) { a[i % 3, "k"] <<< i * i; n[i % 4]++; names["name"] = sprintf("%d", i); total += i }
              last = "done"
            }
            """;

    @BeforeEach
    void needsTheKernel() {
        Privilege.assume();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "println(@count(s), \" \", @sum(s), \" \", @min(s), \" \", @max(s), \" \", @avg(s))",
        "print(@hist_log(s))",
        "print(@hist_linear(s, 0, 10, 2))",
        "foreach ([i+, k] in a) printdln(\" \", i, k, @count(a[i, k]), @sum(a[i, k]), @min(a[i, k]), @max(a[i, k]))",
        "foreach ([i+, k] in a) print(@hist_log(a[i, k]))",
        "foreach (i in n-) println(i, \" \", n[i])",
        "foreach (k in names) println(k, names[k]); println(total, last)",
        "println(@variance(s)); foreach ([i+, k] in a) println(@variance(a[i, k]))",
        "delete n; delete a; println([1] in n, [1, \"k\"] in a); n[9]++; foreach (i in n) println(i, n[i])",
        "total -= 10; last .= \"!\"; names[\"more\"] = \"x\"; foreach (k in names) println(k, names[k], total, last)"})
    void sameReport(String report) {
        String script = FILL + "probe timer.ms(1) { " + report + "; exit() }\n";
        Outcome host = SessionRun.run(Translation.of(script, RunIn.HOST, Map.of()));
        Outcome kernel = SessionRun.run(Translation.of(script, RunIn.KERNEL, Map.of()));
        assertThat(host.output()).isNotEmpty();
        assertThat(kernel).isEqualTo(host);
    }
}
