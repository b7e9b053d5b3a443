package org.jstap.compiler.analysis;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.Type;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.Span;

/**
 * Finds the type of every variable, key and function result. Goes over all code until nothing more is learned; a type is what the
 * first use that determines it says, and every other use must agree. Errors count in the last round only, as what is unknown in
 * one round may be known in the next.
 */
final class TypeInference {
    private final Unit unit;
    private final ExpressionTypes expressions = new ExpressionTypes();

    TypeInference(Unit unit) {
        this.unit = unit;
    }

    /** Reports into {@code diagnostics} what has no type, or two. */
    void run(Diagnostics diagnostics) {
        List<Routine> functions = unit.liveFunctions();
        int rounds = 0;
        boolean learned;
        do {
            expressions.startRound();
            round(functions);
            learned = expressions.learned() > 0;
            // What is learned at the end of a long chain of calls comes back one call a round, or all the way backwards.
            if (learned && ++rounds > 2) {
                round(functions.reversed());
            }
        } while (learned);
        List<Diagnostic> mismatches = expressions.mismatches();
        diagnostics.addAll(mismatches);
        if (mismatches.isEmpty()) {
            globals();
            diagnostics.addAll(expressions.unresolved());
        }
    }

    /** A global that is only looked at or deleted has no type. */
    private void globals() {
        Uses uses = unit.uses();
        for (Variable global : unit.names.globals()) {
            if (uses.read.contains(global) || uses.written.contains(global)) {
                expressions.expectKnown(global.type, global.span, Names.identifier(global.name));
                for (Typing key : global.keys) {
                    expressions.expectKnown(key, global.span, Names.identifier(global.name));
                }
            }
        }
    }

    private void round(List<Routine> functions) {
        for (Routine routine : functions) {
            if (routine.body != null) {
                statement(routine.body, Optional.of(routine));
            } else {
                expressions.standIn(routine);
            }
        }
        for (Draft handler : unit.handlers) {
            if (handler.condition.isPresent()) {
                expressions.visit(handler.condition.get(), Type.LONG);
            }
            statement(handler.body, Optional.empty());
        }
    }

    private void statement(BoundStatement statement, Optional<Routine> routine) {
        switch (statement) {
            case BoundStatement.Evaluate s -> expressions.visitVoid(s.expression);
            case BoundStatement.If s -> expressions.visit(s.condition, Type.LONG);
            case BoundStatement.Loop s -> {
                if (s.init.isPresent()) {
                    expressions.visitVoid(s.init.get());
                }
                if (s.condition.isPresent()) {
                    expressions.visit(s.condition.get(), Type.LONG);
                }
                if (s.step.isPresent()) {
                    expressions.visitVoid(s.step.get());
                }
            }
            case BoundStatement.Foreach s -> foreach(s);
            case BoundStatement.Return s -> returned(s, routine.orElseThrow());
            case BoundStatement.Delete s -> {
                if (s.keys.length > 0) {
                    expressions.keys(s.variable, s.keys);
                }
                if (!s.variable.isGlobal()) {
                    expressions.expectKnown(s.variable.type, s.span, Names.identifier(s.variable.name));
                }
            }
            case BoundStatement.Try s -> {
                if (s.message.isPresent()) {
                    expressions.meet(s.message.get().type, Type.STRING, s.message.get().span,
                            Names.identifier(s.message.get().name));
                }
            }
            default -> { }
        }
        statement.rewriteStatements(s -> {
            statement(s, routine);
            return s;
        });
    }

    private void foreach(BoundStatement.Foreach s) {
        if (s.array.isPresent()) {
            Variable array = s.array.get();
            for (int i = 0; i < s.keys.size(); i++) {
                Variable key = s.keys.get(i);
                expressions.unify(array.keys[i], key.type, key.span, Names.identifier(key.name));
            }
            if (s.value.isPresent()) {
                value(array, s.value.get());
            }
            for (int i = 0; i < s.slices.size(); i++) {
                if (s.slices.get(i).isPresent()) {
                    expressions.key(array, i, s.slices.get(i).get());
                }
            }
            expressions.expectKnown(array.type, array.span, Names.identifier(array.name));
            if (s.sort.isPresent() && s.sort.get().extractor().isPresent()) {
                expressions.expectStatistics(array, Tokens.head(s.span, "foreach".length()));
            }
        } else {
            expressions.visit(s.histogram.orElseThrow(), Type.VOID);
            for (Variable key : s.keys) {
                expressions.meet(key.type, Type.LONG, key.span, Names.identifier(key.name));
            }
            if (s.value.isPresent()) {
                expressions.meet(s.value.get().type, Type.LONG, s.value.get().span, Names.identifier(s.value.get().name));
            }
        }
        if (s.limit.isPresent()) {
            expressions.visit(s.limit.get(), Type.LONG);
        }
    }

    /** Statistics have figures, and no value that a variable could take. */
    private void value(Variable array, Variable value) {
        if (array.type.type() == Type.STATS) {
            expressions.statisticAsValue(array, value);
        } else {
            expressions.unify(array.type, value.type, value.span, Names.identifier(value.name));
        }
    }

    private void returned(BoundStatement.Return s, Routine routine) {
        if (s.value.isEmpty()) {
            return;
        }
        BoundExpression value = s.value.get();
        expressions.visit(value, routine.result.type());
        if (!routine.result.known() && value.type != Type.VOID) {
            Span at = value.span;
            expressions.learn(routine.result, value.type, at, value.saw());
        }
    }
}
