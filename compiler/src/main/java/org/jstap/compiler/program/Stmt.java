package org.jstap.compiler.program;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.language.source.Span;

/** A resolved statement. */
public sealed interface Stmt {
    Span span();

    record Block(List<Stmt> statements, Span span) implements Stmt {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    record Evaluate(Expr expression, Span span) implements Stmt { }

    record If(Expr condition, Stmt then, Optional<Stmt> otherwise, Span span) implements Stmt { }

    /** {@code while} and {@code for}: {@code continue} goes to {@code step}. {@code isFor} tells how statements are counted (MAXACTION). */
    record While(Optional<Expr> condition, Stmt body, Optional<Expr> step, boolean isFor, Span span) implements Stmt { }

    /**
     * @param keys   variables that take the index, as many as the array has keys; or one for a histogram's bucket numbers
     * @param value  variable that takes the element
     * @param slices for each key the value that it must have, absent for all; empty where the loop has no slice
     */
    record Foreach(Source source, List<Local> keys, Optional<Local> value, List<Optional<Expr>> slices, Optional<Sort> sort,
                   Optional<Expr> limit, Stmt body, Span span) implements Stmt { }

    sealed interface Source { }

    record ArraySource(Global array) implements Source { }

    record HistogramSource(Expr.StatPlace statistic, HistogramShape histogram) implements Source { }

    /** @param column 0 for the value, else the key's number from 1
     *  @param extractor by which a statistic is sorted */
    record Sort(int column, boolean descending, Optional<StatKind> extractor) { }

    record Return(Optional<Expr> value, Span span) implements Stmt { }

    /** Removes an element, all that match where keys are absent, or empties the variable where there are no keys at all. */
    record Delete(Global global, List<Optional<Expr>> keys, Span span) implements Stmt { }

    /** Leaves the handler; in a function, calls the next overload with the same arguments ({@code overload} is its id). */
    record Next(OptionalInt overload, Span span) implements Stmt { }

    record Break(Span span) implements Stmt { }

    record Continue(Span span) implements Stmt { }

    record Try(Stmt body, Optional<Local> message, Stmt handler, Span span) implements Stmt { }
}
