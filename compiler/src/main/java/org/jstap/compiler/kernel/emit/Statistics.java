package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.StatKind;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.language.source.Span;

/**
 * Adds values to statistics and reads them. An element of a bank belongs to one CPU, but a handler may be interrupted by another on that CPU, so counts and
 * sums are added atomically and the extremes are exchanged only where they still are what was compared.
 */
final class Statistics {
    private static final int TRIES = 3;
    private static final String EMPTY = "empty aggregate";

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Assembler asm;

    Statistics(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.asm = context.asm;
    }

    Globals.Sink sink(StatLayout layout, Global global, Operand value) {
        return new Globals.Sink() {
            @Override
            public void addTo() {
                add(layout, global, value);
            }

            @Override
            public void first() {
                start(layout, global, value);
                if (layout.bucketCount() > 0) {
                    values.zero(Register.R4, layout.buckets(), 8 * layout.bucketCount());
                    bucketOffset(layout, global, value);
                    asm.alu(AluOp.ADD, Register.R4, Register.R1);
                    asm.storeImm(Size.DOUBLE, Register.R4, layout.buckets(), 1);
                }
            }
        };
    }

    /** From the element at R0, where a null pointer is one that holds nothing. */
    void extract(StatLayout layout, Op.ReadStat op) {
        Label done = context.label("done");
        Label empty = op.kind() == StatKind.COUNT || op.kind() == StatKind.SUM ? done
                : failures.failure(EMPTY, op.span());
        asm.mov(Register.R1, 0);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, empty);
        asm.load(Size.DOUBLE, Register.R2, Register.R0, layout.count());
        asm.jumpIf(JumpOp.EQ, Register.R2, 0, empty);
        value(layout, op.kind(), context.plan.globals().get(op.global()).shape().bitShift());
        asm.bind(done);
        if (values.isUsed(op.to())) {
            values.store(op.to(), Register.R1);
        }
    }

    /** From the element at R0, where a null pointer is one that holds nothing. */
    void bucket(StatLayout layout, Op.ReadBucket op) {
        checkFilled(layout, op.span());
        Label outside = failures.failure("histogram index out of range", op.span());
        values.load(Register.R1, op.index());
        asm.jumpIf(JumpOp.GE, Register.R1, layout.bucketCount(), outside);
        if (values.isUsed(op.to())) {
            asm.alu(AluOp.LSH, Register.R1, 3);
            asm.alu(AluOp.ADD, Register.R0, Register.R1);
            asm.load(Size.DOUBLE, Register.R1, Register.R0, layout.buckets());
            values.store(op.to(), Register.R1);
        }
    }

    /** The same for all buckets, which the host draws. */
    void print(StatLayout layout, Op.PrintHistogram op, Outputs outputs) {
        checkFilled(layout, op.span());
        context.storeFrame(Frame.POINTER, Register.R0);
        outputs.histogram(new RecordLayout.Histogram(op.histogram()), layout.buckets());
    }

    private void checkFilled(StatLayout layout, Span span) {
        Label empty = failures.failure(EMPTY, span);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, empty);
        asm.load(Size.DOUBLE, Register.R2, Register.R0, layout.count());
        asm.jumpIf(JumpOp.EQ, Register.R2, 0, empty);
    }

    /** What an extractor says of the element at R0 with a count that is not 0, in R1. Changes R2 to R5. */
    void value(StatLayout layout, StatKind kind, int shift) {
        switch (kind) {
            case COUNT -> asm.load(Size.DOUBLE, Register.R1, Register.R0, layout.count());
            case SUM -> asm.load(Size.DOUBLE, Register.R1, Register.R0, layout.sum());
            case MIN -> asm.load(Size.DOUBLE, Register.R1, Register.R0, layout.min());
            case MAX -> asm.load(Size.DOUBLE, Register.R1, Register.R0, layout.max());
            case AVG -> {
                asm.load(Size.DOUBLE, Register.R1, Register.R0, layout.sum());
                asm.load(Size.DOUBLE, Register.R2, Register.R0, layout.count());
                divide(Register.R1, Register.R2);
            }
            case VARIANCE -> variance(layout, shift);
        }
    }

    /**
     * The sample variance of values that were all added here, cut off at each step as in SystemTap: what the squares give, and the
     * distance of the running mean from the mean.
     */
    private void variance(StatLayout layout, int shift) {
        Label done = context.label("done");
        asm.mov(Register.R1, 0);
        asm.load(Size.DOUBLE, Register.R3, Register.R0, layout.count());
        asm.jumpIf(JumpOp.SLT, Register.R3, 2, done);
        asm.load(Size.DOUBLE, Register.R2, Register.R0, layout.sum());
        asm.alu(AluOp.LSH, Register.R2, shift);
        divide(Register.R2, Register.R3);
        asm.load(Size.DOUBLE, Register.R4, Register.R0, layout.mean());
        asm.alu(AluOp.SUB, Register.R4, Register.R2);
        asm.alu(AluOp.MUL, Register.R4, Register.R4);
        asm.alu(AluOp.MUL, Register.R4, Register.R3);
        asm.alu(AluOp.SUB, Register.R3, 1);
        asm.load(Size.DOUBLE, Register.R1, Register.R0, layout.squares());
        divide(Register.R1, Register.R3);
        asm.alu(AluOp.MUL, Register.R1, Register.R3);
        asm.alu(AluOp.ADD, Register.R1, Register.R4);
        divide(Register.R1, Register.R3);
        asm.alu(AluOp.ARSH, Register.R1, 2 * shift);
        asm.bind(done);
    }

    /** Cut towards zero; the divisor is positive. */
    private void divide(Register number, Register divisor) {
        Label positive = context.label("positive");
        Label divided = context.label("divided");
        asm.jumpIf(JumpOp.SGE, number, 0, positive);
        asm.neg(number);
        asm.alu(AluOp.DIV, number, divisor);
        asm.neg(number);
        asm.jump(divided);
        asm.bind(positive);
        asm.alu(AluOp.DIV, number, divisor);
        asm.bind(divided);
    }

    /** To the element at R0. */
    private void add(StatLayout layout, Global global, Operand value) {
        if (layout.min() >= 0) {
            extreme(layout, layout.min(), JumpOp.SGE, value);
        }
        if (layout.max() >= 0) {
            extreme(layout, layout.max(), JumpOp.SLE, value);
        }
        if (layout.bucketCount() > 0) {
            bucketOffset(layout, global, value);
            asm.mov(Register.R3, Register.R0);
            asm.alu(AluOp.ADD, Register.R3, Register.R1);
            asm.mov(Register.R2, 1);
            asm.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R3, layout.buckets(), Register.R2);
        }
        if (layout.squares() >= 0) {
            distance(layout, global.shape().bitShift(), value);
        }
        if (layout.sum() >= 0) {
            values.load(Register.R2, value);
            asm.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R0, layout.sum(), Register.R2);
        }
        asm.mov(Register.R2, 1);
        asm.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R0, layout.count(), Register.R2);
    }

    /**
     * The running mean and the squares, as SystemTap computes them to the last bit. The mean is no sum that could be added to
     * atomically: a handler that interrupts this very place makes it a little wrong, and nothing else.
     */
    private void distance(StatLayout layout, int shift, Operand value) {
        values.load(Register.R2, value);
        asm.alu(AluOp.LSH, Register.R2, shift);
        asm.load(Size.DOUBLE, Register.R3, Register.R0, layout.mean());
        asm.mov(Register.R1, Register.R2);
        asm.alu(AluOp.SUB, Register.R1, Register.R3);
        asm.load(Size.DOUBLE, Register.R4, Register.R0, layout.count());
        asm.alu(AluOp.ADD, Register.R4, 1);
        asm.mov(Register.R5, Register.R1);
        divide(Register.R5, Register.R4);
        asm.alu(AluOp.ADD, Register.R3, Register.R5);
        asm.store(Size.DOUBLE, Register.R0, layout.mean(), Register.R3);
        asm.alu(AluOp.SUB, Register.R2, Register.R3);
        asm.alu(AluOp.MUL, Register.R1, Register.R2);
        asm.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R0, layout.squares(), Register.R1);
    }

    /** A first element at R4. */
    private void start(StatLayout layout, Global global, Operand value) {
        asm.storeImm(Size.DOUBLE, Register.R4, layout.count(), 1);
        Register loaded = values.inRegister(value, Register.R1);
        for (int offset : new int[] {layout.sum(), layout.min(), layout.max()}) {
            if (offset >= 0) {
                asm.store(Size.DOUBLE, Register.R4, offset, loaded);
            }
        }
        if (layout.squares() >= 0) {
            asm.mov(Register.R2, loaded);
            asm.alu(AluOp.LSH, Register.R2, global.shape().bitShift());
            asm.store(Size.DOUBLE, Register.R4, layout.mean(), Register.R2);
            asm.storeImm(Size.DOUBLE, Register.R4, layout.squares(), 0);
        }
    }

    /**
     * Exchanges the extreme at R0 + offset for the value. {@code keeps} says when {@code value keeps extreme} leaves it as it is.
     * An element that holds no value yet (count 0) takes it in any case.
     */
    private void extreme(StatLayout layout, int offset, JumpOp keeps, Operand value) {
        Label done = context.label("kept");
        Label exchange = context.label("exchange");
        asm.mov(Register.R5, Register.R0);
        values.load(Register.R2, value);
        for (int i = 0; i < TRIES; i++) {
            asm.load(Size.DOUBLE, Register.R0, Register.R5, offset);
            if (i == 0) {
                asm.load(Size.DOUBLE, Register.R3, Register.R5, layout.count());
                asm.jumpIf(JumpOp.EQ, Register.R3, 0, exchange);
            }
            asm.jumpIf(keeps, Register.R2, Register.R0, done);
            if (i == 0) {
                asm.bind(exchange);
            }
            asm.mov(Register.R4, Register.R0);
            asm.atomic(AtomicOp.CMPXCHG, Size.DOUBLE, Register.R5, offset, Register.R2);
            asm.jumpIf(JumpOp.EQ, Register.R0, Register.R4, done);
        }
        asm.bind(done);
        asm.mov(Register.R0, Register.R5);
    }

    /** Leaves in R1 the offset of the value's bucket from the first, bounded so that the verifier sees it. Uses R2, R3, R5. */
    private void bucketOffset(StatLayout layout, Global global, Operand value) {
        switch (global.shape().histogram().orElseThrow()) {
            case HistogramShape.Log _ -> logBucket(value);
            case HistogramShape.Linear linear -> linearBucket(layout, linear, value);
        }
        Label inside = context.label("inside");
        asm.jumpIf(JumpOp.LT, Register.R1, layout.bucketCount(), inside);
        asm.mov(Register.R1, layout.bucketCount() - 1);
        asm.bind(inside);
        asm.alu(AluOp.LSH, Register.R1, 3);
    }

    /** Bucket 64 is zero, 65 is 1, 66 is 2 and 3; 63 is -1, 62 is -2 and -3: the bit length of the value's magnitude. */
    private void logBucket(Operand value) {
        Label positive = context.label("positive");
        Label join = context.label("join");
        values.load(Register.R2, value);
        asm.jumpIf(JumpOp.SGE, Register.R2, 0, positive);
        asm.neg(Register.R2);
        bitLength();
        asm.neg(Register.R1);
        asm.jump(join);
        asm.bind(positive);
        bitLength();
        asm.bind(join);
        asm.alu(AluOp.ADD, Register.R1, 64);
    }

    /** Bit length of R2 in R1, at most 64. */
    private void bitLength() {
        asm.mov(Register.R1, 0);
        for (int step = 32; step >= 1; step /= 2) {
            Label less = context.label("less");
            asm.mov(Register.R3, Register.R2);
            asm.alu(AluOp.RSH, Register.R3, step);
            asm.jumpIf(JumpOp.EQ, Register.R3, 0, less);
            asm.mov(Register.R2, Register.R3);
            asm.alu(AluOp.ADD, Register.R1, step);
            asm.bind(less);
        }
        asm.alu(AluOp.ADD, Register.R1, Register.R2);
        Label bounded = context.label("bounded");
        asm.jumpIf(JumpOp.LE, Register.R1, 64, bounded);
        asm.mov(Register.R1, 64);
        asm.bind(bounded);
    }

    /** Bucket 0 is below the range, the last one above; a difference that overflows goes to the wrong side, as in SystemTap. */
    private void linearBucket(StatLayout layout, HistogramShape.Linear linear, Operand value) {
        Label below = context.label("below");
        Label join = context.label("join");
        values.load(Register.R1, value);
        asm.constant(Register.R2, linear.low());
        asm.alu(AluOp.SUB, Register.R1, Register.R2);
        asm.jumpIf(JumpOp.SLT, Register.R1, 0, below);
        asm.constant(Register.R2, linear.width());
        asm.alu(AluOp.DIV, Register.R1, Register.R2);
        asm.alu(AluOp.ADD, Register.R1, 1);
        asm.jump(join);
        asm.bind(below);
        asm.mov(Register.R1, 0);
        asm.bind(join);
    }
}
