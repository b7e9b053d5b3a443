package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.probe.KernelView;
import org.jstap.compiler.probe.ProbeResolver;
import org.jstap.compiler.probe.ResolvedPoint;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Declaration.ProbeDeclaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.Node;
import org.jstap.language.tree.ScriptFile;
import org.jstap.language.tree.Statement;
import org.jstap.language.tree.Trees;

/**
 * Binds the handlers of all probes. Sites of one probe point share a handler where nothing in the code depends on the site, or where
 * all of it resolves to the same.
 */
final class HandlerBinder {
    private final Names names;
    private final ProbeResolver resolver;
    private final Optional<ResolvedPoint> only;
    private final KernelView kernel;
    private final AnalysisOptions options;
    private final Diagnostics diagnostics;

    /** @param only where present, the site of all handlers */
    HandlerBinder(Names names, ProbeResolver resolver, Optional<ResolvedPoint> only, KernelView kernel, AnalysisOptions options,
                  Diagnostics diagnostics) {
        this.names = names;
        this.resolver = resolver;
        this.only = only;
        this.kernel = kernel;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    List<Draft> bind(List<ScriptFile> files) {
        List<Draft> drafts = new ArrayList<>();
        for (ScriptFile file : files) {
            names.add(file);
            bind(file, drafts);
        }
        if (options.verbose()) {
            for (Diagnostic note : resolver.notes()) {
                diagnostics.add(note.primary().isPresent() ? Diagnostic.warning(note.code(), note.message(), note.primary().get())
                        : note);
            }
        }
        return drafts;
    }

    /** Binds the probes of one file. */
    void bind(ScriptFile file, List<Draft> drafts) {
        for (Declaration declaration : file.declarations()) {
            switch (declaration) {
                case ProbeDeclaration probe -> probe(probe, drafts);
                case Declaration.EmbeddedCodeDeclaration code ->
                        diagnostics.add(ExpressionBinder.embedded(code.span()).diagnostic());
                default -> { }
            }
        }
    }

    /** Sites that share code: the same point, reached by the same aliases. */
    private record Group(ResolvedPoint model, List<ResolvedPoint> points) {
        boolean takes(ResolvedPoint point) {
            return model.written() == point.written() && model.name().equals(point.name())
                    && same(model.before(), point.before()) && same(model.after(), point.after())
                    && same(model.conditions(), point.conditions());
        }

        /** Trees are compared as objects; by value it would take time, and two equal blocks are not the same block. */
        private static boolean same(List<?> some, List<?> others) {
            boolean same = some.size() == others.size();
            for (int i = 0; same && i < some.size(); i++) {
                same = some.get(i) == others.get(i);
            }
            return same;
        }
    }

    private void probe(ProbeDeclaration probe, List<Draft> drafts) {
        List<Group> groups = new ArrayList<>();
        for (ResolvedPoint point : only.isPresent() ? List.of(only.get()) : resolver.resolve(probe, diagnostics)) {
            if (groups.isEmpty() || !groups.getLast().takes(point)) {
                groups.add(new Group(point, new ArrayList<>()));
            }
            groups.getLast().points().add(point);
        }
        for (Group group : groups) {
            group(group.model(), group.points(), probe, drafts);
        }
    }

    private void group(ResolvedPoint group, List<ResolvedPoint> points, ProbeDeclaration probe, List<Draft> drafts) {
        List<Statement.Block> blocks = new ArrayList<>(group.before());
        blocks.add(probe.body());
        blocks.addAll(group.after());
        boolean dependent = false;
        for (Statement.Block block : blocks) {
            dependent |= dependsOnSite(block);
        }
        Map<String, Draft> bySignature = new LinkedHashMap<>();
        for (ResolvedPoint point : points) {
            if (!dependent && !bySignature.isEmpty()) {
                bySignature.values().iterator().next().sites.add(point.site());
                continue;
            }
            Targets targets = Targets.atSite(kernel, options, point);
            Scope scope = Scope.ofHandler(targets);
            Optional<EntryValues> entry = EntryValues.of(point, kernel, options, scope, names, diagnostics);
            targets.takeFrom(entry);
            Draft draft = draft(group, blocks, scope, entry, probe);
            Draft alike = bySignature.putIfAbsent(targets.signature() + entry.map(EntryValues::signature).orElse(""), draft);
            Draft kept = alike == null ? draft : alike;
            if (alike == null) {
                draft.summaries = targets.summaries();
            } else {
                kept.summarise(targets.summaries());
            }
            kept.add(point.site(), point.written().optional());
            if (kept.entry.isPresent() && entry.isPresent()) {
                kept.entry.get().add(entry.get().site(), point.written().optional());
            }
        }
        for (Draft draft : bySignature.values()) {
            for (SiteSummary summary : draft.summaries) {
                summary.complete();
            }
            draft.entry.ifPresent(drafts::add);
            drafts.add(draft);
        }
    }

    private Draft draft(ResolvedPoint group, List<Statement.Block> blocks, Scope scope, Optional<EntryValues> entry,
                        ProbeDeclaration probe) {
        StatementBinder binder = new StatementBinder(names, scope, diagnostics);
        Optional<BoundExpression> condition = condition(group.conditions(), binder);
        List<BoundStatement> bodies = new ArrayList<>();
        for (Statement.Block block : blocks) {
            bodies.add(binder.bind(block));
        }
        Optional<Draft> atEntry = Optional.empty();
        if (entry.isPresent()) {
            bodies.addAll(0, entry.get().beforeReturn(probe.body().span()));
            atEntry = entry.get().entryHandler(probe.body().span());
        }
        BoundStatement body = bodies.size() == 1 ? bodies.getFirst() : new BoundStatement.Block(bodies, probe.body().span());
        return new Draft(group.name(), scope, condition, body, atEntry, probe.span());
    }

    private Optional<BoundExpression> condition(List<Expression> conditions, StatementBinder binder) {
        Optional<BoundExpression> all = Optional.empty();
        for (Expression condition : conditions) {
            try {
                checkCondition(condition);
                BoundExpression bound = binder.expressions().bind(condition);
                all = Optional.of(all.isEmpty() ? bound : new BoundExpression.Logical(true, all.get(), bound, condition.span()));
            } catch (DiagnosticException e) {
                diagnostics.add(e.diagnostic());
            }
        }
        return all;
    }

    /** A condition is looked at whenever a global in it changes, so it can depend on globals only. */
    private void checkCondition(Node node) {
        switch (node) {
            case Expression.Call call -> throw new DiagnosticException(Diagnostic.semanticError("condition-function",
                    "probe condition must not reference function", call.nameSpan()).seeing(Names.identifier(call.name())));
            case Expression.Symbol symbol -> {
                if (names.global(symbol.name(), symbol.span().outermost().file()).isEmpty()) {
                    throw new DiagnosticException(Diagnostic.semanticError("condition-global",
                            "probe condition must not reference undeclared global", symbol.span())
                            .seeing(Names.identifier(symbol.name())));
                }
            }
            case Expression.TargetVariable target -> throw new DiagnosticException(Diagnostic.semanticError("condition-target",
                    "probe condition must not reference target variable", target.span()).seeing("identifier '" + target.name() + "'"));
            case Expression.Assignment assignment -> throw changing(assignment.span());
            case Expression.Crement crement -> throw changing(crement.span());
            default -> { }
        }
        for (Node child : Trees.children(node)) {
            checkCondition(child);
        }
    }

    private static DiagnosticException changing(Span at) {
        return new DiagnosticException(Diagnostic.semanticError("condition-changes",
                "probe condition must not modify any variables", at));
    }

    private static boolean dependsOnSite(Node node) {
        switch (node) {
            case Expression.TargetVariable _, Expression.Defined _, Expression.Entry _, Expression.VariableReference _,
                    Expression.ProbeWrite _, Expression.Autocast _ -> {
                return true;
            }
            default -> { }
        }
        for (Node child : Trees.children(node)) {
            if (dependsOnSite(child)) {
                return true;
            }
        }
        return false;
    }
}
