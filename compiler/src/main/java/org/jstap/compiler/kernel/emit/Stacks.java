package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** Walks the stack of the kernel or of the program (bpf_get_stack, from Linux 4.18; in raw tracepoints from 4.18, in tp_btf 5.5). */
final class Stacks {
    /** Most addresses, as SystemTap's MAXBACKTRACE. */
    private static final int DEEPEST = 20;
    /** Bytes that the addresses take. */
    static final int AREA = 8 * DEEPEST;
    /** Longest address as text, with a space and the terminating zero. */
    private static final int WORD = 20;
    private static final int USER = 1 << 8;
    /** The program and what calls programs of tracepoints. The tracepoint's own function may be there too; the host leaves it out. */
    private static final int TRACEPOINT_FRAMES = 2;
    /** The program and its trampoline. */
    private static final int TRAMPOLINE_FRAMES = 2;
    private static final String FORMAT = "0x%llx ";

    private final Context context;
    private final Values values;
    private final Memory memory;
    private final Assembler asm;

    Stacks(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.memory = new Memory(context, values, failures);
        this.asm = context.asm;
    }

    static boolean handles(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case BACKTRACE, UBACKTRACE, CALLERS, UCALLERS, STACK, USTACK -> true;
            default -> false;
        };
    }

    void call(Op.CallIntrinsic op) {
        boolean user = op.intrinsic() == Intrinsic.UBACKTRACE || op.intrinsic() == Intrinsic.USTACK
                || op.intrinsic() == Intrinsic.UCALLERS;
        if (op.intrinsic() == Intrinsic.STACK || op.intrinsic() == Intrinsic.USTACK) {
            element(op, user);
        } else {
            text(op, user);
        }
    }

    /** Leaves the addresses at {@link Frame#join}, and their number of bytes or an error in R0. */
    private void walk(boolean user) {
        Register source = memory.contextRegister(Register.R1);
        if (source != Register.R1) {
            asm.mov(Register.R1, source);
        }
        context.address(Register.R2, context.frame.join());
        asm.mov(Register.R3, AREA);
        asm.mov(Register.R4, user ? USER : own());
        asm.call(Helper.GET_STACK);
    }

    /** Addresses on top of the stack that are of the probe itself and not of the probed code. */
    private int own() {
        return switch (context.mechanism) {
            case BTF_TRACEPOINT, BTF_TRACEPOINT_READING, RAW_TRACEPOINT -> TRACEPOINT_FRAMES;
            case FENTRY, FENTRY_READING, FEXIT, FEXIT_READING -> TRAMPOLINE_FRAMES;
            default -> 0;
        };
    }

    private static int constant(Op.CallIntrinsic op, int most) {
        if (!(op.arguments().getFirst() instanceof Operand.Number(long number))) {
            throw new KernelUnsupported("the number given to '" + op.intrinsic().word() + "' has to be a constant in a handler that"
                    + " runs in the kernel", op.span());
        }
        return (int) Math.max(0, Math.min(number, most));
    }

    /** A negative number stands for the whole stack. */
    private static int depth(Op.CallIntrinsic op) {
        return op.arguments().getFirst() instanceof Operand.Number(long number) && number < 0 ? DEEPEST : constant(op, DEEPEST);
    }

    private void element(Op.CallIntrinsic op, boolean user) {
        Label none = context.label("none");
        int index = constant(op, DEEPEST);
        walk(user);
        asm.mov(Register.R1, Register.R0);
        asm.mov(Register.R0, 0);
        asm.jumpIf(JumpOp.SLE, Register.R1, 8 * index, none);
        if (index < DEEPEST) {
            context.address(Register.R1, context.frame.join());
            asm.load(Size.DOUBLE, Register.R0, Register.R1, 8 * index);
        }
        asm.bind(none);
        values.store(op.to().orElseThrow(), Register.R0);
    }

    private void text(Op.CallIntrinsic op, boolean user) {
        Variable to = op.to().orElseThrow();
        if (!(context.frame.home(to) instanceof Home.InScratch)) {
            throw new KernelUnsupported("strings are too short for a stack: MAXSTRINGLEN is " + context.plan.limits().maxStringLength(),
                    op.span());
        }
        int count = op.intrinsic() == Intrinsic.CALLERS || op.intrinsic() == Intrinsic.UCALLERS ? depth(op) : DEEPEST;
        Label done = context.label("done");
        values.prepare(Register.R1, to);
        walk(user);
        asm.jumpIf(JumpOp.SLE, Register.R0, 0, done);
        context.storeFrame(Frame.TEMPORARY, 0);
        int last = values.size(to) - WORD;
        for (int i = 0; i < count && last >= 0; i++) {
            context.address(Register.R1, context.frame.join());
            asm.load(Size.DOUBLE, Register.R2, Register.R1, 8 * i);
            asm.jumpIf(JumpOp.EQ, Register.R2, 0, done);
            context.storeFrame(Frame.POINTER, Register.R2);
            values.address(Register.R1, to);
            context.loadFrame(Register.R2, Frame.TEMPORARY);
            asm.jumpIf(JumpOp.GT, Register.R2, last, done);
            asm.alu(AluOp.ADD, Register.R1, Register.R2);
            asm.mov(Register.R2, WORD);
            asm.loadMapValue(Register.R3, Texts.MAP, context.texts.offset(FORMAT));
            asm.mov(Register.R4, context.base);
            asm.alu(AluOp.ADD, Register.R4, Frame.POINTER);
            asm.mov(Register.R5, 8);
            asm.call(Helper.SNPRINTF);
            // The length that the kernel returns counts the terminating zero.
            context.loadFrame(Register.R1, Frame.TEMPORARY);
            asm.alu(AluOp.ADD, Register.R1, Register.R0);
            asm.alu(AluOp.SUB, Register.R1, 1);
            context.storeFrame(Frame.TEMPORARY, Register.R1);
        }
        asm.bind(done);
    }
}
