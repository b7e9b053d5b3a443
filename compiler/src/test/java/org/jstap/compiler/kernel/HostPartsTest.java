package org.jstap.compiler.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.jstap.compiler.ir.IrPrinter;
import org.jstap.compiler.ir.IrProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a handler is left to the host, and what cannot be. */
class HostPartsTest {
    private static final String POINT = "probe kernel.trace(\"kfree_skb\") {\n";

    /** The handler's listing without indentation of the frame. */
    private static String listing(String body) {
        IrProgram program = Kernels.lower("global a, n, s\n" + POINT + body + "\n}\nprobe timer.s(1) { a[1] = 1; n = 1; s <<< 1 }");
        return IrPrinter.print(Kernels.plan(program).handlers().getFirst().code(), program.globals());
    }

    @Test
    void goesToTheEndOfTheHandlerWithTheValuesThatItNeeds() {
        String listing = listing("x = $reason; n++; a[x]++; foreach (k in a) println(k, x); println(\"end\")");
        assertThat(listing).containsSubsequence("n += 1", "a[", "+= 1", "on the host(", "foreach [k] in a", "print", "\"end\"");
        assertThat(listing.substring(listing.indexOf("on the host"))).doesNotContain("argument");
    }

    @Test
    void isCutOutOfABranchSoThatOthersWriteNoRecord() {
        String listing = listing("n++; if (n % 100 == 0) { foreach (k in a) println(k) }\nn += 7");
        assertThat(listing).containsSubsequence("if ", "on the host()", "foreach", "\n  n += 7");
    }

    @Test
    void takesWithItWhatUsesTheSameGlobalsAfterwards() {
        String listing = listing("if (n) { foreach (k in a) println(k) }\ndelete a\na[1] = 2");
        assertThat(listing.indexOf("on the host")).isLessThan(listing.indexOf("a[1] = 2"));
        assertThat(listing).contains("\n    delete a").contains("\n    a[1] = 2");
    }

    @Test
    void asksForFactsOfTheEventInFront() {
        String listing = listing("foreach (k in a) println(k); println(pid(), execname(), $reason)");
        assertThat(listing).containsSubsequence("pid()", "execname()", "argument", "on the host(");
    }

    /** When the host comes to it, later events have counted too. */
    @Test
    void readsWhatTheHandlerCountsInFront() {
        String scalar = listing("n++; foreach (k in a) if (k == n) println(n)");
        assertThat(scalar).containsSubsequence("n += 1", "= n\n", "on the host(");
        assertThat(scalar.substring(scalar.indexOf("on the host"))).doesNotContain("= n\n");
        assertThat(listing("a[pid() + 1]++; foreach (k in a) println(k, a[pid() + 1])"))
                .containsSubsequence("+= 1", "= a[", "on the host(", "foreach", "print");
        assertThat(listing("s <<< 1; println(@count(s))")).doesNotContain("on the host");
        assertThat(listing("s <<< 1; if (@count(s) == 10) { print(@hist_log(s)); delete s }"))
                .containsSubsequence("@count", "if ", "print histogram", "delete s").doesNotContain("on the host");
        assertThat(listing("n++; if (n == 7) { foreach (k in a) println(k); n = 0 }")).containsSubsequence("on the host(", "foreach",
                "\n    n = 0");
    }

    @Test
    void whatTheHostComputesWaitsUntilMemoryIsRead() {
        String listing = listing("x = $reason; name = \"<\" . symname(x) . \">\"; y = kernel_long($location); x = 7; println(name, x, y)");
        assertThat(listing).containsSubsequence("kernel_long(", "on the host(", "symname(", "print");
        String branch = listing("name = symname($reason); if (n) { if (kernel_long($location)) println(name, kernel_int($location)) } n = 2");
        assertThat(branch).containsSubsequence("if ", "kernel_long(", "if ", "kernel_int(", "on the host(", "symname(", "print", "n = 2");
    }

