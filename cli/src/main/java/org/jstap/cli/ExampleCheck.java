package org.jstap.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jstap.runtime.KernelConfig;
import org.jstap.runtime.LiveKernel;

/**
 * Takes every example script of a directory to pass 4 and its programs through the kernel's verifier, and prints a table of what
 * came of it. What is wrong with one script does not keep the next from being checked.
 */
final class ExampleCheck {
    /** For one script; an emulated machine takes ten times as long as this one. */
    private static final long LIMIT_MILLIS = 120_000;
    private static final long STACK_BYTES = 64L << 20;
    private static final int LONGEST_REASON = 160;

    private final PrintStream out;
    private final int[] totals = new int[Verdict.Kind.values().length];
    private KernelConfig config = new KernelConfig();
    private LiveKernel kernel = new LiveKernel(config);

    ExampleCheck(PrintStream out) {
        this.out = out;
    }

    /**
     * What came of one script.
     *
     * @param reason of one line; empty where all is well
     */
    record Verdict(Kind kind, String reason) {
        enum Kind { OK, REFUSED, FAILED }
    }

    /** @return the exit status: success if no script failed */
    int check(String directory) throws ScriptLoader.UnreadableException {
        for (ExampleScripts.Example example : ExampleScripts.in(directory)) {
            long begin = System.nanoTime();
            Verdict verdict = verdict(example);
            totals[verdict.kind().ordinal()]++;
            long millis = (System.nanoTime() - begin) / 1_000_000;
            out.println(column(example.name()) + word(verdict.kind())
                    + (verdict.reason().isEmpty() ? "" : ": " + verdict.reason()) + "  " + millis + " ms");
            out.flush();
        }
        int ok = totals[Verdict.Kind.OK.ordinal()];
        int refused = totals[Verdict.Kind.REFUSED.ordinal()];
        int failed = totals[Verdict.Kind.FAILED.ordinal()];
        out.println(ok + " ok, " + refused + " refused, " + failed + " failed of " + (ok + refused + failed));
        return failed == 0 ? CommandLine.SUCCESS : CommandLine.FAILURE;
    }

    private static String column(String name) {
        StringBuilder text = new StringBuilder(name);
        while (text.length() < 44) {
            text.append(' ');
        }
        return text.append("  ").toString();
    }

    private static String word(Verdict.Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private Verdict verdict(ExampleScripts.Example example) {
        if (example.words().isEmpty()) {
            return new Verdict(Verdict.Kind.REFUSED, "its check does not start stap");
        }
        Options options;
        try {
            options = example.options();
        } catch (UsageException e) {
            return new Verdict(Verdict.Kind.REFUSED, oneLine(e.getMessage()));
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.ISO_8859_1);
        AtomicInteger status = new AtomicInteger(CommandLine.FAILURE);
        Driver driver = new Driver(options, InputStream.nullInputStream(), new PrintStream(OutputStream.nullOutputStream()), err,
                config, kernel, Optional.empty());
        Thread thread = new Thread(null, () -> status.set(driver.check()), example.name(), STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            // It may still be using them.
            config = new KernelConfig();
            kernel = new LiveKernel(config);
            return new Verdict(Verdict.Kind.FAILED, "not done in " + LIMIT_MILLIS / 1000 + " s");
        }
        if (status.get() == CommandLine.SUCCESS) {
            return new Verdict(Verdict.Kind.OK, "");
        }
        String text = said.toString(StandardCharsets.ISO_8859_1);
        return example.guess() && text.startsWith("parse error:")
                ? new Verdict(Verdict.Kind.REFUSED, oneLine("no .meta file gives its check, and as it stands: " + text)) : judge(text);
    }

    /** Tells a script that is refused for what it asks from one that we cannot cope with. */
    static Verdict judge(String said) {
        List<String> lines = new ArrayList<>();
        for (String line : said.split("\n")) {
            if (!line.startsWith("WARNING") && !line.isBlank()) {
                lines.add(line);
            }
        }
        for (String line : lines) {
            if (line.startsWith("semantic error:") || line.startsWith("translation error:")) {
                return new Verdict(Verdict.Kind.REFUSED, oneLine(line.substring(line.indexOf(':') + 2)));
            }
        }
        if (!lines.isEmpty() && lines.getFirst().startsWith("parse error: unknown operator @")) {
            return new Verdict(Verdict.Kind.REFUSED, "a macro that the library does not have: "
                    + oneLine(lines.getFirst().substring(lines.getFirst().indexOf('@'))));
        }
        String first = lines.isEmpty() ? "without a word" : lines.getFirst();
        if (first.startsWith("ERROR: probe ") && !said.contains(Driver.DEFECT)) {
            return new Verdict(Verdict.Kind.REFUSED, oneLine(String.join(" ", lines).substring("ERROR: ".length())));
        }
        return new Verdict(Verdict.Kind.FAILED, oneLine(String.join(" ", lines)));
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }
}
