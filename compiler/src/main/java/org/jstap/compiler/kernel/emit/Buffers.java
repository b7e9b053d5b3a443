package org.jstap.compiler.kernel.emit;

import java.util.List;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.compiler.syscall.EncodedText;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** Memory of which the host makes a text in quotes ({@link EncodedText#QUOTED}). */
final class Buffers {
    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Assembler asm;

    Buffers(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.asm = context.asm;
    }

    void quoted(Op.CallIntrinsic op, Space space) {
        List<Operand> a = op.arguments();
        Variable to = op.to().orElseThrow();
        int most = Math.min(values.size(to), context.plan.limits().maxStringLength()) - EncodedText.MEMORY_AT;
        if (most <= 0) {
            throw new KernelUnsupported("strings are too short for a buffer: MAXSTRINGLEN is "
                    + context.plan.limits().maxStringLength(), op.span());
        }
        values.prepare(Register.R4, to);
        asm.storeImm(Size.BYTE, Register.R4, 0, EncodedText.MARK);
        asm.storeImm(Size.BYTE, Register.R4, EncodedText.FORM, EncodedText.QUOTED);
        values.load(Register.R1, a.get(2));
        values.clamp(Register.R1, 0xffff);
        asm.store(Size.HALF, Register.R4, EncodedText.NUMBER, Register.R1);
        values.load(Register.R3, a.getFirst());
        asm.store(Size.DOUBLE, Register.R4, EncodedText.VALUE_AT, Register.R3);
        context.storeFrame(Frame.ERROR_ARGUMENT, Register.R3);
        values.load(Register.R2, a.get(1));
        values.clamp(Register.R2, Integer.MAX_VALUE);
        asm.store(Size.DOUBLE, Register.R4, EncodedText.MEMORY_SIZE, Register.R2);
        values.clamp(Register.R2, most);
        asm.mov(Register.R1, Register.R4);
        asm.alu(AluOp.ADD, Register.R1, EncodedText.MEMORY_AT);
        asm.call(space == Space.USER ? Helper.PROBE_READ_USER : Helper.PROBE_READ_KERNEL);
        failures.fault(JumpOp.NE, "Unable to access " + (space == Space.USER ? "user" : "kernel") + " space data at {}", op.span());
    }
}
