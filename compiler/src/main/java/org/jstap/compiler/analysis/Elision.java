package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.Span;

/**
 * Drops what nobody can notice, before types are checked: assignments to variables that nobody reads, expressions without effect,
 * branches that constants rule out. Goes round until nothing changes, as one elision makes others possible.
 */
final class Elision {
    private final Unit unit;
    private final Set<String> given;
    private final Diagnostics diagnostics;
    private boolean changed;

    /** @param given names of globals that the command line gives a value */
    Elision(Unit unit, Set<String> given, Diagnostics diagnostics) {
        this.unit = unit;
        this.given = given;
        this.diagnostics = diagnostics;
    }

    void run() {
        warnOfUnassigned();
        ConstantFolding folding = new ConstantFolding();
        do {
            changed = false;
            for (Routine routine : unit.liveFunctions()) {
                if (routine.body != null) {
                    routine.body = round(routine.body, folding);
                }
            }
            for (Draft handler : unit.handlers) {
                handler.body = round(handler.body, folding);
            }
        } while (changed);
        probes();
    }

    /** A condition is looked at also where there is nothing to do. */
    private void probes() {
        for (int i = 0; i < unit.handlers.size(); i++) {
            Draft handler = unit.handlers.get(i);
            if (empty(handler.body) && handler.condition.isEmpty()) {
                warn("elided-probe", "Probe '" + family(handler.point) + "' has been elided", handler.span, "keyword");
                unit.handlers.remove(i--);
            }
        }
        if (unit.handlers.isEmpty()) {
            diagnostics.add(Diagnostic.semanticError("no-probes", "no probes found")
                    .withHint("there is nothing left to do in any handler"));
        }
    }

    private static String family(String point) {
        int end = 0;
        while (end < point.length() && point.charAt(end) != '.' && point.charAt(end) != '(') {
            end++;
        }
        return point.substring(0, end);
    }

    private BoundStatement round(BoundStatement body, ConstantFolding folding) {
        Set<Variable> read = Uses.ofCodeAlone().add(body).read;
        BoundStatement result = assignments(body, read);
        result = folding.fold(result);
        changed |= folding.takeChanged();
        return statements(result);
    }

    private void warnOfUnassigned() {
        Uses all = unit.uses();
        for (Variable global : unit.names.globals()) {
            if (all.read.contains(global) && !all.written.contains(global) && global.initial.isEmpty() && !given.contains(global.name)) {
                warn("never-assigned", "never-assigned global variable '" + global.name + "'", global.span,
                        Names.identifier(global.name));
            }
        }
        for (Routine routine : unit.liveFunctions()) {
            if (routine.body != null && !routine.isLibrary()) {
                warnOfUnassigned(routine.body, routine.locals);
            }
        }
        for (Draft handler : unit.handlers) {
            warnOfUnassigned(handler.body, handler.scope.locals);
        }
    }

    private void warnOfUnassigned(BoundStatement body, List<Variable> locals) {
        Uses uses = Uses.ofCodeAlone().add(body);
        for (Variable local : locals) {
            if (uses.read.contains(local) && !uses.written.contains(local)) {
                warn("never-assigned", "never-assigned local variable '" + local.name + "'", local.span,
                        Names.identifier(local.name));
            }
        }
    }

    private void warn(String code, String message, Span at, String saw) {
        if (!at.file().library()) {
            diagnostics.add(Diagnostic.warning(code, message, at).seeing(saw));
        }
    }

    // ---- assignments to what is never read

    private BoundStatement assignments(BoundStatement statement, Set<Variable> read) {
        statement.rewriteExpressions(e -> assignments(e, read));
        statement.rewriteStatements(s -> assignments(s, read));
        return statement;
    }

