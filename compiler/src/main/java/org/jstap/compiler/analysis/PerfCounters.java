package org.jstap.compiler.analysis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.analysis.BoundExpression.NumberConstant;
import org.jstap.compiler.analysis.BoundExpression.Unresolved;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.probe.ProbeResolver;
import org.jstap.compiler.probe.ResolvedPoint;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ScriptFile;

/** The counters that scripts define by {@code perf} probes with {@code .counter}, for handlers that read them by {@code @perf}. */
final class PerfCounters {
    private final List<ScriptFile> scripts;
    private final ProbeResolver resolver;
    private Optional<Map<String, ProbeSite.Counter>> found = Optional.empty();

    PerfCounters(List<ScriptFile> scripts, ProbeResolver resolver) {
        this.scripts = scripts;
        this.resolver = resolver;
    }

    /** The value that {@code @perf} has where {@code binder} stands: 0 where the counter is not one of the task that runs. */
    BoundExpression value(Expression.Perf e, ExpressionBinder binder) {
        ProbeSite.Counter counter = counters().get(e.counter());
        if (counter == null) {
            return new Unresolved(Diagnostic.semanticError("perf-counter", "perf counter '" + e.counter() + "' not defined", e.span())
                    .seeing("operator '@perf'").withHint(known()), e.span());
        }
        Span at = e.span();
        BoundExpression value = binder.bind(new Expression.Call(Intrinsic.PERF_COUNTER.word(), at,
                List.of(new Expression.NumberLiteral(counter.type(), at), new Expression.NumberLiteral(counter.config(), at)), at));
        return counter.condition().isEmpty() ? value
                : new BoundExpression.Choice(binder.bind(counter.condition().get()), value, new NumberConstant(0, at), at);
    }

    private String known() {
        if (counters().isEmpty()) {
            return "define it by a probe of its own, as probe perf.sw.page_faults.process(\"PATH\").counter(\"NAME\") {}";
        }
        return "the script defines " + String.join(", ", counters().keySet().stream().sorted().toList());
    }

    /** Asked for by the first that reads a counter: hardly any script does, and a counter may be defined behind its use. */
    private Map<String, ProbeSite.Counter> counters() {
        if (found.isEmpty()) {
            Map<String, ProbeSite.Counter> counters = new HashMap<>();
            for (ScriptFile script : scripts) {
                for (Declaration declaration : script.declarations()) {
                    if (declaration instanceof Declaration.ProbeDeclaration probe) {
                        // What is wrong with other probes is told when they are bound.
                        for (ResolvedPoint point : resolver.resolve(probe, new Diagnostics())) {
                            if (point.site() instanceof ProbeSite.Counter counter) {
                                counters.putIfAbsent(counter.name(), counter);
                            }
                        }
                    }
                }
            }
            found = Optional.of(counters);
        }
        return found.get();
    }

    /** Reports counters of one name. */
    static void check(List<Draft> drafts, Diagnostics diagnostics) {
        Set<String> names = new HashSet<>();
        for (Draft draft : drafts) {
            for (ProbeSite site : draft.sites) {
                if (site instanceof ProbeSite.Counter counter && !names.add(counter.name())) {
                    diagnostics.add(Diagnostic.semanticError("perf-counter", "there is another counter of the name '" + counter.name()
                            + "' before this one", draft.span));
                }
            }
        }
    }
}
