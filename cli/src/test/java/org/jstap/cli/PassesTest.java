package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stops a script before it runs, and what is told on the way. */
class PassesTest {
    private static final String SCRIPT = "global n\nprobe timer.s(5) { n[pid()] <<< 1; println(@count(n[1])) }\n";

    @TempDir
    Path directory;

    private String file(String text) throws IOException {
        Path path = directory.resolve("script.stp");
        Files.writeString(path, text);
        return path.toString();
    }

    @Test
    void eachPassCanBeTheLastAndPrintsItsResult() throws IOException {
        String script = file(SCRIPT);
        assertThat(success("-p1", script).out()).contains("# parsed file " + script).contains("n[pid()] <<< 1;");
        assertThat(success("-p2", script).out()).contains("# globals\n").contains("n:stats [long]").contains("timer.s(5)");
        assertThat(success("-p3", script).out()).contains("timer.s(5)").contains("n[t0] <<< 1");
        success("-p4", script);
    }

    private static Call success(String... words) {
        Call call = Call.of(words);
        assertThat(call.status()).as(call.err()).isZero();
        assertThat(call.err()).isEmpty();
        return call;
    }

    @Test
    void verbosityTellsThePassesAndTheirTimes() throws IOException {
        Call call = Call.of("-v", "-k", "-p4", file(SCRIPT));
        assertThat(call.err()).contains("Option -k has no effect: ").containsPattern("Pass 1: parsed user script.* in \\d+usr/\\d+sys/\\d+real ms\\.\n")
                .contains("Pass 2: analyzed script: 1 probe, 0 functions, 1 global in ").contains("Pass 3: ").contains("Pass 4: ");
        assertThat(Call.of("--vp", "01", "-p4", file(SCRIPT)).err()).startsWith("Pass 2: ").hasLineCount(1);
    }

    @Test
    void aParseErrorShowsThePlace() throws IOException {
        String script = file("probe begin {\n  x = }\n");
        Call call = failure("Pass 1: parse failed.\n", script);
        assertThat(call.err()).contains("parse error: ").contains(script + ":2:7").contains("source:   x = }\n");
    }

    @Test
    void aTypeErrorShowsBothPlaces() throws IOException {
        Call call = failure("Pass 2: analysis failed.\n", file("probe begin {\n  x = 1\n  println(x . \"a\")\n  exit()\n}\n"));
        assertThat(call.err()).contains("semantic error: type mismatch").contains("script.stp:3:").contains("script.stp:2:");
    }

    @Test
    void colourMarksErrors() throws IOException {
        assertThat(Call.of("--color=always", "-p1", file("probe begin { x = }")).err()).startsWith("\u001b[1;31mparse error:\u001b[m ");
        assertThat(Call.of("--color=never", "-p1", file("probe begin { x = }")).err()).doesNotContain("\u001b");
    }

    @Test
    void whatCannotBeReadSaysWhy() throws IOException {
        assertThat(failure("", directory.resolve("none.stp").toString()).err()).contains("none.stp' cannot be read: No such file or directory.");
        assertThat(failure("", directory.toString()).err()).contains("' is a directory; give a script in it.");
        assertThat(failure("Pass 1: parse failed.\n", file("")).err()).contains("script.stp' is empty").contains("script.stp:1:1");
        assertThat(failure("", file("# only a comment\n")).err()).contains("is empty");
        assertThat(failure("Pass 2: analysis failed.\n", file("probe a = begin { }")).err()).contains("no probes found").contains("script.stp:1:1");
        assertThat(failure("").err()).contains("a script must be given");
    }

    private static Call failure(String last, String... words) {
        Call call = Call.of(words);
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).endsWith(last).doesNotContain("\tat ").doesNotContain("Exception");
        return call;
    }

    @Test
    void standardInputIsAScript() {
        assertThat(Call.with("probe begin { println(\"from input\") }", "-p1", "-").out()).contains("from input");
    }

    @Test
    void warningsCanBeHiddenOrMadeErrors() throws IOException {
        String script = file("probe begin { x = 1; exit() }");
        assertThat(Call.of("-p2", script).err()).startsWith("WARNING: ").contains("'x'");
        assertThat(Call.of("-p2", "-w", script).err()).isEmpty();
        Call strict = Call.of("-p2", "-W", script);
        assertThat(strict.status()).isEqualTo(1);
        assertThat(strict.err()).endsWith("Pass 2: analysis failed.\n");
    }

    @Test
    void anUnknownLimitIsNamedWithANearOne() throws IOException {
        assertThat(Call.of("-DMAXACTON=5", "-p1", file(SCRIPT)).err())
                .isEqualTo("WARNING: option '-D MAXACTON' has no effect: there is no such limit; did you mean 'MAXACTION'?\n");
    }

    @Test
    void listingsSucceedWhereSomethingMatches() {
        Call call = Call.of("-l", "begin");
        assertThat(call.status()).isZero();
        assertThat(call.out()).isEqualTo("begin\n");
        Call none = Call.of("-l", "no.such.probe");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.out() + none.err()).isEmpty();
        assertThat(Call.of("-v", "-l", "no.such.probe").err()).contains("no.such.probe");
    }

    @Test
    void dumpsNameWhatThereIs() {
        assertThat(Call.of("--dump-probe-types").out().lines()).contains("begin", "kernel.trace(string)", "timer.ms(number)");
        assertThat(Call.of("--dump-probe-aliases").out().lines()).contains("netdev.transmit");
        assertThat(Call.of("--dump-functions").out().lines()).anyMatch(line -> line.startsWith("thread_indent:string ("));
    }
}
