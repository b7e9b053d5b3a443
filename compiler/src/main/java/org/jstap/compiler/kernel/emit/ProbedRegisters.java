package org.jstap.compiler.kernel.emit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** The processor's registers at the place of the probe, and those of the task in user space ({@code struct pt_regs}). */
final class ProbedRegisters {
    private static final String NONE = "cannot access CPU registers in this context";
    /** Offsets in bytes, from arch/x86/include/asm/ptrace.h. */
    private static final Map<String, Integer> X86_64 = Map.ofEntries(Map.entry("r15", 0), Map.entry("r14", 8), Map.entry("r13", 16),
            Map.entry("r12", 24), Map.entry("rbp", 32), Map.entry("rbx", 40), Map.entry("r11", 48), Map.entry("r10", 56),
            Map.entry("r9", 64), Map.entry("r8", 72), Map.entry("rax", 80), Map.entry("rcx", 88), Map.entry("rdx", 96),
            Map.entry("rsi", 104), Map.entry("rdi", 112), Map.entry("orig_rax", 120), Map.entry("rip", 128), Map.entry("xcs", 136),
            Map.entry("eflags", 144), Map.entry("rsp", 152), Map.entry("xss", 160));
    /** What remains of a name of 8, 16 or 32 bits: {@code eax}, {@code ax} and {@code al} are {@code rax}. */
    private static final Map<String, String> SHORT = Map.ofEntries(Map.entry("ip", "rip"), Map.entry("sp", "rsp"),
            Map.entry("bp", "rbp"), Map.entry("ax", "rax"), Map.entry("bx", "rbx"), Map.entry("cx", "rcx"), Map.entry("dx", "rdx"),
            Map.entry("si", "rsi"), Map.entry("di", "rdi"), Map.entry("al", "rax"), Map.entry("bl", "rbx"), Map.entry("cl", "rcx"),
            Map.entry("dl", "rdx"), Map.entry("sil", "rsi"), Map.entry("dil", "rdi"), Map.entry("flags", "eflags"),
            Map.entry("orig_ax", "orig_rax"), Map.entry("cs", "xcs"), Map.entry("ss", "xss"));
    private static final int X86_CODE_SEGMENT = 136;
    private static final int X86_POINTER = 128;
    private static final int ARM_POINTER = 256;
    private static final int ARM_STATE = 264;
    private static final int ARM_STACK = 248;

    /** From asm/syscall.h of the architectures. */
    private static final List<Integer> X86_SYSTEM_CALL = List.of(112, 104, 96, 56, 72, 64);
    private static final List<Integer> ARM_SYSTEM_CALL = List.of(272, 8, 16, 24, 32, 40);

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Memory memory;
    private final Assembler asm;
    private final boolean arm = ArgumentRegisters.current().count() == 8;

    ProbedRegisters(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.memory = new Memory(context, values, failures);
        this.asm = context.asm;
    }

    void call(Op.CallIntrinsic op) {
        switch (op.intrinsic()) {
            case ADDR -> address(op);
            case UADDR -> ofUser(arm ? ARM_POINTER : X86_POINTER, op, true);
            case USER_MODE -> userMode(op);
            case REGISTERS_VALID -> constant(op, context.mechanism.registers() ? 1 : 0);
            case REGISTER -> register(op);
            case U_REGISTER -> ofUser(offset(op), op, false);
            case WORD_ARGUMENT -> argument(op);
            default -> throw new IllegalArgumentException("nothing of registers: " + op.intrinsic());
        }
    }

