package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** What programs at hooks of the packet filter have, and what they do without helpers that other programs have. */
final class PacketVerdict {
    /** The verdicts that the kernel takes from an eBPF program. */
    static final int DROP = 0;
    static final int ACCEPT = 1;

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Assembler asm;

    PacketVerdict(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.asm = context.asm;
    }

    boolean handles(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case VERDICT, SET_VERDICT -> true;
            case EXECNAME, PID, TID, BACKTRACE, UBACKTRACE, CALLERS, STACK, USTACK -> context.mechanism.verdict();
            default -> false;
        };
    }

    /** The program's result; the verifier has to see that it is one of the two. */
    static void give(Context context) {
        Label out = context.label("verdict");
        context.loadFrame(Register.R1, Frame.VERDICT);
        context.asm.mov(Register.R0, DROP);
        context.asm.jumpIf(JumpOp.EQ, Register.R1, DROP, out);
        context.asm.mov(Register.R0, ACCEPT);
        context.asm.bind(out);
    }

    void call(Op.CallIntrinsic op) {
        if (!context.mechanism.verdict()) {
            throw new KernelUnsupported("only probes of netfilter have a verdict", op.span());
        }
        switch (op.intrinsic()) {
            case VERDICT -> {
                context.loadFrame(Register.R0, Frame.VERDICT);
                result(op);
            }
            case SET_VERDICT -> set(op);
            case EXECNAME -> name(op);
            case PID -> number(op, task().process());
            case TID -> number(op, task().thread());
            default -> throw new KernelUnsupported("the kernel does not let programs at hooks of netfilter look at a stack", op.span());
        }
    }

    private void set(Op.CallIntrinsic op) {
        Operand verdict = op.arguments().getFirst();
        String refusal = "an eBPF program can let a packet pass (NF_ACCEPT, 1) or drop it (NF_DROP, 0), and has no other verdict";
        if (verdict instanceof Operand.Number(long value) && value != DROP && value != ACCEPT) {
            throw new KernelUnsupported(refusal + " like " + value, op.span());
        }
        values.load(Register.R0, verdict);
        asm.jumpIf(JumpOp.GT, Register.R0, ACCEPT, failures.failure(refusal, op.span()));
        context.storeFrame(Frame.VERDICT, Register.R0);
        result(op);
    }

    private void name(Op.CallIntrinsic op) {
        asm.call(Helper.GET_CURRENT_TASK);
        asm.mov(Register.R3, Register.R0);
        asm.alu(AluOp.ADD, Register.R3, task().name());
        context.storeFrame(Frame.POINTER, Register.R3);
        values.prepare(Register.R1, op.to().orElseThrow());
        asm.mov(Register.R2, Math.min(16, values.size(op.to().get())));
        context.loadFrame(Register.R3, Frame.POINTER);
        asm.call(Helper.PROBE_READ_KERNEL_STR);
    }

    private void number(Op.CallIntrinsic op, int offset) {
        asm.call(Helper.GET_CURRENT_TASK);
        asm.mov(Register.R3, Register.R0);
        asm.alu(AluOp.ADD, Register.R3, offset);
        context.storeFrame(Frame.TEMPORARY, 0);
        asm.mov(Register.R1, context.base);
        asm.alu(AluOp.ADD, Register.R1, Frame.TEMPORARY);
        asm.mov(Register.R2, 4);
        asm.call(Helper.PROBE_READ_KERNEL);
        asm.load(Size.WORD, Register.R0, context.base, Frame.TEMPORARY);
        result(op);
    }

    private ProbeSite.TaskFields task() {
        return ((ProbeSite.Netfilter) context.handler.sites().get(context.site)).task();
    }

    private void result(Op.CallIntrinsic op) {
        if (op.to().isPresent() && values.isUsed(op.to().get())) {
            values.store(op.to().get(), Register.R0);
        }
    }
}
