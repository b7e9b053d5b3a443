package org.jstap.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jstap.cli.Options.Action;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.analysis.AnalysisResult;
import org.jstap.compiler.probe.KernelView;
import org.jstap.compiler.probe.ProbeContext;
import org.jstap.compiler.probe.ProbeResolver;
import org.jstap.compiler.probe.ResolvedPoint;
import org.jstap.compiler.program.Local;
import org.jstap.compiler.program.Type;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.ebpf.btf.Btf;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.Statement;

/** {@code -l} and {@code -L}: the probe points that a pattern matches, one a line, and what their handlers can see. */
final class Listing {
    private final Options options;
    private final PrintStream out;
    private final Messages messages;
    private final KernelView kernel;

    Listing(Options options, PrintStream out, Messages messages, KernelView kernel) {
        this.options = options;
        this.out = out;
        this.messages = messages;
        this.kernel = kernel;
    }

    /** @return success if something matches */
    int list(Action.ListProbes list, Tapset tapset) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<ScriptFile> script = parse("probe " + list.pattern() + " { }", tapset, diagnostics);
        TreeSet<String> lines = new TreeSet<>();
        if (script.isPresent()) {
            ProbeResolver resolver = new ProbeResolver(List.of(script.get()), tapset, kernel, TargetProgram.of(options), false);
            for (Declaration declaration : script.get().declarations()) {
                if (declaration instanceof Declaration.ProbeDeclaration probe) {
                    for (ResolvedPoint point : resolver.resolve(probe, diagnostics)) {
                        lines.add(list.variables() ? name(point) + variables(point, tapset) : name(point));
                    }
                }
            }
        }
        // As in stap, errors are part of a search and not told, unless somebody wants to know why nothing was found.
        if (options.verbose(2) > 0) {
            messages.report(diagnostics.all());
        }
        for (String line : lines) {
            out.print(line + "\n");
        }
        return lines.isEmpty() ? CommandLine.FAILURE : CommandLine.SUCCESS;
    }

    private Optional<ScriptFile> parse(String text, Tapset tapset, Diagnostics diagnostics) {
        PreprocessorEnvironment environment = PreprocessorEnvironment.of(kernel.release(), "x86_64");
        ParseResult result = Parser.parse(new SourceFile("<list>", ScriptLoader.oneCharPerByte(text)),
                new ParseOptions(environment, tapset.macros(), List.of()));
        diagnostics.addAll(result.diagnostics());
        return result.file();
    }

    /** A point that an alias leads to has the alias's name. */
    private static String name(ResolvedPoint point) {
        return point.isOfAlias() ? point.name() : point.site().text();
    }

    private String variables(ResolvedPoint point, Tapset tapset) {
        StringBuilder text = new StringBuilder();
        if (point.isOfAlias()) {
            aliasVariables(point, tapset, text);
        }
        // A module's types have numbers of their own.
        Optional<Btf> btf = point.context().types().isPresent() ? point.context().types() : kernel.btf();
        if (btf.isPresent()) {
            for (ProbeContext.Argument argument : point.context().arguments()) {
                if (argument.isHidden()) {
                    continue;
                }
                text.append(" $").append(argument.name()).append(':').append(btf.get().cTypeName(argument.type()));
            }
            if (point.context().result().isPresent() && point.context().result().getAsInt() != 0) {
                text.append(" $return:").append(btf.get().cTypeName(point.context().result().getAsInt()));
            }
        }
        for (String name : new TreeSet<>(point.context().further().keySet())) {
            // Summaries of all others are no variables of their own.
            text.append(name.startsWith("$$") ? "" : " " + name + ":long");
        }
        return text.toString();
    }

    /** Variables that the alias sets; their types are those that pass 2 finds in a handler that prints them. */
    private void aliasVariables(ResolvedPoint point, Tapset tapset, StringBuilder text) {
        List<String> names = new ArrayList<>();
        for (Statement.Block block : point.before()) {
            assigned(block, names);
        }
        if (!typed(point, names, tapset, text)) {
            // One of them cannot be had here. The others can.
            for (String name : names) {
                typed(point, List.of(name), tapset, text);
            }
        }
    }

    private boolean typed(ResolvedPoint point, List<String> names, Tapset tapset, StringBuilder text) {
        StringBuilder script = new StringBuilder("probe begin {");
        for (String name : names) {
            script.append(" println(").append(name).append(')');
        }
        Optional<ScriptFile> parsed = parse(script.append(" }").toString(), tapset, new Diagnostics());
        if (parsed.isEmpty()) {
            return false;
        }
        AnalysisResult analysed = Analyser.analyseAt(point, parsed.get(), tapset, kernel, AnalysisOptions.DEFAULT);
        if (analysed.program().isEmpty() || analysed.program().get().handlers().isEmpty()) {
            return false;
        }
        // Before it may be a handler that saves values for a return.
        for (Local local : analysed.program().get().handlers().getLast().locals()) {
            if (names.contains(local.name())) {
                text.append(' ').append(local.name()).append(local.type() == Type.STRING ? ":string" : ":long");
            }
        }
        return true;
    }

    private static void assigned(Statement statement, List<String> names) {
        switch (statement) {
            case Statement.Block block -> {
                for (Statement inner : block.statements()) {
                    assigned(inner, names);
                }
            }
            case Statement.If branch -> {
                assigned(branch.then(), names);
                if (branch.otherwise().isPresent()) {
                    assigned(branch.otherwise().get(), names);
                }
            }
            case Statement.ExpressionStatement evaluated -> {
                if (evaluated.expression() instanceof Expression.Assignment assignment
                        && assignment.target() instanceof Expression.Symbol symbol && !names.contains(symbol.name())) {
                    names.add(symbol.name());
                }
            }
            default -> { }
        }
    }
}
