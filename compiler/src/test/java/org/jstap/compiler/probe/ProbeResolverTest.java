package org.jstap.compiler.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.analysis.ProgramPrinter;
import org.jstap.compiler.program.Handler;
import org.jstap.compiler.program.ProbeSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeResolverTest {
    private static List<String> sites(String script) {
        List<String> sites = new ArrayList<>();
        for (Handler handler : Scripts.program(script).handlers()) {
            for (ProbeSite site : handler.sites()) {
                sites.add(handler.point().equals(site.text()) ? site.text() : handler.point() + " -> " + site.text());
            }
        }
        return sites;
    }

    @Test
    void aliasesAreExpandedAndNamed() {
        assertThat(sites("probe my.a = begin(1), end { x = 1 }\nprobe my.a { println(x) }"))
                .containsExactly("my.a -> begin(1)", "my.a -> end");
    }

    @Test
    void starsCoverOnePartTwoStarsSeveral() {
        String aliases = "probe my.b = begin(2) { }\nprobe my.a = begin(1) { }\nprobe my.c.d = begin(3) { }\n";
        assertThat(sites(aliases + "probe my.* { exit() }")).containsExactly("my.a -> begin(1)", "my.b -> begin(2)");
        assertThat(sites(aliases + "probe my.** { exit() }"))
                .containsExactly("my.a -> begin(1)", "my.b -> begin(2)", "my.c.d -> begin(3)");
    }

    @Test
    void suffixesArePassedOn() {
        assertThat(sites("probe my = kernel.function(\"tcp_close\") { }\nprobe my.return { exit() }"))
                .containsExactly("my.return -> kernel.function(\"tcp_close\").return");
    }

    @Test
    void bodiesOfAliasesComeAroundThatOfTheProbe() {
        assertThat(ProgramPrinter.print(Scripts.program("""
                probe inner = begin { log("inner") }
                probe outer = inner { log("outer") }
                probe around += outer { log("after") }
                probe around { log("body") }
                """)).replaceAll("[^\"]*\"([a-z]+)\"[^\"]*", "$1 ")).isEqualTo("inner outer body after ");
    }

    @Test
    void sufficientPointsEndTheList() {
        assertThat(sites("probe nosuch ?, begin(3) !, begin(4) { exit() }")).containsExactly("begin(3)");
        assertThat(sites("probe kernel.trace(\"nosuch\") !, begin { exit() }")).containsExactly("begin");
    }

    @Test
    void tracepointsByPatternAndSystem() {
        assertThat(sites("probe kernel.trace(\"netif_receive_skb*\") { exit() }"))
                .contains("kernel.trace(\"netif_receive_skb*\") -> kernel.trace(\"netif_receive_skb\")").hasSizeGreaterThan(2);
        assertThat(sites("probe kernel.trace(\"sched:*_switch\") { exit() }"))
                .containsExactly("kernel.trace(\"sched:*_switch\") -> kernel.trace(\"sched_switch\")");
    }

    @Test
    void exportedFunctionsOnly() {
        assertThat(sites("probe kernel.function(\"*@net/socket.c\").exported { exit() }"))
                .containsExactly("kernel.function(\"*@net/socket.c\").exported -> "
                        + "kernel.function(\"sock_sendmsg@net/socket.c\").exported");
    }

    @Test
    void timersInNanoseconds() {
        assertThat(Scripts.program("probe timer.ms(5).randomize(2), timer.hz(100), timer.jiffies(2) { exit() }").handlers())
                .extracting(handler -> handler.sites().getFirst()).containsExactly(
                        new ProbeSite.Timer("timer.ms(5).randomize(2)", 5_000_000, 2_000_000),
                        new ProbeSite.Timer("timer.hz(100)", 10_000_000, 0),
                        new ProbeSite.Timer("timer.jiffies(2)", 8_000_000, 0));
    }

    @Test
    void conditionsOfAliasAndProbeMustBothHold() {
        assertThat(Scripts.program("global a, b\nprobe my = begin if (a) { }\nprobe my if (b) { exit() }").handlers().getFirst()
                .condition()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kernel.trace("kfree_skbb")                | 1:14 | similar: kfree_skb
            kernel.trace("nosuch:*")                  | 1:14 | no tracepoint
            kernel.fuction("x")                       | 1:14 | similar: function
            kernel.function("tcp_sendmsgg")           | 1:14 | similar: tcp_sendmsg
            kernel.function("tcp_sendmsg").inline     | 1:38 | debuginfo
            kernel.function("x@net/socket.c:10")      | 1:14 | debuginfo
            kernel.function("tcp_sendmsg").retrun     | 1:38 | similar: return
            kernel.function("tcp_sendmsg").callees(2) | 1:38 | debuginfo
            kernel.statement("x@a.c:5")               | 1:14 | debuginfo
            kernel.statement(0x10).absolute           | 1:14 | no address of the kernel
            kernel.statement(-1)                      | 1:14 | debuginfo
            kernel.statement(-1).absolut              | 1:28 | similar: absolute
            kernel.data("jiffie").write               | 1:14 | similar: jiffies
            kernel.data("jiffies")                    | 1:14 | needs 'write' or 'rw'
            kernel.data("jiffies").wr                 | 1:30 | similar: rw
            kernel.data(0x10).rw                      | 1:14 | no address of the kernel
            kernel.data(-8).length(3).rw              | 1:23 | 1, 2, 4 or 8 bytes
            kernel.data(-7).length(2).rw              | 1:14 | multiple of 2
            timer.s(0)                                | 1:13 | from 1 to
            timer.ms(5).randomize(6)                  | 1:19 | from 0 to the period
            process("ls").plt("getopt_lon")           | 1:21 | similar: getopt_long
            process("ls").plt.retrun                  | 1:25 | similar: return
            process("nosuch/program").function("f")   | 1:7  | there is no file
            process(0).begin                          | 1:7  | a process id
            process("ls").function("f@ls.c")          | 1:21 | debuginfo
            perf.type(1).konfig(0)                    | 1:20 | similar: config
            perf.type(1).config(0).counter("x y")     | 1:30 | letters, digits and underscores
            perf.type(1).config(0).conter("x")        | 1:30 | similar: counter
            timer.profile.often                       | 1:21 | probe point mismatch
            timer.sek(5)                              | 1:13 | similar: sec
            begin("x")                                | 1:7  | needs a number
            never.more                                | 1:13 | nothing can follow
            beginn                                    | 1:7  | similar: begin
            """)
    void refusedByNameAndPlace(String point, String place, String words) {
        assertThat(Scripts.errors("probe " + point + " { exit() }")).singleElement().asString().startsWith(place + " ")
                .contains(words);
    }

    @Test
    void memoryIsWatchedByNameOrAddress() {
        List<ProbeSite> sites = new ArrayList<>();
        for (Handler handler : Scripts.program("probe kernel.data(\"jiffies\").write, kernel.data(0xffffffff82000010).length(8).rw,"
                + " kernel.statement(0xffffffff81000010).absolute { exit() }").handlers()) {
            sites.addAll(handler.sites());
        }
        assertThat(sites).containsExactly(
                new ProbeSite.Watchpoint("kernel.data(\"jiffies\").write", 0xffffffff82000000L, 1, false),
                new ProbeSite.Watchpoint("kernel.data(0xffffffff82000010).length(8).rw", 0xffffffff82000010L, 8, true),
                new ProbeSite.Statement("kernel.statement(0xffffffff81000010).absolute", 0xffffffff81000010L));
    }

    @Test
    void allocatorsAreFoundUnderTheNamesThatScriptsKnow() {
        assertThat(sites("probe kernel.function(\"__kmalloc\").return { exit() }")).singleElement()
                .isEqualTo("kernel.function(\"__kmalloc\").return -> kernel.function(\"__kmalloc_noprof\").return");
        assertThat(Scripts.errors("probe kernel.function(\"__kmallo?\") { exit() }")).hasSize(1);
    }

    @Test
    void standardInputIsAFileOfItsOwn() {
        assertThat(sites("probe input.char { print(char) } probe input.line { print(line) }")).containsExactly(
                "input.char -> procfs(\"__stdin\").write", "input.line -> procfs(\"__stdin_line\").write");
    }

    @Test
    void hooksOfSecurityModulesAreTheFunctionsThatAskThem() {
        assertThat(sites("probe lsm.file_open { println(file) } probe kernel.lsm(\"socket_c*\").return { println($return) }"))
                .containsExactly("lsm.file_open -> kernel.function(\"security_file_open\")",
                        "kernel.lsm(\"socket_c*\").return -> kernel.function(\"security_socket_connect\").return",
                        "kernel.lsm(\"socket_c*\").return -> kernel.function(\"security_socket_create\").return");
        assertThat(Scripts.errors("probe kernel.lsm(\"file_opn\") { exit() }")).singleElement().asString().startsWith("1:14 ")
                .contains("similar: file_open");
    }

    @Test
    void recursionOfAliases() {
        assertThat(Scripts.errors("probe a = b { }\nprobe b = a { }\nprobe a { exit() }")).singleElement().asString()
                .isEqualTo("1:11 while resolving probe point: recursive loop in alias expansion of b");
    }

    @Test
    void aliasesNestedTooDeepEndInAnError() {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            script.append("probe a").append(i).append(" = a").append(i + 1).append(" { }\n");
        }
        assertThat(Scripts.errors(script + "probe a0 { exit() }")).singleElement().asString().contains("levels deep");
    }

    @Test
    void aFunctionOfTwoPlacesHasTwoSites() {
        assertThat(new FixtureKernel().functions("", "tcp_close", "")).hasSize(1);
        assertThat(sites("probe kernel.function(\"tcp_clos*\"), kernel.function(\"tcp_close\") { exit() }")).hasSize(2);
    }
}
