package org.jstap.cli;

import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.analysis.AnalysisResult;
import org.jstap.compiler.analysis.ProgramPrinter;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.Placement;
import org.jstap.compiler.kernel.PlanPrinter;
import org.jstap.compiler.kernel.emit.ImagePrinter;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.lower.Lowering;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.sys.LinkAhead;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.TreePrinter;
import org.jstap.runtime.ArgumentsLost;
import org.jstap.runtime.KernelConfig;
import org.jstap.runtime.LiveKernel;
import org.jstap.runtime.RunSettings;
import org.jstap.runtime.OverloadLimit;
import org.jstap.runtime.ScriptRunner;
import org.jstap.runtime.StartTimes;

/** Takes a script through the passes. Each is one call; this class only knows their order and what is told about them. */
final class Driver {
    /** How a message about a program that the verifier refused says so. */
    static final String DEFECT = "that is a defect of jstap";

    private final Options options;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Messages messages;
    private final KernelConfig config;
    private final LiveKernel kernel;
    private final StartTimes times;
    private String doing = "pass 1";
    private boolean loadOnly;
    private final Optional<Runnable> started;
    /** Whether the kernel turned out to keep no arguments until the return of a function. */
    private boolean savesArguments;

    /** @param started who wants to know when the script's probes are in place */
    Driver(Options options, InputStream in, PrintStream out, PrintStream err, Optional<Runnable> started) {
        this(options, in, out, err, new KernelConfig(), started);
    }

    private Driver(Options options, InputStream in, PrintStream out, PrintStream err, KernelConfig config, Optional<Runnable> started) {
        this(options, in, out, err, config, new LiveKernel(config), started);
    }

    /** @param kernel what it has read already need not be read again */
    Driver(Options options, InputStream in, PrintStream out, PrintStream err, KernelConfig config, LiveKernel kernel,
           Optional<Runnable> started) {
        this.started = started;
        this.config = config;
        this.kernel = kernel;
        this.options = options;
        this.in = in;
        this.out = out;
        this.err = err;
        this.messages = new Messages(err, options);
        this.times = new StartTimes(options.verbose(5) > 0);
    }

    /**
     * Takes a script no further than to pass 4, but has the kernel check its programs.
     *
     * @return the exit status
     */
    int check() {
        loadOnly = true;
        return run();
    }

    /** @return the exit status */
    int run() {
        if (options.verbose(1) > 0) {
            for (String note : options.notes()) {
                err.println(note);
            }
        }
        for (String name : options.defines().keySet()) {
            String caution = Defines.caution(name);
            if (!caution.isEmpty() && options.warnings() != Options.Warnings.HIDDEN) {
                err.println("WARNING: " + caution);
            }
        }
        if (!loadOnly && options.targetPid().isPresent() && !new File("/proc/" + options.targetPid().getAsInt()).isDirectory()) {
            err.println("jstap: -x: there is no process " + options.targetPid().getAsInt());
            return CommandLine.FAILURE;
        }
        if (!loadOnly && options.namespaces().isPresent() && !new File("/proc/" + options.namespaces().getAsInt()).isDirectory()) {
            err.println("jstap: --target-namespaces: there is no process " + options.namespaces().getAsInt());
            return CommandLine.FAILURE;
        }
        try {
            if (options.action() instanceof Options.Action.ListProbes list) {
                doing = "the listing of probes";
                return new Listing(options, out, messages, kernel).list(list, tapset());
            }
            if (options.action() instanceof Options.Action.Dump dump) {
                doing = "the listing";
                return new Dump(out).dump(dump.what(), tapset());
            }
            return parse(tapset());
        } catch (ScriptLoader.UnreadableException e) {
            err.println("jstap: " + e.getMessage());
            return failed(1, "parse");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            CrashReport.print(err, doing, e, options.verbose(1) > 0);
            return CommandLine.FAILURE;
        }
    }

