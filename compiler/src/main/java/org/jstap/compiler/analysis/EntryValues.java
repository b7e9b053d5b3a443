package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.analysis.BoundExpression.Arithmetic;
import org.jstap.compiler.analysis.BoundExpression.Assignment;
import org.jstap.compiler.analysis.BoundExpression.ElementUse;
import org.jstap.compiler.analysis.BoundExpression.IntrinsicUse;
import org.jstap.compiler.analysis.BoundExpression.NumberConstant;
import org.jstap.compiler.analysis.BoundExpression.VariableUse;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.probe.KernelView;
import org.jstap.compiler.probe.ProbeContext;
import org.jstap.compiler.probe.ResolvedPoint;
import org.jstap.compiler.probe.SystemCallKind;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;

/**
 * What a {@code .return} handler takes from the entry of its function. Each such expression becomes an array with an element for
 * every call that is under way, by thread and depth of recursion; a handler at the entry puts the value there, the beginning of the
 * return handler takes it out. So nothing but globals is needed to run it.
 */
final class EntryValues {
    /** Calls under way, of all threads. A function in which more threads sleep at once loses the oldest. */
    private static final int CALLS = 4096;

    private final ProbeSite entry;
    private final Targets targets;
    private final Scope scope;
    private final StatementBinder binder;
    private final Names names;
    private final Scope atReturn;
    private final Map<String, Variable> known = new LinkedHashMap<>();
    private final List<BoundStatement> saving = new ArrayList<>();
    private final List<BoundStatement> taking = new ArrayList<>();
    private final String prefix;
    private Optional<Variable> depth = Optional.empty();

    private EntryValues(ProbeSite entry, Targets targets, Scope atReturn, Names names, Diagnostics diagnostics) {
        this.entry = entry;
        this.targets = targets;
        this.scope = Scope.ofHandler(targets);
        this.binder = new StatementBinder(names, scope, diagnostics);
        this.names = names;
        this.atReturn = atReturn;
        this.prefix = "__entry" + names.globals().size();
    }

    /** Empty where the point is no return. */
    static Optional<EntryValues> of(ResolvedPoint point, KernelView kernel, AnalysisOptions options, Scope atReturn, Names names,
                                    Diagnostics diagnostics) {
        if (point.site() instanceof ProbeSite.Tracepoint tracepoint && tracepoint.filter().isPresent()) {
            Optional<ResolvedPoint> call = SystemCallKind.entry(point, kernel);
            return call.map(at -> new EntryValues(at.site(), Targets.atEntry(kernel, options, at), atReturn, names, diagnostics));
        }
        if (!(point.site() instanceof ProbeSite.KernelFunction function) || !function.isReturn()) {
            return Optional.empty();
        }
        ProbeContext context = new ProbeContext(true, point.context().arguments(), OptionalInt.empty(),
                point.context().missing(), Map.of(), point.context().types());
        ProbeSite entry = function.entry();
        ResolvedPoint there = new ResolvedPoint(point.name(), entry, context, List.of(), List.of(), List.of(), point.written());
        return Optional.of(new EntryValues(entry, Targets.atEntry(kernel, options, there), atReturn, names, diagnostics));
    }

    ProbeSite site() {
        return entry;
    }

    String signature() {
        return targets.signature();
    }

    Optional<Boolean> defined(Expression expression) {
        return targets.defined(expression, binder.expressions());
    }

    /** The C type of an expression at the entry, where it has one. */
    Optional<Integer> typeOf(Expression expression) {
        return targets.place(expression, binder.expressions()).map(CPlace::type);
    }

    /**
     * The value that an expression had at the entry.
     *
     * @throws DiagnosticException where it does not resolve there
     */
    BoundExpression value(Expression expression, Span at) {
        String text = expression.span().text();
        Variable saved = known.get(text);
        if (saved == null) {
            BoundExpression value = binder.expressions().bind(expression);
            if (value instanceof BoundExpression.Unresolved unresolved) {
                throw new DiagnosticException(unresolved.error);
            }
            saved = save(value, at);
            known.put(text, saved);
        }
        return new VariableUse(saved, at);
    }

    private Variable save(BoundExpression value, Span at) {
        if (depth.isEmpty()) {
            depth = Optional.of(begin(at));
        }
        int number = known.size() + 1;
        Variable array = names.hiddenArray(prefix + "_" + number, 2, CALLS, at);
        Variable taken = atReturn.declare(prefix + "_value" + number, at);
        saving.add(assign(new ElementUse(array, call(scope, at), at), value, at));
        taking.add(assign(new VariableUse(taken, at), new ElementUse(array, call(atReturn, at), at), at));
        taking.add(new BoundStatement.Delete(array, call(atReturn, at), at));
        return taken;
    }

    private Variable begin(Span at) {
        Variable array = names.hiddenArray(prefix, 1, CALLS, at);
        BoundExpression here = new VariableUse(scope.declare(depthName(), at), at);
        saving.add(assign(here, new BoundExpression.Crement(new ElementUse(array, thread(at), at), 1, true, at), at));
        BoundExpression there = new VariableUse(atReturn.declare(depthName(), at), at);
        taking.add(assign(there, new ElementUse(array, thread(at), at), at));
        return array;
    }

    /** The handler at the entry; empty where nothing is taken from there. */
    Optional<Draft> entryHandler(Span at) {
        return depth.isEmpty() ? Optional.empty()
                : Optional.of(new Draft(entry.text(), scope, Optional.empty(), new BoundStatement.Block(saving, at), at));
    }

    /** What the return handler does before all else. */
    List<BoundStatement> beforeReturn(Span at) {
        if (depth.isEmpty()) {
            return List.of();
        }
        List<BoundStatement> all = new ArrayList<>(taking);
        BoundExpression outer = new Arithmetic(ArithmeticOp.SUB, depthUse(atReturn, at), new NumberConstant(1, at), at);
        all.add(new BoundStatement.If(
                new BoundExpression.Comparison(ComparisonOp.GT, depthUse(atReturn, at), new NumberConstant(1, at), at),
                assign(new ElementUse(depth.get(), thread(at), at), outer, at),
                Optional.of(new BoundStatement.Delete(depth.get(), thread(at), at)), at));
        return all;
    }

    private String depthName() {
        return prefix + "_depth";
    }

    private BoundExpression depthUse(Scope where, Span at) {
        return new VariableUse(where.find(depthName()).orElseThrow(), at);
    }

    private BoundExpression[] call(Scope where, Span at) {
        return new BoundExpression[] {thread(at)[0], depthUse(where, at)};
    }

    private static BoundExpression[] thread(Span at) {
        return new BoundExpression[] {new IntrinsicUse(Intrinsic.TID, new BoundExpression[0], at)};
    }

    private static BoundStatement assign(BoundExpression place, BoundExpression value, Span at) {
        return new BoundStatement.Evaluate(new Assignment(place, Optional.empty(), false, value, at), at);
    }
}
