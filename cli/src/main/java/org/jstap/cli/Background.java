package org.jstap.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.Processes;
import org.jstap.runtime.Strftime;

/**
 * {@code -F}, in two processes. The first starts the same command again and waits until its probes are in place; what is said until
 * then, it says. The other one goes on when the first has ended, belongs to no terminal, and has a file for its messages.
 */
final class Background implements Runnable {
    /** Tells a process that it is the second one: the id of the first and the name of the file for messages. */
    private static final String VARIABLE = "JSTAP_BACKGROUND";
    private static final String STARTED = "started";
    private static final String MESSAGES = ".err";

    private final Path messages;

    private Background(Path messages) {
        this.messages = messages;
    }

    /** What the second process has to do; empty in the first. */
    static Optional<Background> here() {
        String value = System.getenv(VARIABLE);
        // What it starts itself has the variable too, but another parent.
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        if (value == null || parent.isEmpty() || !value.startsWith(parent.get().pid() + ":")) {
            return Optional.empty();
        }
        return Optional.of(new Background(Path.of(value.substring(value.indexOf(':') + 1))));
    }

    /**
     * Starts the second process.
     *
     * @param output    the name of the script's output, as the user has it
     * @param readsHere whether the script comes on standard input
     * @return the exit status of the first one
     */
    static int start(String output, boolean readsHere, PrintStream out, PrintStream err) {
        Path messages = Path.of(Strftime.format(output, ZonedDateTime.now()) + MESSAGES).toAbsolutePath();
        try {
            Files.write(messages, new byte[0]);
            ProcessBuilder builder = new ProcessBuilder(thisCommand()).redirectError(ProcessBuilder.Redirect.appendTo(messages.toFile()))
                    .redirectInput(readsHere ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.environment().put(VARIABLE, ProcessHandle.current().pid() + ":" + messages);
            Process process = builder.start();
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                boolean started = STARTED.equals(reader.readLine());
                int status = started ? CommandLine.SUCCESS : process.waitFor();
                tell(messages, started, err);
                if (started) {
                    out.println(process.pid());
                }
                return status;
            }
        } catch (IOException e) {
            err.println("jstap: -F: cannot go on in the background: " + e.getMessage());
            return CommandLine.FAILURE;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the kernel keeps it: the JVM with its options, the class, the words. */
    private static List<String> thisCommand() throws IOException {
        List<String> words = new ArrayList<>();
        String all = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int end = all.indexOf('\0'); end >= 0; end = all.indexOf('\0', from)) {
            words.add(new String(all.substring(from, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            from = end + 1;
        }
        words.set(0, Path.of("/proc/self/exe").toRealPath().toString());
        return words;
    }

    private static void tell(Path messages, boolean goesOn, PrintStream err) throws IOException {
        if (Files.exists(messages)) {
            err.print(Files.readString(messages, StandardCharsets.ISO_8859_1));
            if (goesOn) {
                Files.write(messages, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            } else {
                Files.delete(messages);
            }
        }
    }

    /** In the second process, when the probes are in place: the first one may end, and the terminal may go. */
    @Override
    public void run() {
        System.out.println(STARTED);
        Processes.leaveTerminal(new LinuxSystemCalls());
    }

    /** At the end of the second process: a file without messages goes. {@code err} is that file. */
    void end(PrintStream err) {
        try {
            if (Files.exists(messages) && Files.size(messages) == 0) {
                Files.delete(messages);
            }
        } catch (IOException e) {
            err.println("jstap: -F: the file for messages cannot be removed: " + e.getMessage());
        }
    }
}
