package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running jstap with the class path of the tests. Ends with the test, whatever happens. */
final class JstapProcess implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 120;

    private final Process process;
    private final Reader out;
    private final Reader err;

    private JstapProcess(List<String> words, ProcessBuilder.Redirect input) throws IOException {
        process = new ProcessBuilder(words).redirectInput(input).start();
        out = new Reader(process.getInputStream());
        err = new Reader(process.getErrorStream());
        out.start();
        err.start();
    }

    static JstapProcess start(String... words) throws IOException {
        return startAs(List.of(), words);
    }

    /** @param prefix a command that runs the command that follows it */
    static JstapProcess startAs(List<String> prefix, String... words) throws IOException {
        return new JstapProcess(words(prefix, words), ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    /** Starts one, by a shell, that waits for {@link #type}. */
    static JstapProcess startWithInput(String command, String... words) throws IOException {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", command, "sh"));
        shell.addAll(words(List.of(), words));
        return new JstapProcess(shell, ProcessBuilder.Redirect.PIPE);
    }

    /** Writes to its standard input. */
    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().flush();
    }

    /** A command that runs jstap. */
    static List<String> words(List<String> prefix, String... words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xms48m", "-Xmn16m",
                "-XX:TieredStopAtLevel=1", "-Xss8m", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), "org.jstap.cli.Main"));
        all.addAll(List.of(words));
        return all;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until standard output holds a text. */
    void awaitOutput(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!out.text().contains(text)) {
            assertThat(process.isAlive()).as("runs until it prints '%s'; standard output: %s; standard error: %s", text, out.text(),
                    err.text()).isTrue();
            assertThat(System.nanoTime()).as("'%s' in time", text).isLessThan(deadline);
            out.awaitMore();
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor()).isZero();
    }

    /** Waits for its end. */
    Ended await() throws InterruptedException {
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as("ends in time; standard output: %s; standard error: %s",
                out.text(), err.text()).isTrue();
        out.join();
        err.join();
        return new Ended(process.exitValue(), out.text(), err.text());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What is left of it. */
    record Ended(int status, String out, String err) { }

    private static final class Reader extends Thread {
        private final InputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Reader(InputStream in) {
            this.in = in;
            setDaemon(true);
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    synchronized (this) {
                        bytes.write(buffer, 0, count);
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }

        /** Returns when there is more, or after a while, so that the caller can look whether the process still runs. */
        synchronized void awaitMore() {
            try {
                wait(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
