package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;

/** Makes {@link Expr} of typed bound expressions. */
final class ExpressionEmitter {
    private final List<String> regexes;

    ExpressionEmitter(List<String> regexes) {
        this.regexes = regexes;
    }

    Expr emit(BoundExpression expression) {
        return switch (expression) {
            case BoundExpression.NumberConstant e -> new Expr.NumberValue(e.value, e.span);
            case BoundExpression.TextConstant e -> new Expr.TextValue(e.value, e.span);
            case BoundExpression.VariableUse _, BoundExpression.ElementUse _, BoundExpression.MemoryUse _ -> place(expression);
            case BoundExpression.Negation e -> new Expr.Unary(e.op, emit(e.operand), e.span);
            case BoundExpression.Arithmetic e -> new Expr.Arithmetic(e.op, emit(e.left), emit(e.right), e.textBytes, e.span);
            case BoundExpression.Comparison e -> new Expr.Comparison(e.op, emit(e.left), emit(e.right), e.span);
            case BoundExpression.Logical e -> new Expr.Logical(e.and, emit(e.left), emit(e.right), e.span);
            case BoundExpression.Concatenation e -> new Expr.Concat(emit(e.left), emit(e.right), e.span);
            case BoundExpression.Choice e -> new Expr.Conditional(emit(e.condition), emit(e.then), emit(e.otherwise), e.span);
            case BoundExpression.Assignment e -> new Expr.Assign(place(e.place), e.op, e.concat, emit(e.value), e.span);
            case BoundExpression.Crement e -> new Expr.Increment(place(e.place), e.delta, e.prefix, e.span);
            case BoundExpression.Accumulation e -> new Expr.Accumulate(place(e.place), emit(e.value), e.span);
            case BoundExpression.Membership e -> new Expr.Membership(e.array.emittedGlobal, open(e.keys), e.span);
            case BoundExpression.Match e -> new Expr.Match(emit(e.text), regex(e.pattern.value()), e.negated, e.span);
            case BoundExpression.Invocation e -> new Expr.Call(e.overloads.getFirst().id.getAsInt(), all(e.arguments), e.type,
                    e.span);
            case BoundExpression.IntrinsicUse e -> new Expr.IntrinsicCall(e.intrinsic, all(e.arguments), e.span);
            case BoundExpression.Extraction e when e.kind.isPresent() -> new Expr.Extract(e.kind.get(), statistic(e.statistic),
                    e.span);
            case BoundExpression.Extraction e -> throw misplaced(e);
            case BoundExpression.BucketUse e -> {
                BoundExpression.Extraction histogram = (BoundExpression.Extraction) e.histogram;
                yield new Expr.Bucket(statistic(histogram.statistic), shape(histogram), emit(e.index), e.span);
            }
            case BoundExpression.Output e -> output(e);
            case BoundExpression.ContextValue e -> e.value;
            case BoundExpression.PrettyText e -> new Expr.Pretty(e.format, all(e.arguments), e.span);
            case BoundExpression.Unresolved e -> throw new DiagnosticException(e.error);
        };
    }

    private static DiagnosticException misplaced(BoundExpression.Extraction e) {
        return new DiagnosticException(Diagnostic.semanticError("histogram-misplaced",
                "a histogram can be printed, indexed or iterated, but has no value", e.span).seeing(e.saw()));
    }

    private Expr output(BoundExpression.Output e) {
        if (e.arguments.length == 1 && e.arguments[0] instanceof BoundExpression.Extraction histogram
                && histogram.histogram.isPresent()) {
            return new Expr.PrintHistogram(statistic(histogram.statistic), shape(histogram), e.span);
        }
        for (BoundExpression argument : e.arguments) {
            if (argument.type == Type.STATS) {
                throw new DiagnosticException(Diagnostic.translationError("print-statistic",
                        "a statistic cannot be printed; print one of its figures", argument.span).seeing(argument.saw())
                        .withHint("@count, @sum, @min, @max, @avg, @variance, or print(@hist_log(...))"));
            }
        }
        PrintFormat format = e.format.isPresent() ? e.format.get() : Formats.plain(e.arguments, e.delimiter, e.newline);
        return new Expr.Print(format, all(e.arguments), !e.toStream, e.span);
    }

    Expr.Place place(BoundExpression place) {
        return switch (place) {
            case BoundExpression.VariableUse e when e.variable.isGlobal() -> new Expr.GlobalPlace(e.variable.emittedGlobal, e.span);
            case BoundExpression.VariableUse e -> new Expr.LocalPlace(e.variable.emittedLocal, e.span);
            case BoundExpression.ElementUse e -> new Expr.ElementPlace(e.variable.emittedGlobal, all(e.keys), e.span);
            case BoundExpression.MemoryUse e -> new Expr.MemoryPlace(emit(e.base), e.shape.offset(), e.shape.size(),
                    e.shape.signed(), e.shape.bits(), e.shape.space(), e.shape.cType(), e.shape.lvalue(), e.span);
            case BoundExpression.Unresolved e -> throw new DiagnosticException(e.error);
            default -> throw new DiagnosticException(Diagnostic.semanticError("no-lvalue", "this cannot be changed", place.span)
                    .seeing(place.saw()));
        };
    }

    Expr.StatPlace statistic(BoundExpression statistic) {
        return switch (statistic) {
            case BoundExpression.VariableUse e -> new Expr.StatPlace(e.variable.emittedGlobal, List.of());
            case BoundExpression.ElementUse e -> new Expr.StatPlace(e.variable.emittedGlobal, all(e.keys));
            default -> throw new DiagnosticException(Diagnostic.semanticError("no-statistic", "this is no statistic",
                    statistic.span).seeing(statistic.saw()));
        };
    }

    static HistogramShape shape(BoundExpression.Extraction histogram) {
        return histogram.histogram.orElseThrow();
    }

    List<Expr> all(BoundExpression[] expressions) {
        List<Expr> out = new ArrayList<>(expressions.length);
        for (BoundExpression expression : expressions) {
            out.add(emit(expression));
        }
        return List.copyOf(out);
    }

    List<Optional<Expr>> open(BoundExpression[] keys) {
        List<Optional<Expr>> out = new ArrayList<>(keys.length);
        for (BoundExpression key : keys) {
            out.add(key == null ? Optional.empty() : Optional.of(emit(key)));
        }
        return List.copyOf(out);
    }

    private int regex(String pattern) {
        int at = regexes.indexOf(pattern);
        if (at < 0) {
            at = regexes.size();
            regexes.add(pattern);
        }
        return at;
    }
}
