package org.jstap.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.TreePrinter;
import org.jstap.runtime.KernelConfig;

/** Takes a command line through the passes. Each is one call; this class only knows their order and what is told about them. */
final class Driver {
    private final Options options;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Messages messages;
    private String doing = "pass 1";

    Driver(Options options, InputStream in, PrintStream out, PrintStream err) {
        this.options = options;
        this.in = in;
        this.out = out;
        this.err = err;
        this.messages = new Messages(err, options);
    }

    /** @return the exit status */
    int run() {
        if (options.verbose(1) > 0) {
            for (String note : options.notes()) {
                err.println(note);
            }
        }
        try {
            return parse();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            CrashReport.print(err, doing, e, options.verbose(1) > 0);
            return CommandLine.FAILURE;
        }
    }

    private int parse() {
        KernelConfig config = new KernelConfig();
        List<String> arguments = new ArrayList<>();
        for (String argument : options.arguments()) {
            arguments.add(ScriptLoader.oneCharPerByte(argument));
        }
        ParseOptions parsing = ParseOptions.of(environment(config)).withArguments(arguments);
        ParsePass.Result parsed;
        try {
            PassClock clock = new PassClock(options.verbose(1) > 0, err);
            parsed = ParsePass.parse(options.scripts(), parsing, in);
            clock.done("Pass 1: parsed " + count(options.scripts().size(), "user script"));
        } catch (ScriptLoader.UnreadableException e) {
            err.println("jstap: " + e.getMessage());
            return failed(1, "parse");
        }
        if (messages.report(parsed.diagnostics()) || parsed.scripts().isEmpty()) {
            return failed(1, "parse");
        }
        List<ScriptFile> scripts = parsed.scripts().get();
        if (options.lastPass() == 1) {
            for (ScriptFile script : scripts) {
                out.print("# parsed file " + script.source().name() + "\n");
                out.print(TreePrinter.print(script) + "\n");
            }
            return CommandLine.SUCCESS;
        }
        return failed(2, "analysis");
    }

    private PreprocessorEnvironment environment(KernelConfig config) {
        String arch = System.getProperty("os.arch");
        return PreprocessorEnvironment.of(System.getProperty("os.version"), arch.equals("amd64") ? "x86_64" : arch)
                .withConfiguration(config).withGuruMode(options.guru());
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private int failed(int pass, String name) {
        err.println("Pass " + pass + ": " + name + " failed.");
        return CommandLine.FAILURE;
    }
}
