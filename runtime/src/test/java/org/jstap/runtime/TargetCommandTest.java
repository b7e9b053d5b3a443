package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetCommandTest {
    private final CountDownLatch ended = new CountDownLatch(1);

    private TargetCommand run(String command) throws Exception {
        TargetCommand target = TargetCommand.prepare(command, ended::countDown);
        target.start(TargetCommandTest::resume);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        return target;
    }

    private static void resume(int pid) throws IOException {
        new ProcessBuilder("kill", "-CONT", Integer.toString(pid)).start();
    }

    @Test
    void theCommandRunsOnlyWhenStartedAndUnderThePidKnownBefore(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pid");
        TargetCommand target = TargetCommand.prepare("sh -c 'echo $$ >" + file + "'", ended::countDown);
        assertThat(file).doesNotExist();
        assertThat(target.hasEnded()).isFalse();
        target.start(TargetCommandTest::resume);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(file).strip()).isEqualTo(Integer.toString(target.pid()));
        assertThat(target.complaint()).isEmpty();
    }

    @Test
    void quotesAndSeveralCommandsWorkAsInAShell(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("text");
        run("cd '" + directory + "'; echo \"two  words\" >text && true");
        assertThat(Files.readString(file)).isEqualTo("two  words\n");
    }

    @Test
    void failureIsTold() throws Exception {
        assertThat(run("sh -c 'exit 3'").complaint()).isEqualTo("Child process exited with status 3");
    }

    @Test
    void aSignalIsTold() throws Exception {
        assertThat(run("sh -c 'kill -9 $$'").complaint()).isEqualTo("Child process exited with signal 9");
    }
}