    @Test
    void textsAreMadeInTheKernelOnlyWhereTheHandlerGoesOnWithThem() {
        String printed = listing("x = str_replace(execname(), \"a\", \"b\"); n = $reason; println(strlen(x), sprintf(\"%.3d\", $reason))");
        assertThat(printed).containsSubsequence("on the host(", "str_replace(");
        for (String text : new String[] {"str_replace(execname(), \"a\", \"b\")", "tokenize(execname(), \"-\")", "errno_str($reason)",
            "signal_str($reason)", "ctime($reason)", "sprintf(\"%.3d\", $reason)", "sprintf(\"%*s\", $reason, execname())",
            "text_strn(execname(), $reason, 1)"}) {
            assertThat(listing("if (" + text + " == \"zz\") n = kernel_long($location)")).contains("kernel_long(").doesNotContain("on the host");
        }
        assertThat(listing("if (isinstr(execname(), sprint($reason))) n = kernel_long($location)")).doesNotContain("on the host");
    }

    /** What is left over from another run of the handler only the host knows. */
    @Test
    void tokensThatNobodyHasStartedStayWithTheHost() {
        assertThat(listing("println(tokenize(\"-\"), $reason)")).contains("on the host");
        assertThatThrownBy(() -> listing("if (tokenize(\"-\") == \"zz\") n = kernel_long($location)")).hasMessageContaining("'tokenize'");
    }

    @Test
    void leavesGlobalsThatOnlyTheHostUsesInTheJvm() {
        KernelPlan plan = Kernels.plan(Kernels.lower("global a, n\n" + POINT + "n++\nforeach (k in a) println(k)\na[2] = 1\n}"));
        assertThat(plan.homes().get(0)).isInstanceOf(org.jstap.compiler.kernel.layout.GlobalHome.Host.class);
        assertThat(plan.homes().get(1)).isInstanceOf(org.jstap.compiler.kernel.layout.GlobalHome.Cell.class);
    }

    @Test
    void ordersArraysThatABlockIterates() {
        KernelPlan plan = Kernels.plan(Kernels.lower("global a\n" + POINT + "a[pid()] = 1\nforeach (k in a) println(k)\n}"));
        assertThat(plan.homes().getFirst()).isInstanceOfSatisfying(org.jstap.compiler.kernel.layout.GlobalHome.Table.class,
                table -> assertThat(table.stamp()).isPresent());
    }

    @Test
    void isAllThatCanBeWhereMoreDoesNotFit() {
        BitSet little = new BitSet();
        little.set(0);
        IrProgram program = Kernels.lower("global a, n\n" + POINT + "if ($reason == 2) next\n"
                + "for (i = 0; i < 3; i++) { x = n + i; a[x]++; n++ }\nif (n > 5) { foreach (k in a) println(k); delete a }\n}");
        String listing = IrPrinter.print(Placement.plan(program, Limits.DEFAULT, RunIn.AUTO, little).handlers().getFirst().code(),
                program.globals());
        assertThat(listing).containsSubsequence("leave handler", "loop", "on the host(", "foreach").doesNotContain("on the host()\n    loop");
        IrProgram numbers = Kernels.lower("global n\n" + POINT + "x = n + $reason; n = x * 2\n}");
        assertThat(IrPrinter.print(Placement.plan(numbers, Limits.DEFAULT, RunIn.AUTO, little).handlers().getFirst().code(),
                numbers.globals())).containsSubsequence("argument", "on the host(", "= n");
    }

