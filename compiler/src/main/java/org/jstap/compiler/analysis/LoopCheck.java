package org.jstap.compiler.analysis;

import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.Span;

/**
 * What loops forbid: to change an array while it is iterated, directly or by a function called in the loop, and to leave a loop
 * where there is none.
 */
final class LoopCheck {
    private final Diagnostics diagnostics;

    LoopCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void check(BoundStatement statement) {
        check(statement, false);
    }

    private void check(BoundStatement statement, boolean inLoop) {
        boolean inner = inLoop;
        switch (statement) {
            case BoundStatement.Break _ when !inLoop -> diagnostics.add(outside("break", statement));
            case BoundStatement.Continue _ when !inLoop -> diagnostics.add(outside("continue", statement));
            case BoundStatement.Foreach s -> {
                inner = true;
                if (s.array.isPresent()) {
                    changes(s.body, s.array.get());
                }
            }
            case BoundStatement.Loop _ -> inner = true;
            default -> { }
        }
        boolean within = inner;
        statement.rewriteStatements(s -> {
            check(s, within);
            return s;
        });
    }

    private static Diagnostic outside(String word, BoundStatement statement) {
        return Diagnostic.translationError("outside-loop", "cannot '" + word + "' outside loop", statement.span).seeing("keyword");
    }

    private void changes(BoundStatement statement, Variable array) {
        statement.rewriteExpressions(e -> {
            changes(e, array);
            return e;
        });
        if (statement instanceof BoundStatement.Delete delete && delete.variable == array) {
            changed(delete.span, array);
        }
        statement.rewriteStatements(s -> {
            changes(s, array);
            return s;
        });
    }

    private void changes(BoundExpression expression, Variable array) {
        switch (expression) {
            case BoundExpression.Assignment e -> place(e.place, array);
            case BoundExpression.Accumulation e -> place(e.place, array);
            case BoundExpression.Crement e -> place(e.place, array);
            case BoundExpression.Invocation e -> {
                for (Routine routine : e.overloads) {
                    if (routine.body != null && Uses.ofCodeAlone().add(routine.body).written.contains(array)) {
                        diagnostics.add(Diagnostic.semanticError("foreach-changes-array", "function call modifies var '"
                                + array.name + "' during 'foreach' iteration", e.span).seeing(e.saw())
                                .withHint("collect the keys in another array first, and change this one after the loop"));
                        break;
                    }
                }
            }
            default -> { }
        }
        expression.rewrite(e -> {
            changes(e, array);
            return e;
        });
    }

    private void place(BoundExpression place, Variable array) {
        if (place instanceof BoundExpression.ElementUse use && use.variable == array) {
            changed(use.span, array);
        }
    }

    private void changed(Span at, Variable array) {
        diagnostics.add(Diagnostic.semanticError("foreach-changes-array", "variable '" + array.name
                + "' modified during 'foreach' iteration", at).seeing(Names.identifier(array.name))
                .withHint("collect the keys in another array first, and change this one after the loop"));
    }
}
