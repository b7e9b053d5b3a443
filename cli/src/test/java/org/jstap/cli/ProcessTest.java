package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/** What only a process of its own can show: signals, pipes, exit statuses. */
class ProcessTest {
    private static final String SCRIPT = "probe begin { println(\"begin\") } probe timer.ms(5) { println(\"turn\") } probe end { println(\"end\") }";

    private Process process;

    private BufferedReader start(String script) throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "org.jstap.cli.Main", "-e", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new BufferedReader(new InputStreamReader(process.getInputStream()));
    }

    @AfterEach
    void endProcess() {
        process.destroyForcibly();
    }

    private int status() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aSignalEndsTheScriptAsExitDoes(String signal) throws Exception {
        BufferedReader out = start(SCRIPT);
        assertThat(out.readLine()).as("output is seen while the script runs").isEqualTo("begin");
        assertThat(out.readLine()).isEqualTo("turn");
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        String last = "";
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            last = line;
        }
        assertThat(last).isEqualTo("end");
        assertThat(status()).isZero();
    }

    @Test
    void aReaderThatGoesAwayEndsTheScriptQuietly() throws Exception {
        BufferedReader out = start(SCRIPT);
        assertThat(out.readLine()).isEqualTo("begin");
        out.close();
        assertThat(status()).isZero();
    }
}
