package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that is closed, full, or read no further: it ends the script or is given up, and what is lost is counted. */
class ReadersLiveTest {
    /** More than a pipe and a terminal hold. */
    private static final String MUCH = "for (i = 0; i < 1000; i++) printf(\"%500s\\n\", \"x\")";
    private static final String COUNTS = "probe kernel.trace(\"sched_switch\") { n++ } global n ";
    private static final long DEADLINE_SECONDS = 60;

    @TempDir
    private Path directory;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
    }

    /** Whoever reads the terminal, script(1), stops: nobody reads what that prints. */
    @ParameterizedTest
    @CsvSource({"TERM, 2>err", "TERM, ''", "-T 1, 2>err", "-c until_begun, 2>err"})
    void aTerminalThatIsStopped(String end, String errors) throws Exception {
        Requirements.command("script");
        endsBy(end, errors, List.of("script", "-qec", "sh run.sh", "/dev/null"));
    }

    /** @param around what runs the shell and hands on what that prints, of which nobody reads anything */
    private void endsBy(String end, String errors, List<String> around) throws Exception {
        String script = COUNTS + "probe timer.ms(1) { system(\"touch begun\"); " + MUCH + " }"
                + "probe end { system(\"touch ended\"); println(n) }";
        List<String> words = new ArrayList<>(List.of("-DMAXACTION=1000000", "-e", script));
        if (!end.equals("TERM")) {
            words.addAll(List.of(end.replace("until_begun", "until [ -e begun ]; do sleep 0.05; done").split(" ", 2)));
        }
        Files.writeString(directory.resolve("run.sh"), """
                sh -c 'echo $$ >pid; exec "$@"' sh %s %s
                echo $? >status.new; mv status.new status
                """.formatted(quoted(JstapProcess.words(List.of(), words.toArray(new String[0]))), errors));
        Process process = new ProcessBuilder(around).directory(directory.toFile()).start();
        try {
            await("begun");
            long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
            Held held = Held.by(pid);
            if (end.equals("TERM")) {
                assertThat(new ProcessBuilder("kill", "-TERM", Long.toString(pid)).start().waitFor()).isZero();
            }
            await("status");
            assertThat(Files.readString(directory.resolve("status"))).isEqualTo("1\n");
            assertThat(directory.resolve("ended")).exists();
            if (!errors.isEmpty()) {
                assertThat(Files.readString(directory.resolve("err")))
                        .containsPattern("ERROR: output cannot be written: nobody reads it; up to [1-9]\\d+ bytes are lost");
            }
            held.assertGone();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String quoted(List<String> words) {
        StringBuilder all = new StringBuilder();
        for (String word : words) {
            all.append('\'').append(word.replace("'", "'\\''")).append("' ");
        }
        return all.toString();
    }

    private void await(String file) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!Files.exists(directory.resolve(file))) {
            assertThat(System.nanoTime()).as("'%s' in time", file).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void aPipeThatNobodyReads() throws Exception {
        endsBy("TERM", "2>err", List.of("sh", "run.sh"));
    }

    /** In the begin probe, while events come, and in the end probe. */
    @ParameterizedTest
    @ValueSource(strings = {
        "probe begin { MUCH } probe timer.ms(1) { println(\"x\") }",
        "probe timer.ms(1), kernel.trace(\"sched_switch\") { println(\"x\") }",
        "probe begin { exit() } probe end { MUCH }"})
    void aReaderThatHasGoneIsNoFailure(String phase) throws Exception {
        String script = phase.replace("MUCH", MUCH) + " probe end { system(\"echo end >&2\") }";
        try (JstapProcess jstap = JstapProcess.startAs(List.of("sh", "-c", "\"$@\" | :", "sh"), "-DMAXACTION=1000000", "-e", script)) {
            assertThat(jstap.await()).isEqualTo(new JstapProcess.Ended(0, "", "end\n"));
        }
    }

    @ParameterizedTest
    @CsvSource({">&-, Bad file descriptor", ">/dev/full, No space left on device"})
    void outputThatWasNeverOpenIsTold(String redirection, String problem) throws Exception {
        for (String phase : List.of("probe begin { MUCH } probe timer.ms(1) { println(\"x\") }", "probe kernel.trace(\"sched_switch\") { println(1) }",
                "probe begin { exit() } probe end { MUCH }")) {
            try (JstapProcess jstap = JstapProcess.startAs(List.of("sh", "-c", "exec \"$@\" " + redirection, "sh"), "-DMAXACTION=1000000",
                    "-e", phase.replace("MUCH", MUCH))) {
                JstapProcess.Ended ended = jstap.await();
                assertThat(ended.err()).containsPattern("ERROR: output cannot be written: " + problem + "; up to [1-9]\\d* bytes are lost");
                assertThat(ended.status()).isEqualTo(1);
            }
        }
    }

    @Test
    void aFileOnAFullDiskIsTold() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-o", "/dev/full", "-e", COUNTS + "probe timer.ms(1) { println(n) }")) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).contains("ERROR: output cannot be written: No space left on device; up to ");
            assertThat(ended.status()).isEqualTo(1);
        }
    }

    /** SIGSTOP: what happens meanwhile is counted in the kernel, and printed or counted as lost. */
    @Test
    void aStoppedJstapCountsOn() throws Exception {
        Requirements.command("dd");
        long events = 200_000;
        String script = "global n probe kernel.trace(\"sys_enter\") { if (execname() == \"dd\" && $id == "
                + (System.getProperty("os.arch").equals("aarch64") ? 64 : 1)
                + ") { n++; println(\"line\") } } probe timer.ms(1) { turns++ } global turns probe end { println(n) }";
        try (JstapProcess jstap = JstapProcess.start("-s", "1", "-DSTP_NO_OVERLOAD", "--no-global-var-display", "-e", script, "-c",
                "sh -c 'kill -STOP $PPID; dd if=/dev/zero of=/dev/null bs=1 status=none count=" + events + "; kill -CONT $PPID'")) {
            JstapProcess.Ended ended = jstap.await();
            List<String> lines = ended.out().lines().toList();
            assertThat(lines.getLast()).isEqualTo(Long.toString(events));
            Matcher lost = Pattern.compile("(\\d+) records lost").matcher(ended.err());
            assertThat(lines.size() - 1 + (lost.find() ? Long.parseLong(lost.group(1)) : 0)).isEqualTo(events);
            assertThat(ended.status()).isZero();
        }
    }
}
