package org.jstap.cli;

import java.io.PrintStream;

/** Takes a command line through the passes. */
final class Driver {
    private final Options options;
    private final PrintStream out;
    private final PrintStream err;

    Driver(Options options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    int run() {
        err.println("jstap: pass " + options.lastPass() + " is not there yet");
        out.flush();
        return CommandLine.FAILURE;
    }
}