    @Test
    void valuesThatNothingHasSetYetAreNotRecorded() {
        String listing = listing("foreach (k in a) { for (i = 0; i < 3; i++) { x = i * 2; println(x, k) } }");
        assertThat(listing).contains("on the host()");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "foreach (k in a) x += k; a[x] = kernel_long(x)",
        "foreach (k in a) x += k; if (x == $reason) a[1] = kernel_long(x)",
        "try { foreach (k in a) println(1 / k) } catch (e) { println(e, kernel_long(k)) }",
        "for (i = 0; i < 3; i++) { foreach (k in a) x = k; if (x == kernel_long(i)) break }",
        "foreach (k in a) { if (kernel_long(k)) { n = k; break } }",
        "delete a; for (i = 0; i < 2; i++) a[1] = kernel_long(i)",
        "if ([*] in a) n = kernel_long($location)",
    })
    void goesThroughAnArrayInTheKernelWhereTheHandlerNeedsTheResult(String body) {
        assertThat(listing(body)).doesNotContain("on the host");
    }

    @Test
    void eachWayOfABranchGoesOnWithWhatItHasComputed() {
        String branch = listing("if (n) x = modname($reason); else x = kernel_string($location); println(x); a[1] = n");
        assertThat(branch).containsSubsequence("if ", "on the host(", "modname(", "print", "a[1] = t1", "else", "kernel_string(", "print",
                "a[1] = t1");
        String caught = listing("try { x = \"k\" . kernel_string($location) . modname($reason) } catch { x = \"?\" } println(x)");
        assertThat(caught).containsSubsequence("try", "kernel_string(", "on the host(", "modname(", "print", "catch", "print");
        // What may fail would go to the catch that it stood behind.
        assertThatThrownBy(() -> listing("try { x = kernel_string($location) . modname($reason) } catch { x = \"?\" } println(x, 1 / n)"))
                .isInstanceOf(KernelUnsupported.class);
    }

    @Test
    void whatEachTurnOfALoopSetsAnewIsNotNeededAfterIt() {
        String listing = listing("for (i = 0; i < 3; i++) { x = symdata(kernel_long(i)); if (x == \"a\") println(i) }");
        assertThat(listing).containsSubsequence("loop", "kernel_long(", "on the host(", "symdata(", "print");
    }

    @Test
    void namesOfSymbolsAreMadeInTheKernelWhereItNeedsThem() {
        assertThat(listing("if (symname($location) == \"kfree\") n = kernel_long($location)")).doesNotContain("on the host");
        assertThat(listing("x = symname($location); if (x == \"kfree\") println(x)")).contains("on the host");
    }

    @Test
    void histogramsAreLookedAtInTheKernelWhereItGoesOnWithThem() {
        assertThat(listing("foreach (k in @hist_log(s)) x += @hist_log(s)[k]; n = kernel_long(x)")).contains("bucket").doesNotContain("on the host");
        assertThat(listing("print(@hist_log(s)); x = @hist_log(s)[65]; delete s; n = kernel_long(x)")).doesNotContain("on the host");
        assertThat(listing("s <<< n; n = kernel_long(n)")).doesNotContain("bucket");
    }

    @Test
    void groupsAreFoundInTheKernelAndOnlyThoseThatSomebodyReads() {
        String listing = listing("if (kernel_string($location) =~ \"(a)(b)(c)\") n = kernel_long(strtol(matched(2), 10) + ngroups())");
        assertThat(listing).contains("= group 2").doesNotContain("group 0", "group 1", "group 3", "on the host");
    }

    @Test
    void whatStandsAtTheEndIsStillLeftToTheHost() {
        String listing = listing("foreach (k in a) x += k; n = kernel_long(x); foreach (k in a-) println(k); delete a");
        assertThat(listing).containsSubsequence("next [", "kernel_long(", "on the host(", "foreach [", "delete a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "x = modname($reason); if (x == \"a\") a[1] = kernel_long(n)     | 'modname' | memory or facts |3",
        "foreach (k in a) { m = symdata(k); if (m == \"a\") n = kernel_long(k) } | 'symdata' | memory or facts |3",
        "for (i = 0; i < 3; i++) { foreach (k in @hist_log(s)) { x = k; s <<< k } if (x == kernel_long(i)) break } | 'foreach' | |3",
    })
    void saysWhereAndWhyThatIsNotPossible(String body, String construct, String why, int line) {
        assertThatThrownBy(() -> listing(body))
                .isInstanceOfSatisfying(KernelUnsupported.class, refused -> assertThat(refused.span().line()).isEqualTo(line))
                .hasMessageContaining(construct).hasMessageContaining("left to the host").hasMessageContaining("because")
                .hasMessageContaining(why == null ? "" : why);
    }
}
