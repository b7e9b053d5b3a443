package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** Operations on strings. Since strings are padded with zeros, they compare word by word. */
final class Strings {
    /** Bytes of a string above which its length is not found byte by byte. */
    private static final int LONG = 32;

    private final Context context;
    private final Values values;
    private final Assembler asm;

    Strings(Context context, Values values) {
        this.context = context;
        this.values = values;
        this.asm = context.asm;
    }

    /**
     * The left side is copied by {@code bpf_probe_read_kernel_str}, which tells its length; the right side is put behind it. Where
     * the result has to be cut, or its place holds one of the sides, that happens in a place of its own.
     */
    void concat(Op.Concat op) {
        if (!values.isUsed(op.to())) {
            return;
        }
        int left = width(op.left());
        int right = width(op.right());
        int width = context.widths[op.to().id()];
        Home place = context.frame.home(op.to());
        if (Frame.joinsInPlace(op, left, right, width)) {
            join(op, place, left, right);
            return;
        }
        int size = values.size(op.to());
        Home joint = context.frame.join();
        join(op, joint, left, right);
        context.address(Register.R2, joint);
        context.address(Register.R3, place);
        for (int i = 0; i < size; i += 8) {
            asm.load(Size.DOUBLE, Register.R1, Register.R2, i);
            asm.store(Size.DOUBLE, Register.R3, i, Register.R1);
        }
        for (int i = width - 1; i < size; i++) {
            asm.storeImm(Size.BYTE, Register.R3, i, 0);
        }
    }

    /** Puts both sides into a place with room for them, with zeros behind them for as long as the result's place is. */
    private void join(Op.Concat op, Home place, int left, int right) {
        context.address(Register.R1, place);
        values.zero(Register.R1, 0, values.size(op.to()));
        asm.mov(Register.R2, left);
        pointer(Register.R3, op.left());
        asm.call(Helper.PROBE_READ_KERNEL_STR);
        Label measured = context.label("measured");
        asm.alu(AluOp.SUB, Register.R0, 1);
        asm.jumpIf(JumpOp.LT, Register.R0, left, measured);
        asm.mov(Register.R0, 0);
        asm.bind(measured);
        context.address(Register.R1, place);
        asm.alu(AluOp.ADD, Register.R1, Register.R0);
        asm.mov(Register.R2, right);
        pointer(Register.R3, op.right());
        asm.call(Helper.PROBE_READ_KERNEL_STR);
    }

    /** The longest that a string can be, with its zero. */
    private int width(Operand operand) {
        return switch (operand) {
            case Variable variable -> context.widths[variable.id()];
            case Operand.Text text -> Math.min(context.plan.limits().maxStringLength(), text.value().length() + 1);
            case Operand.Number number -> throw new IllegalStateException("a number where a string is due: " + number);
        };
    }

    /** The address of a string; of a constant one among the texts. */
    void pointer(Register to, Operand operand) {
        switch (operand) {
            case Variable variable -> values.address(to, variable);
            case Operand.Text text -> asm.loadMapValue(to, Texts.MAP, context.texts.offset(text.value()));
            case Operand.Number number -> throw new IllegalStateException("a number where a string is due: " + number);
        }
    }

    /** Goes to {@code target} where the comparison holds; falls through otherwise. */
    void jumpIf(ComparisonOp op, Operand left, Operand right, Label target) {
        boolean order = op != ComparisonOp.EQ && op != ComparisonOp.NE;
        Label otherwise = context.label("differs");
        int words = Math.max(words(left), words(right));
        for (int word = 0; word < words; word++) {
            word(Register.R1, left, word);
            word(Register.R2, right, word);
            if (!order) {
                asm.jumpIf(JumpOp.NE, Register.R1, Register.R2, op == ComparisonOp.NE ? target : otherwise);
                continue;
            }
            Label equal = context.label("equal");
            asm.jumpIf(JumpOp.EQ, Register.R1, Register.R2, equal);
            asm.be(Register.R1, 64);
            asm.be(Register.R2, 64);
            boolean less = op == ComparisonOp.LT || op == ComparisonOp.LE;
            asm.jumpIf(less ? JumpOp.LT : JumpOp.GT, Register.R1, Register.R2, target);
            asm.jump(otherwise);
            asm.bind(equal);
        }
        if (op == ComparisonOp.EQ || op == ComparisonOp.LE || op == ComparisonOp.GE) {
            asm.jump(target);
        }
        asm.bind(otherwise);
    }

    private int words(Operand operand) {
        return (operand instanceof Variable variable ? values.size(variable) : width(operand) + 7) / 8;
    }

    /** Eight bytes of a string; zeros behind its end. */
    private void word(Register to, Operand operand, int word) {
        int at = 8 * word;
        if (operand instanceof Operand.Text text) {
            int length = width(operand) - 1;
            long value = 0;
            for (int b = 7; b >= 0; b--) {
                value = value << 8 | (at + b < length ? text.value().charAt(at + b) & 0xff : 0);
            }
            asm.constant(to, value);
            return;
        }
        Variable variable = (Variable) operand;
        if (at >= values.size(variable)) {
            asm.mov(to, 0);
            return;
        }
        switch (context.frame.home(variable)) {
            case Home.InFrame(int offset, int _) -> asm.load(Size.DOUBLE, to, context.base, offset + at);
            case Home.InScratch(int offset, int _) -> {
                context.loadFrame(to, Frame.SCRATCH);
                asm.load(Size.DOUBLE, to, to, offset + at);
            }
            case Home.InRegister(Register register) -> throw new IllegalStateException("a string in " + register);
        }
    }

    /** Length of a string in R0. */
    void length(Operand operand) {
        Label done = context.label("length");
        int size = operand instanceof Variable variable ? values.size(variable) : width(operand);
        if (operand instanceof Variable variable && size > LONG) {
            // Copied onto itself, which tells how much there was: the verifier would follow each end of so many bytes.
            values.address(Register.R1, variable);
            asm.mov(Register.R2, size);
            asm.mov(Register.R3, Register.R1);
            asm.call(Helper.PROBE_READ_KERNEL_STR);
            asm.alu(AluOp.SUB, Register.R0, 1);
            return;
        }
        asm.mov(Register.R0, 0);
        for (int at = 0; at < size; at += 8) {
            word(Register.R1, operand, at / 8);
            for (int b = 0; b < 8; b++) {
                asm.mov(Register.R2, Register.R1);
                if (b > 0) {
                    asm.alu(AluOp.RSH, Register.R2, 8 * b);
                }
                asm.alu(AluOp.AND, Register.R2, 0xff);
                asm.jumpIf(JumpOp.EQ, Register.R2, 0, done);
                asm.alu(AluOp.ADD, Register.R0, 1);
            }
        }
        asm.bind(done);
    }
}