    private Tapset tapset() throws ScriptLoader.UnreadableException {
        List<SourceFile> files = options.tapsetDirectories().isEmpty() ? List.of()
                : TapsetDirectories.read(options.tapsetDirectories());
        return new Tapset(environment(), files, arguments());
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        for (String argument : options.arguments()) {
            arguments.add(ScriptLoader.oneCharPerByte(argument));
        }
        return arguments;
    }

    private PreprocessorEnvironment environment() {
        String arch = System.getProperty("os.arch");
        return PreprocessorEnvironment.of(kernel.release(), arch.equals("amd64") ? "x86_64" : arch)
                .withConfiguration(config).withGuruMode(options.guru());
    }

    private int parse(Tapset tapset) throws ScriptLoader.UnreadableException {
        PassClock clock = new PassClock(options.verbose(1) > 0, err);
        ParsePass.Result parsed = ParsePass.parse(options.scripts(), new ParseOptions(environment(), tapset.macros(), arguments()), in);
        clock.done("Pass 1: parsed " + (options.scripts().size() == 1 ? "user script" : options.scripts().size() + " user scripts")
                + " and the index of the library");
        times.lap("parse");
        boolean fatal = messages.report(parsed.diagnostics());
        if (fatal || parsed.scripts().isEmpty()) {
            return failed(1, "parse");
        }
        List<ScriptFile> scripts = parsed.scripts().get();
        lookAhead(scripts);
        if (options.lastPass() == 1) {
            for (ScriptFile script : scripts) {
                out.print("# parsed file " + script.source().name() + "\n" + TreePrinter.print(script) + "\n");
            }
            return CommandLine.SUCCESS;
        }
        return analyse(scripts, tapset);
    }

    /** Begins what takes long and needs none of our results; it runs beside the passes. */
    private void lookAhead(List<ScriptFile> scripts) {
        if (options.lastPass() > 1 && KernelUse.isLikely(scripts)) {
            kernel.readTypesAhead();
            if (options.lastPass() == 5 && !loadOnly) {
                kernel.willAttach();
            }
            if (options.lastPass() == 5 && Runtime.getRuntime().availableProcessors() > 1) {
                LinkAhead.begin();
            }
        }
    }

    private int analyse(List<ScriptFile> scripts, Tapset tapset) {
        doing = "pass 2";
        PassClock clock = new PassClock(options.verbose(2) > 0, err);
        Map<String, String> globals = new LinkedHashMap<>();
        for (Map.Entry<String, String> global : options.globals().entrySet()) {
            globals.put(global.getKey(), ScriptLoader.oneCharPerByte(global.getValue()));
        }
        AnalysisResult analysed = Analyser.analyse(scripts, tapset, kernel,
                new AnalysisOptions(options.guru(), globals, options.module(), options.verbose(2) > 0,
                        TargetProgram.of(options), savesArguments));
        if (options.verbose(2) > 0) {
            for (String note : kernel.notes()) {
                err.println(note);
            }
        }
        Optional<Program> program = analysed.program();
        // What there is to warn of was told the first time.
        boolean told = savesArguments && program.isPresent();
        if (!told && messages.report(analysed.diagnostics(), scripts.getFirst().source()) || program.isEmpty()) {
            return failed(2, "analysis");
        }
        int probes = 0;
        for (var handler : program.get().handlers()) {
            probes += handler.sites().size();
        }
        clock.done("Pass 2: analyzed script: " + count(probes, "probe") + ", " + count(program.get().functions().size(), "function")
                + ", " + count(program.get().globals().size(), "global"));
        if (options.lastPass() == 2) {
            out.print(ProgramPrinter.print(program.get()));
            return CommandLine.SUCCESS;
        }
        times.lap("analyse");
        try {
            return translate(program.get());
        } catch (ArgumentsLost _) {
            savesArguments = true;
            return analyse(scripts, tapset);
        }
    }