    private BoundExpression assignments(BoundExpression expression, Set<Variable> read) {
        expression.rewrite(e -> assignments(e, read));
        if (expression instanceof BoundExpression.Assignment assignment
                && assignment.place instanceof BoundExpression.VariableUse use
                && !use.variable.isGlobal() && !read.contains(use.variable)) {
            warn("elided-assignment", "Eliding assignment to '" + use.variable.name + "'", assignment.span,
                    "operator '" + assignment.span.text() + "'");
            changed = true;
            return assignment.value;
        }
        return expression;
    }

    // ---- statements without effect

    private BoundStatement statements(BoundStatement statement) {
        statement.rewriteStatements(this::statements);
        return switch (statement) {
            case BoundStatement.Block block -> flattened(block);
            case BoundStatement.Evaluate evaluate -> evaluated(evaluate);
            case BoundStatement.If s when empty(s.then) && (s.otherwise.isEmpty() || empty(s.otherwise.get())) -> {
                changed = true;
                yield statements(new BoundStatement.Evaluate(s.condition, s.span));
            }
            case BoundStatement.Foreach s when empty(s.body) && noEffects(s) -> {
                changed = true;
                yield new BoundStatement.Nothing(s.span);
            }
            case BoundStatement.Try s when empty(s.body) && (s.message.isEmpty() || !s.message.get().isGlobal()) -> {
                changed = true;
                yield new BoundStatement.Nothing(s.span);
            }
            default -> statement;
        };
    }

    private static boolean empty(BoundStatement statement) {
        return statement instanceof BoundStatement.Nothing
                || statement instanceof BoundStatement.Block block && block.statements.isEmpty();
    }

    /** A foreach whose variables are read later, or that sorts its array, is no empty one. */
    private static boolean noEffects(BoundStatement.Foreach s) {
        return s.sort.isEmpty() && s.limit.isEmpty() && s.slices.isEmpty() && s.value.isEmpty() && s.histogram.isEmpty()
                && s.keys.stream().noneMatch(Variable::isGlobal);
    }

    private BoundStatement flattened(BoundStatement.Block block) {
        List<BoundStatement> kept = new ArrayList<>();
        boolean reachable = true;
        for (BoundStatement inner : block.statements) {
            if (!reachable || inner instanceof BoundStatement.Nothing) {
                continue;
            }
            kept.add(inner);
            reachable = !(inner instanceof BoundStatement.Return || inner instanceof BoundStatement.Next
                    || inner instanceof BoundStatement.Break || inner instanceof BoundStatement.Continue);
        }
        if (kept.size() == block.statements.size()) {
            return block;
        }
        changed = true;
        return new BoundStatement.Block(kept, block.span);
    }

    private BoundStatement evaluated(BoundStatement.Evaluate statement) {
        BoundExpression expression = statement.expression;
        if (!Uses.withCalls().add(expression).hasSideEffects()) {
            warn("elided-expression", "Eliding side-effect-free expression ", expression.span, expression.saw());
            changed = true;
            return new BoundStatement.Nothing(statement.span);
        }
        List<BoundExpression> parts = new ArrayList<>();
        effectsOf(expression, parts);
        if (parts.size() == 1 && parts.getFirst() == expression) {
            return statement;
        }
        changed = true;
        List<BoundStatement> kept = new ArrayList<>();
        for (BoundExpression part : parts) {
            kept.add(new BoundStatement.Evaluate(part, statement.span));
        }
        return kept.size() == 1 ? kept.getFirst() : new BoundStatement.Block(kept, statement.span);
    }

    /** The parts of an expression that have effects, where only those count. */
    private static void effectsOf(BoundExpression expression, List<BoundExpression> out) {
        switch (expression) {
            case BoundExpression.Arithmetic _, BoundExpression.Comparison _, BoundExpression.Concatenation _,
                    BoundExpression.Negation _ -> expression.rewrite(part -> {
                        if (Uses.withCalls().add(part).hasSideEffects()) {
                            effectsOf(part, out);
                        }
                        return part;
                    });
            default -> out.add(expression);
        }
    }
}
