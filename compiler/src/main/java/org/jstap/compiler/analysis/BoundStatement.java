package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jstap.compiler.program.Stmt;
import org.jstap.language.source.Span;

/** A statement with its names resolved, while passes still rewrite it. An absent expression is null inside this package. */
abstract sealed class BoundStatement {
    final Span span;

    BoundStatement(Span span) {
        this.span = span;
    }

    /** Replaces each expression of this statement itself, not those of inner statements. */
    void rewriteExpressions(UnaryOperator<BoundExpression> change) { }

    /** Replaces each direct inner statement. */
    void rewriteStatements(UnaryOperator<BoundStatement> change) { }

    static final class Block extends BoundStatement {
        final List<BoundStatement> statements;

        Block(List<BoundStatement> statements, Span span) {
            super(span);
            this.statements = new ArrayList<>(statements);
        }

        @Override
        void rewriteStatements(UnaryOperator<BoundStatement> change) {
            // By index: a recursive function may be walked again while it is rewritten.
            for (int i = 0; i < statements.size(); i++) {
                statements.set(i, change.apply(statements.get(i)));
            }
        }
    }

    /** Does nothing; what remains of an elided statement. */
    static final class Nothing extends BoundStatement {
        Nothing(Span span) {
            super(span);
        }
    }

    static final class Evaluate extends BoundStatement {
        BoundExpression expression;

        Evaluate(BoundExpression expression, Span span) {
            super(span);
            this.expression = expression;
        }

        @Override
        void rewriteExpressions(UnaryOperator<BoundExpression> change) {
            expression = change.apply(expression);
        }
    }

    static final class If extends BoundStatement {
        BoundExpression condition;
        BoundStatement then;
        Optional<BoundStatement> otherwise;

        If(BoundExpression condition, BoundStatement then, Optional<BoundStatement> otherwise, Span span) {
            super(span);
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        void rewriteExpressions(UnaryOperator<BoundExpression> change) {
            condition = change.apply(condition);
        }

        @Override
        void rewriteStatements(UnaryOperator<BoundStatement> change) {
            then = change.apply(then);
            if (otherwise.isPresent()) {
                otherwise = Optional.of(change.apply(otherwise.get()));
            }
        }
    }

    static final class Loop extends BoundStatement {
        final boolean isFor;
        Optional<BoundExpression> init;
        Optional<BoundExpression> condition;
        Optional<BoundExpression> step;
        BoundStatement body;

        Loop(boolean isFor, Optional<BoundExpression> init, Optional<BoundExpression> condition, Optional<BoundExpression> step,
             BoundStatement body, Span span) {
            super(span);
            this.isFor = isFor;
            this.init = init;
            this.condition = condition;
            this.step = step;
            this.body = body;
        }

        @Override
        void rewriteExpressions(UnaryOperator<BoundExpression> change) {
            init = mapped(init, change);
            condition = mapped(condition, change);
            step = mapped(step, change);
        }

        @Override
        void rewriteStatements(UnaryOperator<BoundStatement> change) {
            body = change.apply(body);
        }
    }

    /** Over an array, or over the buckets of a histogram: exactly one of {@code array} and {@code histogram} is there. */
    static final class Foreach extends BoundStatement {
        final List<Variable> keys;
        final Optional<Variable> value;
        final Optional<Variable> array;
        Optional<BoundExpression> histogram;
        final List<Optional<BoundExpression>> slices;
        final Optional<Stmt.Sort> sort;
        Optional<BoundExpression> limit;
        BoundStatement body;

        Foreach(List<Variable> keys, Optional<Variable> value, Optional<Variable> array, Optional<BoundExpression> histogram,
                List<Optional<BoundExpression>> slices, Optional<Stmt.Sort> sort, Optional<BoundExpression> limit,
                BoundStatement body, Span span) {
            super(span);
            this.keys = List.copyOf(keys);
            this.value = value;
            this.array = array;
            this.histogram = histogram;
            this.slices = new ArrayList<>(slices);
            this.sort = sort;
            this.limit = limit;
            this.body = body;
        }

        @Override
        void rewriteExpressions(UnaryOperator<BoundExpression> change) {
            histogram = mapped(histogram, change);
            for (int i = 0; i < slices.size(); i++) {
                slices.set(i, mapped(slices.get(i), change));
            }
            limit = mapped(limit, change);
        }

        @Override
        void rewriteStatements(UnaryOperator<BoundStatement> change) {
            body = change.apply(body);
        }
    }

    static final class Return extends BoundStatement {
        Optional<BoundExpression> value;

        Return(Optional<BoundExpression> value, Span span) {
            super(span);
            this.value = value;
        }

        @Override
        void rewriteExpressions(UnaryOperator<BoundExpression> change) {
            value = mapped(value, change);
        }
    }

    /** {@code target} is a {@link BoundExpression.VariableUse} for a whole variable or an element, perhaps with open keys. */
    static final class Delete extends BoundStatement {
        final Variable variable;
        final BoundExpression[] keys;

        Delete(Variable variable, BoundExpression[] keys, Span span) {
            super(span);
            this.variable = variable;
            this.keys = keys;
        }

        @Override
        void rewriteExpressions(UnaryOperator<BoundExpression> change) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] != null) {
                    keys[i] = change.apply(keys[i]);
                }
            }
        }
    }

    static final class Next extends BoundStatement {
        Next(Span span) {
            super(span);
        }
    }

    static final class Break extends BoundStatement {
        Break(Span span) {
            super(span);
        }
    }

    static final class Continue extends BoundStatement {
        Continue(Span span) {
            super(span);
        }
    }

    static final class Try extends BoundStatement {
        BoundStatement body;
        final Optional<Variable> message;
        BoundStatement handler;

        Try(BoundStatement body, Optional<Variable> message, BoundStatement handler, Span span) {
            super(span);
            this.body = body;
            this.message = message;
            this.handler = handler;
        }

        @Override
        void rewriteStatements(UnaryOperator<BoundStatement> change) {
            body = change.apply(body);
            handler = change.apply(handler);
        }
    }

    private static Optional<BoundExpression> mapped(Optional<BoundExpression> part, UnaryOperator<BoundExpression> change) {
        return part.isEmpty() ? part : Optional.of(change.apply(part.get()));
    }
}