    private int translate(Program program) {
        doing = "pass 3";
        return translate(Lowering.lower(program), new BitSet(), Optional.empty());
    }

    /**
     * @param little handlers of which little is to run in the kernel
     * @param before why, the first reason
     */
    private int translate(IrProgram ir, BitSet little, Optional<KernelUnsupported> before) {
        PassClock clock = new PassClock(options.verbose(3) > 0, err);
        KernelPlan plan;
        try {
            plan = Placement.plan(ir, KernelLimits.of(Limits.of(options.defines(), ir), options), options.runIn(), little);
        } catch (KernelUnsupported e) {
            return refused(before.orElse(e), before.isEmpty() ? 3 : 4);
        }
        clock.done("Pass 3: translated: " + count(plan.hostHandlers().size(), "handler") + " for the JVM, "
                + count(plan.handlers().size(), "handler") + " for the kernel");
        times.lap("translate");
        return assemble(ir, plan, little, before);
    }

    private int refused(KernelUnsupported why, int pass) {
        messages.report(List.of(Diagnostic.translationError("kernel", why.getMessage(), why.span())));
        return failed(pass, pass == 3 ? "translation" : "assembly");
    }

    private int assemble(IrProgram ir, KernelPlan plan, BitSet little, Optional<KernelUnsupported> before) {
        doing = "pass 4";
        PassClock clock = new PassClock(options.verbose(4) > 0 && options.lastPass() > 3, err);
        Optional<KernelTarget> target = plan.isEmpty() ? Optional.empty() : Optional.of(new KernelTarget(plan, options.timing()));
        List<ProgramSpec> programs = List.of();
        try {
            if (target.isPresent()) {
                programs = target.get().emitFirst();
            }
        } catch (KernelUnsupported e) {
            if (e.handler() >= 0 && !little.get(e.handler())) {
                little.set(e.handler());
                return translate(ir, little, before.isPresent() ? before : Optional.of(e));
            }
            if (options.lastPass() > 3) {
                return refused(before.orElse(e), 4);
            }
        }
        if (options.lastPass() == 3) {
            out.print(PlanPrinter.print(ir, plan));
            return CommandLine.SUCCESS;
        }
        clock.done("Pass 4: assembled " + count(programs.size(), "program"));
        if (loadOnly) {
            doing = "loading";
            return target.isEmpty() || ScriptRunner.load(ir, target.get(), Limits.of(options.defines(), ir), err)
                    ? CommandLine.SUCCESS : CommandLine.FAILURE;
        }
        if (options.lastPass() == 4) {
            target.ifPresent(t -> out.print(ImagePrinter.print(t)));
            return CommandLine.SUCCESS;
        }
        times.lap("assemble");
        return execute(ir, target);
    }

    private int execute(IrProgram ir, Optional<KernelTarget> target) {
        doing = "pass 5";
        if (options.verbose(5) > 0) {
            err.println("Pass 5: starting run.");
        }
        PassClock clock = new PassClock(options.verbose(5) > 0, err);
        int status = ScriptRunner.run(ir, target, settings(ir), config, err, times, kernel.traceable());
        if (status == ScriptRunner.UNHEARD) {
            return CommandLine.UNHEARD;
        }
        clock.done("Pass 5: run completed");
        return status == 0 ? CommandLine.SUCCESS : failed(5, "run");
    }

    private RunSettings settings(IrProgram ir) {
        return new RunSettings(Limits.of(options.defines(), ir), options.command(), options.module(), options.targetPid(),
                options.namespaces(), options.timeout(), OverloadLimit.of(options.defines()), options.output(),
                options.suppressHandlerErrors(), options.displayGlobals(),
                options.warnings() != Options.Warnings.HIDDEN, options.verbose(5) > 0, options.rotation(),
                options.timing(), started);
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private int failed(int pass, String name) {
        err.println("Pass " + pass + ": " + name + " failed.");
        return CommandLine.FAILURE;
    }
}
