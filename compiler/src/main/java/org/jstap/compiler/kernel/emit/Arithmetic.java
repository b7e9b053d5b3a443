package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;

/** Arithmetic and comparisons of numbers. */
final class Arithmetic {
    private final Context context;
    private final Values values;
    private final Strings strings;
    private final Failures failures;
    private final Assembler asm;

    Arithmetic(Context context, Values values, Strings strings, Failures failures) {
        this.context = context;
        this.values = values;
        this.strings = strings;
        this.failures = failures;
        this.asm = context.asm;
    }

    void arithmetic(Op.Arithmetic op) {
        if (op.op() == ArithmeticOp.DIV || op.op() == ArithmeticOp.MOD) {
            divide(op);
            return;
        }
        AluOp alu = switch (op.op()) {
            case ADD -> AluOp.ADD;
            case SUB -> AluOp.SUB;
            case MUL -> AluOp.MUL;
            case AND -> AluOp.AND;
            case OR -> AluOp.OR;
            case XOR -> AluOp.XOR;
            case SHL -> AluOp.LSH;
            case SHR -> AluOp.ARSH;
            case DIV, MOD -> throw new IllegalStateException();
        };
        boolean shift = op.op() == ArithmeticOp.SHL || op.op() == ArithmeticOp.SHR;
        values.load(Register.R1, op.left());
        if (op.right() instanceof Operand.Number number && number.value() == (int) number.value()) {
            asm.alu(alu, Register.R1, shift ? (int) number.value() & 63 : (int) number.value());
        } else {
            asm.alu(alu, Register.R1, values.inRegister(op.right(), Register.R2));
        }
        values.store(op.to(), Register.R1);
    }

    /**
     * The instruction set of kernels before 6.6 divides unsigned only: magnitudes are divided and the sign is put on after. The most
     * negative number divided by -1 gives itself, as in SystemTap.
     */
    private void divide(Op.Arithmetic op) {
        boolean quotient = op.op() == ArithmeticOp.DIV;
        if (op.right() instanceof Operand.Number divisor && divisor.value() > 0 && divisor.value() == (int) divisor.value()) {
            divide(op, quotient, (int) divisor.value());
            return;
        }
        values.load(Register.R1, op.left());
        values.load(Register.R2, op.right());
        asm.jumpIf(JumpOp.EQ, Register.R2, 0, failures.failure("division by 0", op.span()));
        asm.mov(Register.R3, Register.R1);
        if (quotient) {
            asm.alu(AluOp.XOR, Register.R3, Register.R2);
        }
        magnitude(Register.R1);
        magnitude(Register.R2);
        asm.alu(quotient ? AluOp.DIV : AluOp.MOD, Register.R1, Register.R2);
        Label positive = context.label("positive");
        asm.jumpIf(JumpOp.SGE, Register.R3, 0, positive);
        asm.neg(Register.R1);
        asm.bind(positive);
        values.store(op.to(), Register.R1);
    }

    /** By a positive constant: only the sign of the dividend counts. */
    private void divide(Op.Arithmetic op, boolean quotient, int divisor) {
        Label positive = context.label("positive");
        Label done = context.label("done");
        values.load(Register.R1, op.left());
        asm.jumpIf(JumpOp.SGE, Register.R1, 0, positive);
        asm.neg(Register.R1);
        divideBy(quotient, divisor);
        asm.neg(Register.R1);
        asm.jump(done);
        asm.bind(positive);
        divideBy(quotient, divisor);
        asm.bind(done);
        values.store(op.to(), Register.R1);
    }

    private void divideBy(boolean quotient, int divisor) {
        if (Integer.bitCount(divisor) != 1) {
            asm.alu(quotient ? AluOp.DIV : AluOp.MOD, Register.R1, divisor);
        } else if (quotient) {
            asm.alu(AluOp.RSH, Register.R1, Integer.numberOfTrailingZeros(divisor));
        } else {
            asm.alu(AluOp.AND, Register.R1, divisor - 1);
        }
    }

    private void magnitude(Register register) {
        Label positive = context.label("positive");
        asm.jumpIf(JumpOp.SGE, register, 0, positive);
        asm.neg(register);
        asm.bind(positive);
    }

    void unary(Op.Unary op) {
        values.load(Register.R1, op.operand());
        switch (op.op()) {
            case NEGATE -> asm.neg(Register.R1);
            case COMPLEMENT -> asm.alu(AluOp.XOR, Register.R1, -1);
            case NOT -> {
                Label zero = context.label("zero");
                asm.mov(Register.R2, Register.R1);
                asm.mov(Register.R1, 1);
                asm.jumpIf(JumpOp.EQ, Register.R2, 0, zero);
                asm.mov(Register.R1, 0);
                asm.bind(zero);
            }
        }
        values.store(op.to(), Register.R1);
    }

    void compare(Op.Compare op) {
        Label yes = context.label("yes");
        Label done = context.label("done");
        jumpIf(op.op(), op.left(), op.right(), yes);
        values.move(op.to(), new Operand.Number(0));
        asm.jump(done);
        asm.bind(yes);
        values.move(op.to(), new Operand.Number(1));
        asm.bind(done);
    }

    /** Goes to {@code target} where the comparison holds. */
    void jumpIf(ComparisonOp op, Operand left, Operand right, Label target) {
        if (left.type() == Type.STRING) {
            strings.jumpIf(op, left, right, target);
            return;
        }
        JumpOp jump = switch (op) {
            case EQ -> JumpOp.EQ;
            case NE -> JumpOp.NE;
            case LT -> JumpOp.SLT;
            case LE -> JumpOp.SLE;
            case GT -> JumpOp.SGT;
            case GE -> JumpOp.SGE;
        };
        Register first = values.inRegister(left, Register.R1);
        if (right instanceof Operand.Number number && number.value() == (int) number.value()) {
            asm.jumpIf(jump, first, (int) number.value(), target);
        } else {
            asm.jumpIf(jump, first, values.inRegister(right, Register.R2), target);
        }
    }

    static ComparisonOp inverse(ComparisonOp op) {
        return switch (op) {
            case EQ -> ComparisonOp.NE;
            case NE -> ComparisonOp.EQ;
            case LT -> ComparisonOp.GE;
            case LE -> ComparisonOp.GT;
            case GT -> ComparisonOp.LE;
            case GE -> ComparisonOp.LT;
        };
    }
}