    static boolean handles(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case ADDR, UADDR, USER_MODE, REGISTERS_VALID, REGISTER, U_REGISTER, WORD_ARGUMENT -> true;
            default -> false;
        };
    }

    private void constant(Op.CallIntrinsic op, int value) {
        asm.mov(Register.R0, value);
        store(op);
    }

    private void store(Op.CallIntrinsic op) {
        op.to().ifPresent(to -> values.store(to, Register.R0));
    }

    private void load(int offset, Op.CallIntrinsic op) {
        asm.load(Size.DOUBLE, Register.R0, memory.contextRegister(Register.R1), offset);
        store(op);
    }

    private void address(Op.CallIntrinsic op) {
        if (context.mechanism.registers()) {
            load(arm ? ARM_POINTER : X86_POINTER, op);
        } else {
            constant(op, 0);
        }
    }

    private void userMode(Op.CallIntrinsic op) {
        if (context.mechanism.userSpace()) {
            constant(op, 1);
            return;
        }
        if (context.mechanism != Mechanism.PERF_EVENT) {
            constant(op, 0);
            return;
        }
        Label user = context.label("user");
        asm.load(Size.DOUBLE, Register.R1, memory.contextRegister(Register.R1), arm ? ARM_STATE : X86_CODE_SEGMENT);
        // The privilege of the code: the lowest bits of the segment, or of the processor's state the mode.
        asm.alu(AluOp.AND, Register.R1, arm ? 15 : 3);
        asm.mov(Register.R0, 1);
        asm.jumpIf(arm ? JumpOp.EQ : JumpOp.NE, Register.R1, 0, user);
        asm.mov(Register.R0, 0);
        asm.bind(user);
        store(op);
    }

    private int offset(Op.CallIntrinsic op) {
        if (!(op.arguments().getFirst() instanceof Operand.Text(String name))) {
            throw new KernelUnsupported("the name given to '" + op.intrinsic().word() + "' has to be a constant in a handler that"
                    + " runs in the kernel", op.span());
        }
        OptionalInt offset = offset(name.startsWith("%") ? name.substring(1) : name);
        if (offset.isEmpty()) {
            throw new KernelUnsupported("there is no register '" + name + "'", op.span());
        }
        return offset.getAsInt();
    }

    private OptionalInt offset(String written) {
        String name = written.toLowerCase(Locale.ROOT);
        if (arm) {
            return switch (name) {
                case "sp" -> OptionalInt.of(ARM_STACK);
                case "pc" -> OptionalInt.of(ARM_POINTER);
                case "lr" -> OptionalInt.of(ARM_STACK - 8);
                default -> name.matches("[xw]([12]?[0-9]|30)") ? OptionalInt.of(8 * Integer.parseInt(name.substring(1)))
                        : OptionalInt.empty();
            };
        }
        String full = name;
        if (SHORT.containsKey(name)) {
            full = SHORT.get(name);
        } else if (name.startsWith("e") && SHORT.containsKey(name.substring(1))) {
            full = SHORT.get(name.substring(1));
        } else if (name.matches("r\\d+[dwb]")) {
            full = name.substring(0, name.length() - 1);
        }
        Integer offset = X86_64.get(full);
        return offset == null ? OptionalInt.empty() : OptionalInt.of(offset);
    }

    private void register(Op.CallIntrinsic op) {
        int offset = offset(op);
        if (context.mechanism.registers()) {
            load(offset, op);
        } else {
            asm.jump(failures.failure(NONE, op.span()));
        }
    }

    /** Registers with which the task entered the kernel (bpf_task_pt_regs, from Linux 5.15); 0 where {@code missing} is allowed. */
    private void ofUser(int offset, Op.CallIntrinsic op, boolean missing) {
        if (context.mechanism.userSpace()) {
            load(offset, op);
            return;
        }
        Label none = context.label("none");
        asm.call(Helper.GET_CURRENT_TASK_BTF);
        asm.mov(Register.R1, Register.R0);
        asm.call(Helper.TASK_PT_REGS);
        asm.mov(Register.R3, Register.R0);
        asm.alu(AluOp.ADD, Register.R3, offset);
        memory.readTemporary(Long.BYTES, Space.KERNEL);
        if (missing) {
            asm.mov(Register.R1, Register.R0);
            asm.mov(Register.R0, 0);
            asm.jumpIf(JumpOp.NE, Register.R1, 0, none);
        } else {
            asm.jumpIf(JumpOp.NE, Register.R0, 0, failures.failure(NONE, op.span()));
        }
        context.loadFrame(Register.R0, Frame.TEMPORARY);
        asm.bind(none);
        store(op);
    }

    private void argument(Op.CallIntrinsic op) {
        if (!(op.arguments().getFirst() instanceof Operand.Number(long number)) || number < 0 || number > 12) {
            throw new KernelUnsupported("the number of an argument has to be a constant from 1 to 12", op.span());
        }
        ArgumentRegisters registers = ArgumentRegisters.current();
        if (number == 0) {
            returned(op, registers);
            return;
        }
        int index = (int) number - 1;
        if (!context.mechanism.registers()) {
            trampoline(op, index);
        } else if (index < registers.count()) {
            load(registers.argument(index), op);
        } else {
            asm.load(Size.DOUBLE, Register.R3, memory.contextRegister(Register.R3), registers.stackPointer());
            asm.alu(AluOp.ADD, Register.R3, registers.stackArgument(index));
            memory.readTemporary(Long.BYTES, context.mechanism.userSpace() ? Space.USER : Space.KERNEL);
            asm.jumpIf(JumpOp.NE, Register.R0, 0, failures.failure("the argument on the stack cannot be read", op.span()));
            context.loadFrame(Register.R0, Frame.TEMPORARY);
            store(op);
        }
    }

    private void returned(Op.CallIntrinsic op, ArgumentRegisters registers) {
        boolean known = context.mechanism.onePerSite()
                && context.handler.sites().get(context.site) instanceof ProbeSite.KernelFunction function && function.isReturn();
        if (context.mechanism.registers()) {
            load(registers.result(), op);
        } else if (isSystemCall() && ((ProbeSite.Tracepoint) context.handler.sites().get(context.site)).name().equals("sys_exit")) {
            load(Long.BYTES, op);
        } else if (known) {
            load(8 * ((ProbeSite.KernelFunction) context.handler.sites().get(context.site)).arguments(), op);
        } else {
            asm.jump(failures.failure(NONE, op.span()));
        }
    }

    /** Arguments of a system call are in the registers that were saved when the kernel was entered. */
    private void ofSystemCall(Op.CallIntrinsic op, int index) {
        List<Integer> offsets = arm ? ARM_SYSTEM_CALL : X86_SYSTEM_CALL;
        if (index >= offsets.size()) {
            asm.jump(failures.failure(NONE, op.span()));
            return;
        }
        asm.load(Size.DOUBLE, Register.R3, memory.contextRegister(Register.R3), 0);
        asm.alu(AluOp.ADD, Register.R3, offsets.get(index));
        memory.readTemporary(Long.BYTES, Space.KERNEL);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, failures.failure(NONE, op.span()));
        context.loadFrame(Register.R0, Frame.TEMPORARY);
        store(op);
    }

    private boolean isSystemCall() {
        return context.handler.sites().get(context.site) instanceof ProbeSite.Tracepoint at && at.filter().isPresent();
    }

    /** Trampolines have the arguments as words, as many as the function has. */
    private void trampoline(Op.CallIntrinsic op, int index) {
        if (isSystemCall()) {
            ofSystemCall(op, index);
            return;
        }
        boolean known = context.handler.sites().get(context.site) instanceof ProbeSite.KernelFunction function
                && index < function.arguments();
        if (!known) {
            asm.jump(failures.failure(NONE, op.span()));
            return;
        }
        load(8 * index, op);
    }
}
