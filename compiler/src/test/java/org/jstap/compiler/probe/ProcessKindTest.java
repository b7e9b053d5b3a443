package org.jstap.compiler.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.program.Handler;
import org.jstap.compiler.program.ProbeSite;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessKindTest {
    private static final Path LIBRARY = Path.of("/lib/x86_64-linux-gnu/libc.so.6");

    @BeforeEach
    void needsALibrary() {
        Assumptions.assumeTrue(Files.exists(LIBRARY), "skipped: no C library at " + LIBRARY);
    }

    private static List<ProbeSite> sites(String point) {
        List<ProbeSite> sites = new ArrayList<>();
        for (Handler handler : Scripts.program("probe " + point + " { exit() }").handlers()) {
            sites.addAll(handler.sites());
        }
        return sites;
    }

    @Test
    void functionsLieInsideTheFile() throws IOException {
        try (UserProgram library = UserProgram.open(LIBRARY)) {
            List<UserProgram.Function> exits = library.functions("exit");
            assertThat(exits).singleElement().satisfies(exit -> assertThat(exit.offset()).isBetween(1L, Files.size(LIBRARY)));
            assertThat(library.functions("nosuch*")).isEmpty();
            assertThat(library.functions("set*locale")).extracting(UserProgram.Function::name).contains("setlocale");
            assertThat(library.offset(-1)).isEqualTo(-1);
        }
    }

    @Test
    void aPathIsSpelledWithoutLinksAndIsLookedForAsAShellDoes() {
        assertThat(sites("process(\"libc.so.6\").function(\"exit\").call")).singleElement().isInstanceOfSatisfying(
                ProbeSite.UserCode.class, code -> {
                    assertThat(code.path()).startsWith("/").endsWith("libc.so.6");
                    assertThat(code.text()).isEqualTo("process(\"" + code.path() + "\").function(\"exit\").call");
                    assertThat(code.name()).isEqualTo("exit");
                    assertThat(code.isReturn()).isFalse();
                    assertThat(code.pid()).isEqualTo(-1);
                });
    }

    @Test
    void aProcessLimitsTheCode() {
        long self = ProcessHandle.current().pid();
        assertThat(sites("process(" + self + ").library(\"libc.so.6\").function(\"exit\").return")).singleElement()
                .isInstanceOfSatisfying(ProbeSite.UserCode.class, code -> {
                    assertThat(code.pid()).isEqualTo((int) self);
                    assertThat(code.isReturn()).isTrue();
                });
    }

    @Test
    void parametersNeedDebuginfo() {
        assertThat(Scripts.errors("probe process(\"libc.so.6\").function(\"exit\") { println($status) }")).singleElement().asString()
                .contains("debuginfo").contains("ulong_arg");
    }

    @Test
    void nearNamesOfFunctionsThatThereAreNot() {
        assertThat(Scripts.errors("probe process(\"libc.so.6\").function(\"setlocal\") { exit() }")).singleElement().asString()
                .contains("similar: ").contains("setlocale");
    }

    @Test
    void callsOfOtherFilesFunctionsAreOneHandler() {
        List<Handler> handlers = Scripts.program("probe process(\"ls\").plt(\"str*\").return { println($$name) }").handlers();
        assertThat(handlers).singleElement().satisfies(handler -> assertThat(handler.sites()).hasSizeGreaterThan(1)
                .allSatisfy(site -> assertThat(site).isInstanceOfSatisfying(ProbeSite.UserCode.class, code -> {
                    assertThat(code.text()).endsWith(".plt(\"" + code.name() + "\").return");
                    assertThat(code.name()).startsWith("str");
                    assertThat(code.offset()).isPositive();
                    assertThat(code.isReturn()).isTrue();
                })));
    }

    @Test
    void withoutAPathTheProgramOfTheCommandIsMeant() {
        AnalysisOptions options = new AnalysisOptions(false, Map.of(), false, Optional.of("ls"));
        List<ProbeSite> sites = new ArrayList<>();
        for (Handler handler : Scripts.analyse("probe process.plt(\"strlen\"), process.library(\"libc.so*\").function(\"exit\") { exit() }",
                new FixtureKernel(), options).program().orElseThrow().handlers()) {
            sites.addAll(handler.sites());
        }
        assertThat(sites).extracting(ProbeSite::text).satisfiesExactlyInAnyOrder(
                plt -> assertThat(plt).matches("process\\(\"/.*/ls\"\\)\\.plt\\(\"strlen\"\\)"),
                library -> assertThat(library).matches("process\\(\"/.*/ls\"\\)\\.library\\(\"/.*/libc\\.so\\.6\"\\)\\.function\\(\"exit\"\\)"));
        assertThat(Scripts.errors("probe process.plt { exit() }")).singleElement().asString().contains("needs the path of a program");
    }

    @Test
    void aPatternForLibrariesMeansThoseThatTheProgramIsLinkedWith() {
        assertThat(Scripts.errors("probe process(\"ls\").library(\"libnosuch*\").function(\"exit\") { exit() }")).singleElement()
                .asString().contains("no library that /").contains("is linked with matches 'libnosuch*'");
        assertThat(sites("process(\"ls\").library(\"*\").function(\"exit\")")).singleElement().isInstanceOfSatisfying(
                ProbeSite.UserCode.class, code -> assertThat(code.path()).contains("libc.so"));
    }

    @Test
    void countersHaveTheirDefaults() {
        assertThat(sites("timer.profile, perf.sw.page_faults.sample(10), perf.hw.instructions, timer.profile.freq.hz(99)"))
                .containsExactly(new ProbeSite.PerfCounter("perf.type(1).config(0).sample(1000000)", 1, 0, 1_000_000, false),
                        new ProbeSite.PerfCounter("perf.type(1).config(2).sample(10)", 1, 2, 10, false),
                        new ProbeSite.PerfCounter("perf.type(0).config(1)", 0, 1, 1_000_000, false),
                        new ProbeSite.PerfCounter("perf.type(1).config(0).hz(99)", 1, 0, 99, true));
    }

    @Test
    void guardsCompareTheLastPartsOfAPath() {
        assertThat(ProcessGuards.program(Path.of("/usr/bin/true")))
                .isEqualTo("__runs_program(\"true\", 5, \"bin\", 4, \"usr\", 4)");
        assertThat(ProcessGuards.program(Path.of("/a\"b"))).isEqualTo("__runs_program(\"a\\\"b\", 4, \"\", 1, \"\", 1)");
        assertThat(Optional.of(Snippets.unless(ProcessGuards.target()))).isPresent();
    }
}
