package org.jstap.compiler.kernel.emit;

import java.util.List;
import java.util.Optional;

import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.kernel.transform.SiteNames;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.spec.MapSpec;

/** How the kernel target does each intrinsic. */
final class Intrinsics {
    private final Context context;
    private final Values values;
    private final Strings strings;
    private final Failures failures;
    private final Outputs outputs;
    private final Assembler asm;

    Intrinsics(Context context, Values values, Strings strings, Failures failures, Outputs outputs) {
        this.context = context;
        this.values = values;
        this.strings = strings;
        this.failures = failures;
        this.outputs = outputs;
        this.asm = context.asm;
    }

    void call(Op.CallIntrinsic op) {
        if (op.to().isPresent() && !values.isUsed(op.to().get())) {
            return;
        }
        if (ProbedRegisters.handles(op.intrinsic())) {
            new ProbedRegisters(context, values, failures).call(op);
            return;
        }
        List<Operand> arguments = op.arguments();
        switch (op.intrinsic()) {
            case PID -> number(op, Helper.GET_CURRENT_PID_TGID, true);
            case TID -> number(op, Helper.GET_CURRENT_PID_TGID, false);
            case UID -> number(op, Helper.GET_CURRENT_UID_GID, false);
            case GID -> number(op, Helper.GET_CURRENT_UID_GID, true);
            case CPU -> {
                asm.call(Helper.GET_SMP_PROCESSOR_ID);
                asm.mov32(Register.R0, Register.R0);
                result(op);
            }
            case TASK_CURRENT -> {
                asm.call(Helper.GET_CURRENT_TASK);
                result(op);
            }
            case TARGET -> {
                asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.TARGET);
                asm.load(Size.DOUBLE, Register.R0, Register.R1, 0);
                result(op);
            }
            case PROBEFUNC, PP -> siteText(op);
            case KTIME_GET_NS -> {
                asm.call(Helper.KTIME_GET_NS);
                result(op);
            }
            case GETTIMEOFDAY_NS -> {
                asm.call(Helper.KTIME_GET_NS);
                asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.CLOCK_OFFSET);
                asm.load(Size.DOUBLE, Register.R1, Register.R1, 0);
                asm.alu(AluOp.ADD, Register.R0, Register.R1);
                result(op);
            }
            case EXECNAME -> {
                Variable to = op.to().orElseThrow();
                values.prepare(Register.R1, to);
                asm.mov(Register.R2, Math.min(16, values.size(to)));
                asm.call(Helper.GET_CURRENT_COMM);
            }
            case EXIT -> exit();
            case ABORT -> {
                exit();
                asm.jump(context.leave);
            }
            case ERROR -> failures.scriptError(arguments.getFirst(), op.span(), outputs);
            case WARN -> outputs.record(new RecordLayout.Message(Failures.plain(arguments.getFirst()), true));
            case LOG -> outputs.record(new RecordLayout.Message(Failures.plain(arguments.getFirst()), false));
            case KERNEL_STRING, KERNEL_STRING_N -> string(op, Helper.PROBE_READ_KERNEL_STR, "kernel string copy fault at ");
            case USER_STRING, USER_STRING_N -> string(op, Helper.PROBE_READ_USER_STR, "user string copy fault [man error::fault] at ");
            case NTOHS -> swap(op, 16);
            case NTOHL -> swap(op, 32);
            case NTOHLL -> swap(op, 64);
            case STRLEN -> {
                strings.length(arguments.getFirst());
                result(op);
            }
            case IP_NTOP -> {
                values.load(Register.R1, arguments.getFirst());
                context.storeFrame(Frame.TEMPORARY, Register.R1);
                asm.mov(Register.R1, context.base);
                asm.alu(AluOp.ADD, Register.R1, Frame.TEMPORARY);
                address(op, "%pI4");
            }
            case IP6_NTOP -> {
                values.load(Register.R1, arguments.getFirst());
                address(op, "%pI6c");
            }
            case SYSCALL_NAME, SYSCALL_ALIAS, SYSCALL_TEXT, SYSCALL_RESULT, SYSCALL_ARGUMENTS, SYSCALL_MEMORY, SYSCALL_POINTERS,
                 SYSCALL_STRINGS ->
                new SystemCallTexts(context, values).call(op);
            default -> throw new KernelUnsupported("the function '" + op.intrinsic().word()
                    + "' cannot be called in a handler that runs in the kernel", op.span());
        }
    }

    /** What differs from site to site: known where the program serves one only, else looked up by the number of the site. */
    private void siteText(Op.CallIntrinsic op) {
        Variable to = op.to().orElseThrow();
        boolean function = op.intrinsic() == Intrinsic.PROBEFUNC;
        boolean one = context.handler.sites().size() == 1;
        if (!one) {
            // Even where this program needs no table: one for the next mechanism may, and by then the maps are made.
            context.siteTables.of(context.handler, function);
        }
        if (one || context.mechanism.onePerSite()) {
            ProbeSite site = context.handler.sites().get(context.site);
            values.move(to, new Operand.Text(function ? SiteNames.function(site) : site.text()));
            return;
        }
        Label missing = context.label("missing");
        Label done = context.label("done");
        MapSpec table = context.siteTables.of(context.handler, function);
        asm.loadMap(Register.R1, table.name());
        asm.mov(Register.R2, context.base);
        asm.alu(AluOp.ADD, Register.R2, Frame.SITE);
        asm.call(Helper.MAP_LOOKUP_ELEM);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, missing);
        int copied = Math.min(values.size(to), table.valueSize());
        values.prepare(Register.R3, to);
        for (int i = 0; i < copied; i += 8) {
            asm.load(Size.DOUBLE, Register.R1, Register.R0, i);
            asm.store(Size.DOUBLE, Register.R3, i, Register.R1);
        }
        asm.jump(done);
        asm.bind(missing);
        values.clear(to);
        asm.bind(done);
    }

    private void result(Op.CallIntrinsic op) {
        if (op.to().isPresent()) {
            values.store(op.to().get(), Register.R0);
        }
    }

    /** Half of what a helper packs into 64 bits. */
    private void number(Op.CallIntrinsic op, Helper helper, boolean upper) {
        asm.call(helper);
        if (upper) {
            asm.alu(AluOp.RSH, Register.R0, 32);
        } else {
            asm.mov32(Register.R0, Register.R0);
        }
        result(op);
    }

    private void exit() {
        asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.STATE);
        asm.mov(Register.R2, ControlLayout.STOPPING);
        asm.store(Size.DOUBLE, Register.R1, 0, Register.R2);
        outputs.record(new RecordLayout.Exit());
    }

    /** The place is filled with zeros first, since the kernel writes no padding. */
    private void string(Op.CallIntrinsic op, Helper helper, String fault) {
        Variable to = op.to().orElseThrow();
        values.load(Register.R3, op.arguments().getFirst());
        context.storeFrame(Frame.ERROR_ARGUMENT, Register.R3);
        int size = Math.min(values.size(to), context.plan.limits().maxStringLength());
        int width = size;
        if (op.arguments().size() > 1) {
            if (!(op.arguments().get(1) instanceof Operand.Number number)) {
                throw new KernelUnsupported("the length given to '" + op.intrinsic().word()
                        + "' has to be a constant in a handler that runs in the kernel", op.span());
            }
            width = (int) Math.max(1, Math.min(size, number.value() + 1));
        }
        values.prepare(Register.R1, to);
        asm.mov(Register.R2, width);
        asm.call(helper);
        Label label = context.label("fault");
        Label failure = failures.failure(fault, op.span(), Optional.of(Register.R1));
        asm.jumpIf(JumpOp.SLT, Register.R0, 0, label);
        context.later(() -> {
            asm.bind(label);
            context.loadFrame(Register.R1, Frame.ERROR_ARGUMENT);
            asm.jump(failure);
        });
    }

    private void swap(Op.CallIntrinsic op, int bits) {
        values.load(Register.R0, op.arguments().getFirst());
        asm.be(Register.R0, bits);
        result(op);
    }

    /** Prints the address to which R1 points. */
    private void address(Op.CallIntrinsic op, String format) {
        context.storeFrame(Frame.POINTER, Register.R1);
        Variable to = op.to().orElseThrow();
        values.prepare(Register.R1, to);
        asm.mov(Register.R2, Math.min(values.size(to), context.plan.limits().maxStringLength()));
        asm.loadMapValue(Register.R3, Texts.MAP, context.texts.offset(format));
        asm.mov(Register.R4, context.base);
        asm.alu(AluOp.ADD, Register.R4, Frame.POINTER);
        asm.mov(Register.R5, 8);
        asm.call(Helper.SNPRINTF);
    }
}
