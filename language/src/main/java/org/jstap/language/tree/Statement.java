package org.jstap.language.tree;

import java.util.List;
import java.util.Optional;
import org.jstap.language.source.Span;

/** A statement. */
public sealed interface Statement extends Node {

    record Block(List<Statement> statements, Span span) implements Statement, FunctionBody {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    /** A lone {@code ;}. */
    record Empty(Span span) implements Statement {
    }

    record ExpressionStatement(Expression expression, Span span) implements Statement {
    }

    record If(Expression condition, Statement then, Optional<Statement> otherwise, Span span) implements Statement {
    }

    record While(Expression condition, Statement body, Span span) implements Statement {
    }

    /** {@code for (init; condition; update) body}; a part that was left out is empty. */
    record For(
            Optional<Expression> init, Optional<Expression> condition, Optional<Expression> update, Statement body,
            Span span) implements Statement {
    }

    /**
     * {@code foreach (value = [i, j] in array[1, *] @sum- limit n) body}.
     *
     * @param indexes the loop's variables for the keys, or for the bucket of a histogram
     * @param value   the loop's variable for the value
     * @param array   a {@link Expression.Symbol} or a {@link Expression.Histogram}
     * @param slices  what each key must equal; an empty element is {@code *}, an empty list is no slice at all
     * @param sort    the order, if one is asked for
     */
    record Foreach(
            List<Expression.Symbol> indexes, Optional<Expression.Symbol> value, Expression array,
            List<Optional<Expression>> slices, Optional<Sort> sort, Optional<Expression> limit, Statement body, Span span)
            implements Statement {
        public Foreach {
            indexes = List.copyOf(indexes);
            slices = List.copyOf(slices);
        }
    }

    enum Direction {
        ASCENDING("+"),
        DESCENDING("-");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * The order of a foreach.
     *
     * @param column    0 for the value, else the key's number from 1
     * @param extractor what of a statistic to sort by; empty is the plain value, or {@code @count} of a statistic
     */
    record Sort(int column, Direction direction, Optional<Expression.StatisticKind> extractor, Span span)
            implements Node {
    }

    record Return(Optional<Expression> value, Span span) implements Statement {
    }

    /** {@code delete target}; a {@link Expression.Symbol} clears a whole array. */
    record Delete(Expression target, Span span) implements Statement {
    }

    record Next(Span span) implements Statement {
    }

    record Break(Span span) implements Statement {
    }

    record Continue(Span span) implements Statement {
    }

    /** {@code try body catch (variable) handler}. */
    record TryCatch(Block body, Optional<Expression.Symbol> variable, Block handler, Span span) implements Statement {
    }

    /** C code as a statement, without {@code %{} and {@code %}}. */
    record EmbeddedStatement(String code, Span span) implements Statement {
    }
}
