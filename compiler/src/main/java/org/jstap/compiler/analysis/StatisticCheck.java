package org.jstap.compiler.analysis;

import org.jstap.compiler.program.Type;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;

/** A statistic is added to and asked for its figures; it is no value that could be assigned, handed on, returned or be a key. */
final class StatisticCheck {
    private final Diagnostics diagnostics;

    StatisticCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Types are known. */
    void check(BoundStatement statement) {
        statement.rewriteExpressions(e -> {
            check(e);
            return e;
        });
        statement.rewriteStatements(s -> {
            check(s);
            return s;
        });
    }

    private void check(BoundExpression expression) {
        if (expression.type == Type.STATS
                && (expression instanceof BoundExpression.VariableUse || expression instanceof BoundExpression.ElementUse)) {
            diagnostics.add(Diagnostic.semanticError("type-mismatch", "invalid type stats: a statistic is no value", expression.span)
                    .seeing(expression.saw()).withHint("take one of its figures: @count, @sum, @min, @max, @avg, @variance"));
        }
        expression.rewrite(part -> {
            if (isPlace(expression, part)) {
                parts(part);
            } else {
                check(part);
            }
            return part;
        });
    }

    private void parts(BoundExpression place) {
        place.rewrite(key -> {
            check(key);
            return key;
        });
    }

    /** Whether a part names the statistic that the whole works on. Printing one is refused with a hint of its own. */
    private static boolean isPlace(BoundExpression whole, BoundExpression part) {
        return switch (whole) {
            case BoundExpression.Accumulation e -> part == e.place;
            case BoundExpression.Assignment e -> part == e.place;
            case BoundExpression.Extraction e -> part == e.statistic;
            case BoundExpression.Output _ -> part instanceof BoundExpression.VariableUse || part instanceof BoundExpression.ElementUse;
            default -> false;
        };
    }
}
