package org.jstap.compiler.program;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.language.source.Span;

/** A resolved, typed expression. */
public sealed interface Expr {
    Type type();

    Span span();

    record NumberValue(long value, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** One byte per char. */
    record TextValue(String value, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** Something that can be assigned to. */
    sealed interface Place extends Expr permits LocalPlace, GlobalPlace, ElementPlace, MemoryPlace { }

    record LocalPlace(Local local, Span span) implements Place {
        @Override
        public Type type() {
            return local.type();
        }
    }

    /** A scalar global, or a scalar statistic. */
    record GlobalPlace(Global global, Span span) implements Place {
        @Override
        public Type type() {
            return global.value();
        }
    }

    /** An element of an array. */
    record ElementPlace(Global global, List<Expr> keys, Span span) implements Place {
        @Override
        public Type type() {
            return global.value();
        }
    }

    /**
     * Memory of the probed context: {@code size} bytes at {@code base + offset}.
     *
     * @param base     an address
     * @param offset   bytes
     * @param size     1, 2, 4 or 8 bytes, in the byte order of the machine
     * @param signed   whether the value is sign-extended
     * @param bits     the part of the value that counts, for a bit field
     * @param space    whose memory
     * @param cType    C spelling of the value's type
     * @param lvalue   spelling in the script ({@code $skb->len}), for messages
     */
    record MemoryPlace(Expr base, long offset, int size, boolean signed, Optional<BitField> bits, Space space, String cType,
                       String lvalue, Span span) implements Place {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** Bits {@code shift} (from the least significant) to {@code shift + width - 1}. */
    record BitField(int shift, int width) { }

    enum Space { KERNEL, USER }

    /**
     * Argument of the probed event as a 64-bit value, extended as its type says.
     *
     * @param index  from 0
     * @param size   1, 2, 4 or 8 bytes
     * @param cType  C spelling of its type
     * @param pointee BTF id of the struct that a pointer argument points to, 0 where it is none
     */
    record Argument(int index, String name, int size, boolean signed, String cType, int pointee, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** Result of the probed function as a 64-bit value. {@code arguments} is how many parameters it has. */
    record ReturnValue(int size, boolean signed, String cType, int arguments, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    record Unary(UnaryOp op, Expr operand, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    enum UnaryOp { NEGATE, NOT, COMPLEMENT }

    /**
     * 64-bit arithmetic that wraps; shift counts modulo 64; division by zero is a run-time error.
     *
     * @param textBytes bytes of the array of {@code char} whose address this is, 0 where it is something else
     */
    record Arithmetic(ArithmeticOp op, Expr left, Expr right, int textBytes, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    enum ArithmeticOp { ADD, SUB, MUL, DIV, MOD, AND, OR, XOR, SHL, SHR }

    /** Signed comparison of numbers, or of strings by unsigned bytes; 1 or 0. */
    record Comparison(ComparisonOp op, Expr left, Expr right, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    enum ComparisonOp { EQ, NE, LT, LE, GT, GE }

    /** {@code &&} or {@code ||}; the right side is evaluated only where it decides. */
    record Logical(boolean and, Expr left, Expr right, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    record Concat(Expr left, Expr right, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    record Conditional(Expr condition, Expr then, Expr otherwise, Span span) implements Expr {
        @Override
        public Type type() {
            return then.type();
        }
    }

    /** {@code place = value}; its value is the new value of the place. Compound assignments carry the operator. */
    record Assign(Place place, Optional<ArithmeticOp> op, boolean concat, Expr value, Span span) implements Expr {
        @Override
        public Type type() {
            return place.type();
        }
    }

    /** {@code ++} and {@code --}: {@code delta} is 1 or -1. */
    record Increment(Place place, int delta, boolean prefix, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** {@code place <<< value}; its value is the value added. */
    record Accumulate(Place place, Expr value, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** {@code [keys] in array}; an absent key matches all. */
    record Membership(Global array, List<Optional<Expr>> keys, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** {@code text =~ regex}; {@code regex} is a position in {@link Program#regexes()}. */
    record Match(Expr text, int regex, boolean negated, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    record Call(int function, List<Expr> arguments, Type type, Span span) implements Expr { }

    record IntrinsicCall(Intrinsic intrinsic, List<Expr> arguments, Span span) implements Expr {
        @Override
        public Type type() {
            return intrinsic.result();
        }
    }

    /** Extractor of a statistic. {@code statistic} is a {@link GlobalPlace} or {@link ElementPlace}; keys may be absent in a slice. */
    record Extract(StatKind kind, StatPlace statistic, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** A statistic, or an element of an array of them. */
    record StatPlace(Global global, List<Expr> keys) { }

    /** Count of one bucket of a histogram: {@code @hist_log(s)[index]}. */
    record Bucket(StatPlace statistic, HistogramShape histogram, Expr index, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** Output, or a string for the {@code sprint} forms. */
    record Print(PrintFormat format, List<Expr> arguments, boolean asString, Span span) implements Expr {
        @Override
        public Type type() {
            return asString ? Type.STRING : Type.VOID;
        }
    }

    /** {@code print(@hist_log(s))}. */
    record PrintHistogram(StatPlace statistic, HistogramShape histogram, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.VOID;
        }
    }

    /** {@code $x$}, {@code $$parms}: text made from parts, each a literal or a value by a conversion. */
    record Pretty(PrintFormat format, List<Expr> arguments, Span span) implements Expr {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }
}
