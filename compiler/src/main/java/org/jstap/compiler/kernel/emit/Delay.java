package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Operand;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** Waits by looking at the clock (bpf_loop, from Linux 5.17), which is as long as its turns last: some tenths of a second at most. */
final class Delay {
    /** BPF_MAX_LOOPS. */
    private static final int TURNS = 1 << 23;
    private static final int NANOS_PER_MICRO = 1000;

    private final Context context;
    private final Values values;
    private final Assembler asm;

    Delay(Context context, Values values) {
        this.context = context;
        this.values = values;
        this.asm = context.asm;
    }

    void call(Operand microseconds) {
        Label entry = context.label("wait");
        asm.call(Helper.KTIME_GET_NS);
        values.load(Register.R1, microseconds);
        asm.alu(AluOp.MUL, Register.R1, NANOS_PER_MICRO);
        asm.alu(AluOp.ADD, Register.R1, Register.R0);
        context.storeFrame(Frame.TEMPORARY, Register.R1);
        asm.mov(Register.R1, TURNS);
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.LOOP);
        context.functions.add(() -> turn(entry));
    }

    private void turn(Label entry) {
        Label over = context.label("over");
        asm.beginFunction("look_at_clock", entry, 2);
        asm.mov(Register.R6, Register.R2);
        asm.call(Helper.KTIME_GET_NS);
        asm.load(Size.DOUBLE, Register.R1, Register.R6, Frame.TEMPORARY);
        asm.mov(Register.R2, Register.R0);
        asm.mov(Register.R0, 1);
        asm.jumpIf(JumpOp.SGE, Register.R2, Register.R1, over);
        asm.mov(Register.R0, 0);
        asm.bind(over);
        asm.exit();
    }
}
