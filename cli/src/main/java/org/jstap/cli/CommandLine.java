package org.jstap.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/** One call of jstap: words in, text and an exit status out. Ends no process, so that tests can call it. */
final class CommandLine {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    /** A failure, where more text would wait for a reader who does not read. */
    static final int UNHEARD = -1;

    private static final int LAST_PASS = 5;

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
        if (options.background() && options.action() instanceof Options.Action.Run && options.lastPass() == LAST_PASS) {
            return inBackground(options);
        }
        return new Driver(options, in, out, err, Optional.empty()).run();
    }

    private int inBackground(Options options) {
        Optional<Background> here = Background.here();
        if (here.isEmpty()) {
            boolean readsHere = options.scripts().getFirst() instanceof Options.ScriptInput.StandardInput;
            return Background.start(options.output().orElseThrow(), readsHere, out, err);
        }
        int status = new Driver(options, in, out, err, Optional.of(here.get())).run();
        here.get().end(err);
        return status;
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
