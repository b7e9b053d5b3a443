package org.jstap.cli;

import java.io.PrintStream;
import java.util.Collection;
import java.util.TreeSet;
import org.jstap.compiler.tapset.FunctionTable;
import org.jstap.compiler.tapset.Tapset;

/** {@code --dump-probe-types}, {@code --dump-probe-aliases} and {@code --dump-functions}. */
final class Dump {
    private static final String[] PROBE_TYPES = {
        "begin", "begin(number)", "end", "end(number)", "error", "error(number)",
        "kernel.function(string)", "kernel.function(string).call", "kernel.function(string).exported",
        "kernel.function(string).return", "kernel.trace(string)", "module(string).function(string)",
        "module(string).function(string).call", "module(string).function(string).return", "never",
        "timer.hz(number)", "timer.jiffies(number)", "timer.jiffies(number).randomize(number)", "timer.ms(number)",
        "timer.ms(number).randomize(number)", "timer.msec(number)", "timer.msec(number).randomize(number)", "timer.ns(number)",
        "timer.ns(number).randomize(number)", "timer.nsec(number)", "timer.nsec(number).randomize(number)", "timer.s(number)",
        "timer.s(number).randomize(number)", "timer.sec(number)", "timer.sec(number).randomize(number)", "timer.us(number)",
        "timer.us(number).randomize(number)", "timer.usec(number)", "timer.usec(number).randomize(number)"
    };

    private final PrintStream out;

    Dump(PrintStream out) {
        this.out = out;
    }

    int dump(Options.Action.What what, Tapset tapset) {
        switch (what) {
            case PROBE_TYPES -> {
                for (String type : PROBE_TYPES) {
                    out.print(type + "\n");
                }
            }
            case PROBE_ALIASES -> sorted(tapset.aliasNames());
            case FUNCTIONS -> {
                for (String signature : FunctionTable.signatures(tapset)) {
                    out.print(signature + "\n");
                }
            }
        }
        return CommandLine.SUCCESS;
    }

    private void sorted(Collection<String> names) {
        for (String name : new TreeSet<>(names)) {
            out.print(name + "\n");
        }
    }
}
