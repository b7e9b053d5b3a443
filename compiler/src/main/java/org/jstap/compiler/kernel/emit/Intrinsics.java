package org.jstap.compiler.kernel.emit;

import java.util.List;

import org.jstap.compiler.intrinsic.Effects;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.kernel.transform.SiteNames;
import org.jstap.compiler.program.Expr.Space;
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
    private final Memory memory;
    private final Assembler asm;

    Intrinsics(Context context, Values values, Strings strings, Failures failures, Outputs outputs) {
        this.context = context;
        this.values = values;
        this.strings = strings;
        this.failures = failures;
        this.outputs = outputs;
        this.memory = new Memory(context, values, failures);
        this.asm = context.asm;
    }

    void call(Op.CallIntrinsic op) {
        if (op.to().isPresent() && !values.isUsed(op.to().get()) && !Effects.has(op.intrinsic())) {
            return;
        }
        PacketVerdict packet = new PacketVerdict(context, values, failures);
        if (packet.handles(op.intrinsic())) {
            packet.call(op);
        } else if (ProbedRegisters.handles(op.intrinsic())) {
            new ProbedRegisters(context, values, failures).call(op);
        } else if (TextSearch.handles(op)) {
            new TextSearch(context, values, strings, new StringSearch(context, values, failures)).call(op);
        } else if (Stacks.handles(op.intrinsic())) {
            new Stacks(context, values, failures).call(op);
        } else {
            emit(op);
        }
    }

    private void emit(Op.CallIntrinsic op) {
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
            // The library reads these from the task; what asks the system is for where there is none.
            case PPID, PGRP, SID, EUID, EGID -> {
                asm.mov(Register.R0, 0);
                result(op);
            }
            case TARGET -> control(op, ControlLayout.TARGET);
            case STP_PID -> control(op, ControlLayout.OWN_PROCESS);
            case NAMESPACE_PROCESS -> control(op, ControlLayout.NAMESPACE_PROCESS);
            case MEM_PAGE_SIZE -> control(op, ControlLayout.PAGE_SIZE);
            case LAST_MEMORY_NODE -> control(op, ControlLayout.LAST_MEMORY_NODE);
            case HZ -> control(op, ControlLayout.TICKS_PER_SECOND);
            case PROBEFUNC, PP -> siteText(op);
            case SITE -> siteNumber(op);
            case PERF_COUNTER -> context.counters.read(op, context, values, failures);
            case PROBE_TYPE -> values.move(op.to().orElseThrow(), new Operand.Text(SiteNames.type(context.handler.sites().get(context.site))));
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
            case WARN -> outputs.record(new RecordLayout.Message(Failures.plain(arguments.getFirst())));
            case LOG -> outputs.record(new RecordLayout.Text(Failures.line(arguments.getFirst())));
            case MEMBER_TEXT -> new MemberText(context, values, failures).call(op);
            case KERNEL_STRING, KERNEL_STRING_N -> string(op, Helper.PROBE_READ_KERNEL_STR, "kernel string copy fault at {} [man error::fault]");
            case USER_STRING, USER_STRING_N -> string(op, Helper.PROBE_READ_USER_STR, "user string copy fault -14 at {} [man error::fault]");
            case KERNEL_BUFFER -> new Buffers(context, values, failures).quoted(op, Space.KERNEL);
            case USER_BUFFER -> new Buffers(context, values, failures).quoted(op, Space.USER);
            case FTRACE -> trace(arguments.getFirst());
            case UDELAY -> new Delay(context, values).call(arguments.getFirst());
            case RAISE -> raise(op);
            case NTOHS -> swap(op, 16);
            case NTOHL -> swap(op, 32);
            case NTOHLL -> swap(op, 64);
            case KERNEL_CHAR -> number(op, 1, Space.KERNEL, "char");
            case KERNEL_SHORT -> number(op, 2, Space.KERNEL, "short");
            case KERNEL_INT -> number(op, 4, Space.KERNEL, "int");
            case KERNEL_LONG -> number(op, 8, Space.KERNEL, "long");
            case KERNEL_POINTER -> number(op, 8, Space.KERNEL, "pointer");
            case USER_CHAR_ERROR -> number(op, 1, Space.USER, "char");
            case USER_SHORT_ERROR -> number(op, 2, Space.USER, "short");
            case USER_INT_ERROR -> number(op, 4, Space.USER, "int");
            case USER_LONG_ERROR -> number(op, 8, Space.USER, "long");
            case SUBSTR, ENTRY, STRINGAT, ISINSTR, STRPOS, STRTOL -> new StringSearch(context, values, failures).call(op);
            case STRING_QUOTED, TEXT_STR, TEXT_STRN -> new EscapedText(context, values, new StringSearch(context, values, failures)).call(op);
            case IS_RETURN -> {
                asm.mov(Register.R0, isReturn(context.handler.sites().get(context.site)) ? 1 : 0);
                result(op);
            }
            case JIFFIES -> {
                asm.call(Helper.JIFFIES64);
                result(op);
            }
            case RANDINT -> random(op);
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
            case SYMNAME -> {
                values.load(Register.R1, arguments.getFirst());
                address(op, "%ps");
            }
            case IP6_NTOP -> {
                values.load(Register.R1, arguments.getFirst());
                address(op, "%pI6c");
            }
            case SYSCALL_NAME, SYSCALL_ALIAS, SYSCALL_TEXT, SYSCALL_RESULT, SYSCALL_ARGUMENTS, SYSCALL_MEMORY, SYSCALL_POINTERS, BUFFER_HEX,
                 SYSCALL_STRINGS ->
                new SystemCallTexts(context, values).call(op);
            default -> throw new KernelUnsupported("the function '" + op.intrinsic().word()
                    + "' cannot be called in a handler that runs in the kernel", op.span());
        }
    }

    private void siteNumber(Op.CallIntrinsic op) {
        if (context.handler.sites().size() == 1 || context.mechanism.onePerSite()) {
            asm.mov(Register.R0, context.site);
        } else {
            context.loadFrame(Register.R0, Frame.SITE);
        }
        result(op);
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

    private void control(Op.CallIntrinsic op, int offset) {
        asm.loadMapValue(Register.R1, ControlLayout.MAP, offset);
        asm.load(Size.DOUBLE, Register.R0, Register.R1, 0);
        result(op);
    }

    /** A line in the kernel's trace (bpf_trace_printk, from Linux 4.1; strings of the kernel from 5.11). */
    private void trace(Operand text) {
        if (text instanceof Operand.Text(String constant)) {
            asm.loadMapValue(Register.R3, Texts.MAP, context.texts.offset(constant));
        } else {
            values.address(Register.R3, (Variable) text);
        }
        asm.loadMapValue(Register.R1, Texts.MAP, context.texts.offset("%s"));
        asm.mov(Register.R2, 3);
        asm.call(Helper.TRACE_PRINTK);
    }

    /** A signal to the thread that runs (bpf_send_signal_thread, from Linux 5.5). */
    private void raise(Op.CallIntrinsic op) {
        values.load(Register.R1, op.arguments().getFirst());
        context.storeFrame(Frame.ERROR_ARGUMENT, Register.R1);
        asm.call(Helper.SEND_SIGNAL_THREAD);
        failures.fault(JumpOp.NE, "the signal {} cannot be raised here", op.span());
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
        values.prepare(Register.R1, to);
        if (op.arguments().size() > 1) {
            values.load(Register.R2, op.arguments().get(1));
            values.clamp(Register.R2, size - 1);
            asm.alu(AluOp.ADD, Register.R2, 1);
        } else {
            asm.mov(Register.R2, size);
        }
        context.loadFrame(Register.R3, Frame.ERROR_ARGUMENT);
        asm.call(helper);
        failures.fault(JumpOp.SLT, fault, op.span());
    }

    /** A number in memory, sign-extended. */
    private void number(Op.CallIntrinsic op, int size, Space space, String word) {
        values.load(Register.R3, op.arguments().getFirst());
        context.storeFrame(Frame.ERROR_ARGUMENT, Register.R3);
        memory.readTemporary(size, space);
        failures.fault(JumpOp.NE, space == Space.KERNEL ? "kernel " + word + " copy fault at {} [man error::fault]" : Memory.FAULT,
                op.span());
        asm.load(Memory.size(size), Register.R0, context.base, Frame.TEMPORARY);
        values.extend(Register.R0, size, true);
        result(op);
    }

    private static boolean isReturn(ProbeSite site) {
        return switch (site) {
            case ProbeSite.KernelFunction function -> function.isReturn();
            case ProbeSite.UserCode code -> code.isReturn();
            default -> false;
        };
    }

    /** A number from 0 to below the argument; 0 where that is not positive. */
    private void random(Op.CallIntrinsic op) {
        Label none = context.label("none");
        asm.call(Helper.GET_PRANDOM_U32);
        asm.alu(AluOp.LSH, Register.R0, 32);
        context.storeFrame(Frame.TEMPORARY, Register.R0);
        asm.call(Helper.GET_PRANDOM_U32);
        context.loadFrame(Register.R1, Frame.TEMPORARY);
        asm.alu(AluOp.OR, Register.R1, Register.R0);
        asm.mov(Register.R0, 0);
        values.load(Register.R2, op.arguments().getFirst());
        asm.jumpIf(JumpOp.SLE, Register.R2, 0, none);
        asm.mov(Register.R0, Register.R1);
        asm.alu(AluOp.MOD, Register.R0, Register.R2);
        asm.bind(none);
        result(op);
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
