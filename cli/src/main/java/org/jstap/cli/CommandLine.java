package org.jstap.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** One call of jstap: words in, text and an exit status out. Ends no process, so that tests can call it. */
final class CommandLine {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    /** A failure, where more text would wait for a reader who does not read. */
    static final int UNHEARD = -1;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    CommandLine(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    int run(String... words) {
        Options options;
        try {
            options = OptionParser.parse(words);
        } catch (UsageException e) {
            err.println(e.text(words));
            err.println("Try '--help' for more information.");
            return FAILURE;
        }
        // No pattern switches on the way of every start: each makes a class when it first runs.
        if (options.action() instanceof Options.Action.Help) {
            return say(Help.TEXT);
        }
        if (options.action() instanceof Options.Action.ShowVersion) {
            return say(Version.text());
        }
        if (options.action() instanceof Options.Action.CheckExamples check) {
            return checkExamples(check.directory());
        }
        return new Driver(options, in, out, err).run();
    }

    private int checkExamples(String directory) {
        try {
            return new ExampleCheck(out).check(directory);
        } catch (ScriptLoader.UnreadableException e) {
            err.println("jstap: " + e.getMessage());
            return FAILURE;
        }
    }

    private int say(String text) {
        out.print(text);
        return SUCCESS;
    }
}
