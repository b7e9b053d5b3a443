package org.jstap.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * The command of {@code -c}. Its process exists before any probe is attached, so that its pid is known, and has stopped itself before
 * events count; it starts when all probes are in place.
 */
public final class TargetCommand {
    private static final String SHELL = "/bin/sh";
    /** Characters outside of quotes by which a command is more than one simple command, so that the shell must stay. */
    private static final String SHELL_SYNTAX = "|&;<>(){}\n";
    private static final long DEADLINE_NANOS = 10_000_000_000L;
    private static final long POLL_NANOS = 200_000;
    private static final int SIGNAL_STATUS = 128;

    private final Process process;

    private TargetCommand(Process process) {
        this.process = process;
    }

    /**
     * Makes the process, which then stops itself.
     *
     * @param command  as a shell reads it
     * @param onExit   called by another thread when the process has ended
     * @throws IOException if it cannot be made
     */
    public static TargetCommand prepare(String command, Runnable onExit) throws IOException {
        // The shell stops itself under the pid that the command then takes over.
        String script = isSimple(command) ? "kill -STOP $$; eval \"exec $1\"" : "kill -STOP $$; exec " + SHELL + " -c \"$1\"";
        Process process = new ProcessBuilder(SHELL, "-c", script, SHELL, command).inheritIO().start();
        TargetCommand target = new TargetCommand(process);
        process.onExit().thenRun(onExit);
        return target;
    }

    private static boolean isSimple(String command) {
        char quote = '\0';
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != '\0') {
                i += c == '\\' && quote == '"' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '\\') {
                i++;
            } else if (SHELL_SYNTAX.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Waits until the process has stopped itself: only then can it be told to go on.
     *
     * @throws IOException if it does not
     */
    public void awaitStop() throws IOException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (process.isAlive() && state() != 'T') {
            if (System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IOException("the process for the command did not stop itself in time");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The letter of the process's state, see proc(5); {@code 'Z'} when it has gone. */
    private char state() throws IOException {
        Path stat = Path.of("/proc/" + process.pid() + "/stat");
        String line;
        try {
            line = new String(Files.readAllBytes(stat), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            return 'Z';
        }
        int name = line.lastIndexOf(')');
        return name < 0 || name + 2 >= line.length() ? '?' : line.charAt(name + 2);
    }

    public int pid() {
        return (int) process.pid();
    }

    /** Lets the command run, as soon as its process has stopped itself. */
    public void start(Signals signals) throws IOException {
        awaitStop();
        signals.resume(pid());
    }

    /** How a stopped process is told to go on. */
    public interface Signals {
        void resume(int pid) throws IOException;
    }

    /** Ends a process that never started; one that runs is left to itself. */
    void abandon() {
        process.destroyForcibly();
    }

    public boolean hasEnded() {
        return !process.isAlive();
    }

    /** Its exit status, 128 and the signal's number where a signal ended it; absent while it runs. */
    public OptionalInt status() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** What to tell about the end of the command, empty where there is nothing: it runs still, or succeeded. */
    public String complaint() {
        OptionalInt status = status();
        if (status.isEmpty() || status.getAsInt() == 0) {
            return "";
        }
        // Java tells a signal and an exit status above 128 apart no better than the shell does.
        int code = status.getAsInt();
        return code > SIGNAL_STATUS && code <= SIGNAL_STATUS + 64
                ? "Child process exited with signal " + (code - SIGNAL_STATUS)
                : "Child process exited with status " + code;
    }
}
