package org.jstap.compiler.kernel.emit;

import java.util.Optional;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * Short texts in structs that the kernel knows the type of, as names of network devices: loaded word by word, which is
 * faster than calling a helper. What stands behind the end of the text is not zero where a longer one stood there before.
 */
final class MemberText {
    private static final String FAULT = "kernel string copy fault at {} [man error::fault]";
    private static final int LARGEST_OFFSET = Short.MAX_VALUE - 64;
    private static final long LOW_BITS = 0x0101010101010101L;

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Assembler asm;

    MemberText(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.asm = context.asm;
    }

    void call(Op.CallIntrinsic op) {
        Variable to = op.to().orElseThrow();
        if (!values.isUsed(to)) {
            return;
        }
        Operand pointer = op.arguments().getFirst();
        int offset = (int) ((Operand.Number) op.arguments().get(1)).value();
        int length = (int) ((Operand.Number) op.arguments().get(2)).value();
        length = Math.min(length, context.plan.limits().maxStringLength() - 1);
        if (context.mechanism.typed() && offset >= 0 && offset <= LARGEST_OFFSET) {
            direct(op, to, pointer, offset, length);
        } else {
            byHelper(op, to, pointer, offset, length);
        }
    }

    private void byHelper(Op.CallIntrinsic op, Variable to, Operand pointer, int offset, int length) {
        values.load(Register.R3, pointer);
        asm.alu(AluOp.ADD, Register.R3, offset);
        context.storeFrame(Frame.ERROR_ARGUMENT, Register.R3);
        values.prepare(Register.R1, to);
        asm.mov(Register.R2, length + 1);
        context.loadFrame(Register.R3, Frame.ERROR_ARGUMENT);
        asm.call(Helper.PROBE_READ_KERNEL_STR);
        failures.fault(JumpOp.SLT, FAULT, op.span());
    }

    private void direct(Op.CallIntrinsic op, Variable to, Operand pointer, int offset, int length) {
        values.prepare(Register.R1, to);
        Register base = values.inRegister(pointer, Register.R2);
        Label nowhere = context.label("nowhere");
        asm.jumpIf(JumpOp.EQ, base, 0, nowhere);
        Label failure = failures.failure(FAULT, op.span(), Optional.of(Register.R1));
        context.later(() -> {
            asm.bind(nowhere);
            asm.mov(Register.R1, offset);
            asm.jump(failure);
        });
        Label ended = context.label("ended");
        asm.loadImm64(Register.R5, LOW_BITS);
        for (int at = 0; at < length; at += 8) {
            asm.load(Size.DOUBLE, Register.R3, base, offset + at);
            if (length - at < 8) {
                asm.alu(AluOp.LSH, Register.R3, 64 - 8 * (length - at));
                asm.alu(AluOp.RSH, Register.R3, 64 - 8 * (length - at));
            }
            word(at, ended);
        }
        asm.bind(ended);
    }

    /** Stores the word in R3 at R1, up to its first zero byte; goes on behind the text where it has one. Little endian. */
    private void word(int at, Label ended) {
        Label full = context.label("full");
        // The lowest bit of (x - 01..01) & ~x & 80..80 is the highest of the first byte that is zero.
        asm.mov(Register.R4, Register.R3);
        asm.alu(AluOp.SUB, Register.R4, Register.R5);
        asm.mov(Register.R0, Register.R3);
        asm.alu(AluOp.XOR, Register.R0, -1);
        asm.alu(AluOp.AND, Register.R4, Register.R0);
        asm.mov(Register.R0, Register.R5);
        asm.alu(AluOp.LSH, Register.R0, 7);
        asm.alu(AluOp.AND, Register.R4, Register.R0);
        asm.jumpIf(JumpOp.EQ, Register.R4, 0, full);
        asm.mov(Register.R0, 0);
        asm.alu(AluOp.SUB, Register.R0, Register.R4);
        asm.alu(AluOp.AND, Register.R0, Register.R4);
        asm.alu(AluOp.RSH, Register.R0, 7);
        asm.alu(AluOp.SUB, Register.R0, 1);
        asm.alu(AluOp.AND, Register.R3, Register.R0);
        asm.store(Size.DOUBLE, Register.R1, at, Register.R3);
        asm.jump(ended);
        asm.bind(full);
        asm.store(Size.DOUBLE, Register.R1, at, Register.R3);
    }
}
