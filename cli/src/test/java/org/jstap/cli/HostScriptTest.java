package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole calls for scripts whose handlers all run on the JVM: no privilege, no kernel. */
class HostScriptTest {
    @TempDir
    Path directory;

    /** The output goes to a file, since that of a script belongs to the process and not to the call. */
    private String output(int status, String script, String... options) throws IOException {
        Path file = directory.resolve("out");
        String[] words = new String[options.length + 4];
        words[0] = "-o";
        words[1] = file.toString();
        words[2] = "-e";
        words[3] = script;
        System.arraycopy(options, 0, words, 4, options.length);
        Call call = Call.of(words);
        assertThat(call.status()).as(call.err()).isEqualTo(status);
        assertThat(call.out()).isEmpty();
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void beginTimersAndEndComeInTheirOrder() throws IOException {
        assertThat(output(0, """
                global n
                probe begin(1) { println("second") }
                probe begin { println("first") }
                probe timer.ms(1) { n++; if (n == 3) exit() }
                probe end { println("turns ", n) }
                """)).isEqualTo("first\nsecond\nturns 3\n");
    }

    @Test
    void exitLetsTheOtherBeginProbesAndTheEndProbesRun() throws IOException {
        assertThat(output(0, "probe begin { exit(); println(1) } probe begin { println(2) } probe end { println(3) }"))
                .isEqualTo("1\n2\n3\n");
    }

    @Test
    void argumentsReachTheScript() throws IOException {
        assertThat(output(0, "probe begin { println($#, \" \", $1 + 1, \" \", @2); exit() }", "41", "b c")).isEqualTo("2 42 b c\n");
    }

    @Test
    void globalsCanBeGivenTheirFirstValue() throws IOException {
        assertThat(output(0, "global a = 1, s = \"x\" probe begin { println(a, s); exit() }", "-G", "a=7", "-G", "s=yes"))
                .isEqualTo("7yes\n");
    }

    @Test
    void limitsCanBeSet() throws IOException {
        assertThat(output(0, "probe begin { println(\"abcdef\" . \"ghijkl\"); exit() }", "-D", "MAXSTRINGLEN=9")).isEqualTo("abcdefgh\n");
    }

    @Test
    void theScriptEndsAfterItsTime() throws IOException {
        assertThat(output(0, "probe begin { println(\"begin\") } probe end { println(\"end\") }", "-T", "1")).isEqualTo("begin\nend\n");
    }

    @Test
    void theScriptEndsWithItsCommandWhosePidIsTheTarget() throws IOException {
        Path pid = directory.resolve("pid");
        String out = output(0, "probe begin { println(target()) } probe end { println(\"end\") }", "-c", "sh -c 'echo $$ >" + pid + "'");
        assertThat(out).isEqualTo(Files.readString(pid) + "end\n");
    }

    @Test
    void aCommandThatFailsFailsTheRun() {
        Call call = Call.of("-e", "probe end { println(\"end\") }", "-c", "sh -c 'exit 7'");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.err()).isEqualTo("WARNING: Child process exited with status 7\nPass 5: run failed.\n");
    }

    @Test
    void aTargetThatIsNotThereIsRefused() {
        Call call = Call.of("-x", "2147483647", "-e", "probe begin { exit() }");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.err()).isEqualTo("jstap: -x: there is no process 2147483647\n");
    }

    @Test
    void aRunTimeErrorIsToldWithItsPlaceAndFailsTheRun() {
        Call call = Call.of("-e", "probe begin { error(\"broken\") } probe end { println(\"never\") }");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.err()).isEqualTo("""
                ERROR: broken near identifier 'error' at <input>:1:15 in probe begin
                WARNING: Number of errors: 1, skipped probes: 0
                Pass 5: run failed.
                """);
    }

    @Test
    void suppressedErrorsAreOnlyCounted() throws IOException {
        assertThat(output(0, "probe begin { error(\"x\") } probe begin(1) { println(\"on\"); exit() }", "--suppress-handler-errors"))
                .isEqualTo("on\n");
    }

    @Test
    void whatNobodyReadsIsShownAtTheEndUnlessUnwanted() throws IOException {
        String script = "global n probe begin { n = 5; exit() }";
        assertThat(output(0, script)).isEqualTo("n=5\n");
        assertThat(output(0, script, "--no-global-var-display")).isEmpty();
    }

    @Test
    void anOutputFileThatCannotBeMadeIsAnError() {
        Call call = Call.of("-o", directory.resolve("no/such/file").toString(), "-e", "probe begin { exit() }");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.err()).startsWith("ERROR: output file ").contains("No such file or directory");
    }

    @Test
    void libraryDirectoriesAreUsed() throws IOException {
        Path library = Files.createDirectories(directory.resolve("lib/below"));
        Files.writeString(library.resolve("mine.stp"), "function twice(n) { return 2 * n }\n");
        assertThat(output(0, "probe begin { println(twice(21)); exit() }", "-I", directory.resolve("lib").toString())).isEqualTo("42\n");
        Call call = Call.of("-I", directory.resolve("none").toString(), "-e", "probe begin { exit() }");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.err()).contains("Tapset directory '").contains("does not exist.");
    }
}
