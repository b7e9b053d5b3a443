package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -F}: the script goes on when the command has ended. */
class BackgroundLiveTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
    }

    @Test
    void itGoesOnInASessionOfItsOwnUntilItIsToldToEnd() throws Exception {
        Path out = directory.resolve("out");
        String script = "global n probe begin { println(\"begin\"); warn(\"before\") } probe kernel.trace(\"sched_switch\") { n++ }"
                + " probe timer.ms(10) { if (n > 0) println(\"seen\") } probe end { warn(\"after\"); println(\"end\") }";
        long pid = 0;
        try (JstapProcess jstap = JstapProcess.start("-F", "-o", out.toString(), "-e", script)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.status()).isZero();
            assertThat(ended.err()).isEqualTo("WARNING: before\n");
            pid = Long.parseLong(ended.out().strip());
            Held held = Held.by(pid);
            assertThat(held.programs()).isNotEmpty();
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            assertThat(stat.substring(stat.lastIndexOf(')')).split(" ")[4]).as("its session").isEqualTo(Long.toString(pid));
            await(out, "seen\n");
            assertThat(new ProcessBuilder("kill", "-TERM", Long.toString(pid)).start().waitFor()).isZero();
            await(out, "end\n");
            await(directory.resolve("out.err"), "WARNING: after\n");
            held.assertGone();
        } finally {
            if (pid > 0) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static void await(Path file, String text) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(file).contains(text)) {
            assertThat(System.nanoTime()).as("'%s' in time", text.strip()).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void whatIsWrongAtTheStartIsTheCommandsToTell() throws Exception {
        Path out = directory.resolve("out");
        try (JstapProcess jstap = JstapProcess.start("-F", "-o", out.toString(), "-e", "probe kernel.trace(\"no_such_point\") { }")) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("no tracepoint of this kernel matches 'no_such_point'", "Pass 2: analysis failed.");
            assertThat(directory.resolve("out.err")).doesNotExist();
        }
    }
}
