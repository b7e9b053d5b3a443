package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.probe.KernelView;
import org.jstap.compiler.probe.ProbeResolver;
import org.jstap.compiler.probe.ResolvedPoint;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.tree.FunctionBody;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.Statement;

/** Pass 2: resolves and types a script. One call from immutable input to immutable result; nothing is kept between calls. */
public final class Analyser {
    private final Tapset tapset;
    private final KernelView kernel;
    private final AnalysisOptions options;
    /** The one site of all handlers, where these are not to be resolved. */
    private final Optional<ResolvedPoint> only;
    private final Diagnostics diagnostics = new Diagnostics();

    private Analyser(Tapset tapset, KernelView kernel, AnalysisOptions options, Optional<ResolvedPoint> only) {
        this.tapset = tapset;
        this.kernel = kernel;
        this.options = options;
        this.only = only;
    }

    /**
     * Analyses scripts (usually one).
     *
     * @param scripts as parsed, the user's
     * @param tapset  the library to take names from
     * @param kernel  the kernel that the script is for
     */
    public static AnalysisResult analyse(List<ScriptFile> scripts, Tapset tapset, KernelView kernel, AnalysisOptions options) {
        return new Analyser(tapset, kernel, options, Optional.empty()).result(scripts);
    }

    /** Analyses a script whose handler is at a site that is resolved already, whatever point it names. */
    public static AnalysisResult analyseAt(ResolvedPoint site, ScriptFile script, Tapset tapset, KernelView kernel,
                                           AnalysisOptions options) {
        return new Analyser(tapset, kernel, options, Optional.of(site)).result(List.of(script));
    }

    private AnalysisResult result(List<ScriptFile> scripts) {
        Optional<Program> program = run(scripts);
        List<Diagnostic> found = withoutRepeatedWarnings();
        return new AnalysisResult(diagnostics.hasErrors() ? Optional.empty() : program, found);
    }

    private Optional<Program> run(List<ScriptFile> scripts) {
        List<ScriptFile> all = new ArrayList<>(tapset.userFiles());
        all.addAll(0, scripts);
        ProbeResolver resolver = new ProbeResolver(all, tapset, kernel, options.program());
        Names names = new Names(all, tapset, options.module(), options.guru(), new PerfCounters(all, resolver), diagnostics);
        HandlerBinder handlers = new HandlerBinder(names, resolver, only, kernel, options, diagnostics);
        List<Draft> drafts = handlers.bind(all);
        bindFunctions(names);
        bindLibraryProbes(names, all, handlers, drafts);
        diagnostics.addAll(tapset.diagnostics());
        if (drafts.isEmpty() && !diagnostics.hasErrors()) {
            diagnostics.add(Diagnostic.semanticError("no-probes", "no probes found"));
        }
        checkOverrides(names);
        ProcfsRules.check(drafts, diagnostics);
        PerfCounters.check(drafts, diagnostics);
        if (diagnostics.hasErrors()) {
            return Optional.empty();
        }
        return finish(new Unit(drafts, names));
    }

    private Optional<Program> finish(Unit unit) {
        LoopCheck loops = new LoopCheck(diagnostics);
        for (Routine routine : unit.names.requested()) {
            if (routine.body != null) {
                loops.check(routine.body);
            }
        }
        for (Draft draft : unit.handlers) {
            loops.check(draft.body);
        }
        new Elision(unit, options.overrides().keySet(), diagnostics).run();
        new TypeInference(unit).run(diagnostics);
        if (!diagnostics.hasErrors()) {
            statistics(unit);
        }
        if (diagnostics.hasErrors()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Emitter(unit, options.overrides(), diagnostics).emit());
        } catch (DiagnosticException e) {
            diagnostics.add(e.diagnostic());
            return Optional.empty();
        }
    }

    private void statistics(Unit unit) {
        StatisticCheck check = new StatisticCheck(diagnostics);
        for (Routine routine : unit.liveFunctions()) {
            if (routine.body != null) {
                check.check(routine.body);
            }
        }
        for (Draft draft : unit.handlers) {
            check.check(draft.body);
        }
    }

    /** Binding a function can ask for further ones. */
    private void bindFunctions(Names names) {
        for (Optional<Routine> next = names.nextUnbound(); next.isPresent(); next = names.nextUnbound()) {
            Routine routine = next.get();
            if (routine.declaration.isEmpty()) {
                continue;
            }
            FunctionBody body = routine.declaration.get().body();
            switch (body) {
                case Statement.Block block -> {
                    Scope scope = Scope.ofFunction(routine, Targets.inFunction(kernel, options));
                    routine.body = new StatementBinder(names, scope, diagnostics).bind(block);
                }
                case FunctionBody.EmbeddedCode code -> {
                    diagnostics.add(ExpressionBinder.embedded(code.span()).diagnostic());
                    routine.body = new BoundStatement.Block(List.of(), code.span());
                }
            }
        }
    }

    /** A library file that a name was taken from can have probes, which may take further names. */
    private void bindLibraryProbes(Names names, List<ScriptFile> done, HandlerBinder handlers, List<Draft> drafts) {
        for (Optional<ScriptFile> file = names.nextWithProbes(); file.isPresent(); file = names.nextWithProbes()) {
            if (!containsSame(done, file.get())) {
                handlers.bind(file.get(), drafts);
                bindFunctions(names);
            }
        }
    }

    /** Whether it is one of these files; trees are not compared by value, which would take time. */
    private static boolean containsSame(List<ScriptFile> files, ScriptFile file) {
        for (ScriptFile one : files) {
            if (one == file) {
                return true;
            }
        }
        return false;
    }

    private void checkOverrides(Names names) {
        for (String name : options.overrides().keySet()) {
            boolean found = false;
            for (Variable global : names.globals()) {
                found |= global.name.equals(name) && !global.isLibrary();
            }
            if (!found) {
                diagnostics.add(Diagnostic.semanticError("global-override",
                        "the command line gives a value for global '" + name + "', which the script does not declare"));
            }
        }
    }

    /** SystemTap says a warning once, whatever the number of places that deserve it. */
    private List<Diagnostic> withoutRepeatedWarnings() {
        List<Diagnostic> kept = new ArrayList<>();
        Set<String> said = new HashSet<>();
        for (Diagnostic diagnostic : diagnostics.all()) {
            if (diagnostic.isError() || said.add(diagnostic.message())) {
                kept.add(diagnostic);
            }
        }
        return kept;
    }
}
