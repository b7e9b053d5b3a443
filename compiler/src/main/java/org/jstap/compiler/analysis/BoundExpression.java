package org.jstap.compiler.analysis;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.Expr.UnaryOp;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.Type;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression.StringLiteral;

/**
 * An expression with its names resolved, while passes still rewrite it and its type is being found. The span is that of the token
 * that messages point at, as SystemTap does: an operator, a name, a literal.
 */
abstract sealed class BoundExpression {
    final Span span;
    /** {@link Type#VOID} until it is known. */
    Type type = Type.VOID;

    BoundExpression(Span span) {
        this.span = span;
    }

    /** Replaces each direct part by what {@code change} makes of it. */
    void rewrite(UnaryOperator<BoundExpression> change) { }

    /** The token at the span, as {@code identifier 'a'}. */
    String saw() {
        return "operator '" + span.text() + "'";
    }

    private static void rewriteAll(BoundExpression[] parts, UnaryOperator<BoundExpression> change) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != null) {
                parts[i] = change.apply(parts[i]);
            }
        }
    }

    static final class NumberConstant extends BoundExpression {
        final long value;

        NumberConstant(long value, Span span) {
            super(span);
            this.value = value;
            this.type = Type.LONG;
        }

        @Override
        String saw() {
            return "number '" + value + "'";
        }
    }

    /** {@code raw} is the spelling, by which SystemTap joins and compares literals. */
    static final class TextConstant extends BoundExpression {
        final String value;
        final String raw;

        TextConstant(String value, String raw, Span span) {
            super(span);
            this.value = value;
            this.raw = raw;
            this.type = Type.STRING;
        }

        @Override
        String saw() {
            return "string '" + raw + "'";
        }
    }

    /** A scalar, or a whole statistic. */
    static final class VariableUse extends BoundExpression {
        final Variable variable;

        VariableUse(Variable variable, Span span) {
            super(span);
            this.variable = variable;
        }

        @Override
        String saw() {
            return "identifier '" + variable.name + "'";
        }
    }

    /** An element; an absent (null) key stands for all, in a slice. */
    static final class ElementUse extends BoundExpression {
        final Variable variable;
        final BoundExpression[] keys;

        ElementUse(Variable variable, BoundExpression[] keys, Span span) {
            super(span);
            this.variable = variable;
            this.keys = keys;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            rewriteAll(keys, change);
        }

        @Override
        String saw() {
            return "identifier '" + variable.name + "'";
        }
    }

    static final class Negation extends BoundExpression {
        final UnaryOp op;
        BoundExpression operand;

        Negation(UnaryOp op, BoundExpression operand, Span span) {
            super(span);
            this.op = op;
            this.operand = operand;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            operand = change.apply(operand);
        }
    }

    static final class Arithmetic extends BoundExpression {
        final ArithmeticOp op;
        /** Bytes of the array of {@code char} whose address this is, 0 where it is something else. */
        final int textBytes;
        BoundExpression left;
        BoundExpression right;

        Arithmetic(ArithmeticOp op, BoundExpression left, BoundExpression right, Span span) {
            this(op, left, right, 0, span);
        }

        Arithmetic(ArithmeticOp op, BoundExpression left, BoundExpression right, int textBytes, Span span) {
            super(span);
            this.op = op;
            this.textBytes = textBytes;
            this.left = left;
            this.right = right;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            left = change.apply(left);
            right = change.apply(right);
        }
    }

    static final class Comparison extends BoundExpression {
        final ComparisonOp op;
        BoundExpression left;
        BoundExpression right;

        Comparison(ComparisonOp op, BoundExpression left, BoundExpression right, Span span) {
            super(span);
            this.op = op;
            this.left = left;
            this.right = right;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            left = change.apply(left);
            right = change.apply(right);
        }
    }

    static final class Logical extends BoundExpression {
        final boolean and;
        BoundExpression left;
        BoundExpression right;

        Logical(boolean and, BoundExpression left, BoundExpression right, Span span) {
            super(span);
            this.and = and;
            this.left = left;
            this.right = right;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            left = change.apply(left);
            right = change.apply(right);
        }
    }

    static final class Concatenation extends BoundExpression {
        BoundExpression left;
        BoundExpression right;

        Concatenation(BoundExpression left, BoundExpression right, Span span) {
            super(span);
            this.left = left;
            this.right = right;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            left = change.apply(left);
            right = change.apply(right);
        }
    }

    static final class Choice extends BoundExpression {
        BoundExpression condition;
        BoundExpression then;
        BoundExpression otherwise;

        Choice(BoundExpression condition, BoundExpression then, BoundExpression otherwise, Span span) {
            super(span);
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            condition = change.apply(condition);
            then = change.apply(then);
            otherwise = change.apply(otherwise);
        }
    }

    /** {@code =}, {@code op=} and {@code .=}. */
    static final class Assignment extends BoundExpression {
        BoundExpression place;
        final Optional<ArithmeticOp> op;
        final boolean concat;
        BoundExpression value;

        Assignment(BoundExpression place, Optional<ArithmeticOp> op, boolean concat, BoundExpression value, Span span) {
            super(span);
            this.place = place;
            this.op = op;
            this.concat = concat;
            this.value = value;
        }

        boolean readsPlace() {
            return op.isPresent() || concat;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            place = change.apply(place);
            value = change.apply(value);
        }
    }

    static final class Crement extends BoundExpression {
        BoundExpression place;
        final int delta;
        final boolean prefix;

        Crement(BoundExpression place, int delta, boolean prefix, Span span) {
            super(span);
            this.place = place;
            this.delta = delta;
            this.prefix = prefix;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            place = change.apply(place);
        }
    }

    static final class Accumulation extends BoundExpression {
        BoundExpression place;
        BoundExpression value;

        Accumulation(BoundExpression place, BoundExpression value, Span span) {
            super(span);
            this.place = place;
            this.value = value;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            place = change.apply(place);
            value = change.apply(value);
        }
    }

    /** A null key stands for all. */
    static final class Membership extends BoundExpression {
        final Variable array;
        final BoundExpression[] keys;

        Membership(Variable array, BoundExpression[] keys, Span span) {
            super(span);
            this.array = array;
            this.keys = keys;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            rewriteAll(keys, change);
        }
    }

    static final class Match extends BoundExpression {
        BoundExpression text;
        final StringLiteral pattern;
        final boolean negated;

        Match(BoundExpression text, StringLiteral pattern, boolean negated, Span span) {
            super(span);
            this.text = text;
            this.pattern = pattern;
            this.negated = negated;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            text = change.apply(text);
        }
    }

    /** A call of a declared function: of the first of its overloads. */
    static final class Invocation extends BoundExpression {
        final List<Routine> overloads;
        final BoundExpression[] arguments;

        Invocation(List<Routine> overloads, BoundExpression[] arguments, Span span) {
            super(span);
            this.overloads = List.copyOf(overloads);
            this.arguments = arguments;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            rewriteAll(arguments, change);
        }

        @Override
        String saw() {
            return "identifier '" + overloads.getFirst().name + "'";
        }
    }

    static final class IntrinsicUse extends BoundExpression {
        final Intrinsic intrinsic;
        final BoundExpression[] arguments;

        IntrinsicUse(Intrinsic intrinsic, BoundExpression[] arguments, Span span) {
            super(span);
            this.intrinsic = intrinsic;
            this.arguments = arguments;
            this.type = intrinsic.result();
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            rewriteAll(arguments, change);
        }

        @Override
        String saw() {
            return "identifier '" + intrinsic.word() + "'";
        }
    }

    /** What is taken out of a statistic: one figure, or the buckets of its histogram. */
    static final class Extraction extends BoundExpression {
        final Optional<StatKind> kind;
        final Optional<HistogramShape> histogram;
        BoundExpression statistic;

        Extraction(Optional<StatKind> kind, Optional<HistogramShape> histogram, BoundExpression statistic, Span span) {
            super(span);
            this.kind = kind;
            this.histogram = histogram;
            this.statistic = statistic;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            statistic = change.apply(statistic);
        }
    }

    /** {@code @hist_log(s)[index]}. */
    static final class BucketUse extends BoundExpression {
        BoundExpression histogram;
        BoundExpression index;

        BucketUse(BoundExpression histogram, BoundExpression index, Span span) {
            super(span);
            this.histogram = histogram;
            this.index = index;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            histogram = change.apply(histogram);
            index = change.apply(index);
        }
    }

    /**
     * The {@code print} family. Conversions of {@code print} and its like depend on types, so {@code format} is absent for them
     * until emission.
     */
    static final class Output extends BoundExpression {
        final Optional<PrintFormat> format;
        final String delimiter;
        final boolean newline;
        final boolean toStream;
        final BoundExpression[] arguments;

        Output(Optional<PrintFormat> format, String delimiter, boolean newline, boolean toStream, BoundExpression[] arguments,
               Span span) {
            super(span);
            this.format = format;
            this.delimiter = delimiter;
            this.newline = newline;
            this.toStream = toStream;
            this.arguments = arguments;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            rewriteAll(arguments, change);
        }

        @Override
        String saw() {
            return "identifier '" + span.text() + "'";
        }
    }

    /** A finished number of the probed context: an argument or the result. */
    static final class ContextValue extends BoundExpression {
        final Expr value;

        ContextValue(Expr value, Span span) {
            super(span);
            this.value = value;
            this.type = Type.LONG;
        }
    }

    /** Memory of the probed context; {@code shape} has everything but the address. */
    static final class MemoryUse extends BoundExpression {
        BoundExpression base;
        final Expr.MemoryPlace shape;

        MemoryUse(BoundExpression base, Expr.MemoryPlace shape, Span span) {
            super(span);
            this.base = base;
            this.shape = shape;
            this.type = Type.LONG;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            base = change.apply(base);
        }
    }

    /** {@code $x$} or {@code $$parms}. */
    static final class PrettyText extends BoundExpression {
        PrintFormat format;
        BoundExpression[] arguments;

        PrettyText(PrintFormat format, BoundExpression[] arguments, Span span) {
            super(span);
            this.format = format;
            this.arguments = arguments;
            this.type = Type.STRING;
        }

        @Override
        void rewrite(UnaryOperator<BoundExpression> change) {
            rewriteAll(arguments, change);
        }
    }

    /** Something that does not resolve, which is an error only if it is still there after what is dead has been dropped. */
    static final class Unresolved extends BoundExpression {
        final Diagnostic error;

        Unresolved(Diagnostic error, Span span) {
            super(span);
            this.error = error;
        }
    }
}
