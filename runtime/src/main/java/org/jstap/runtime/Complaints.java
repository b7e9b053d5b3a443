package org.jstap.runtime;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import org.jstap.compiler.host.Lifecycle;

/** Errors and warnings of a running script, on standard error, in order with its output. For one thread. */
public final class Complaints implements Lifecycle.Messages {
    private final PrintStream err;
    private final ScriptOutput output;
    private final boolean warnings;
    private final boolean repeat;
    private final Set<String> said = new HashSet<>();

    /**
     * @param err      takes one byte per char
     * @param output   what the script has printed so far comes first
     * @param warnings whether warnings are shown ({@code -w} hides them)
     * @param repeat   whether a warning is shown again that was shown before ({@code -v})
     */
    public Complaints(PrintStream err, ScriptOutput output, boolean warnings, boolean repeat) {
        this.err = err;
        this.output = output;
        this.warnings = warnings;
        this.repeat = repeat;
    }

    /** Shows a line that has its label, ERROR or WARNING, already. */
    @Override
    public void line(String text) {
        write("", text);
    }

    public void error(String text) {
        write("ERROR: ", text);
    }

    /** Shows a warning; the same one only once. */
    public void warning(String text) {
        if (warnings && (repeat || said.add(text))) {
            write("WARNING: ", text);
        }
    }

    /** Shows a line of explanation where the user has asked for more words ({@code -v}). */
    public void note(String text) {
        if (repeat) {
            write("", text);
        }
    }

    private void write(String label, String text) {
        output.flush();
        err.print(text.endsWith("\n") ? label + text : label + text + "\n");
        err.flush();
    }
}
