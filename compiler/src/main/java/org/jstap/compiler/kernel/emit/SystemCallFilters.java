package org.jstap.compiler.kernel.emit;

import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * The first thing that a program at sys_enter or sys_exit does, before it takes locks or memory: look whether the call is one of
 * those that its handler is for.
 */
final class SystemCallFilters {
    /** Up to so many numbers are compared one by one, more by a word of bits for each 64 of them. */
    private static final int FEW = 8;
    private static final int WORD = 64;

    private final Context context;
    private final Assembler asm;
    private final Machine machine = Machine.current();

    SystemCallFilters(Context context) {
        this.context = context;
        this.asm = context.asm;
    }

    /**
     * Facts of the architecture (arch/…/include/asm/ptrace.h and thread_info.h).
     *
     * @param number offset of the call's number in {@code struct pt_regs}
     * @param size   of the number
     * @param compat bit of the task's status that tells a call of a 32-bit program (TS_COMPAT, _TIF_32BIT)
     */
    private record Machine(int number, Size size, int compat) {
        static Machine current() {
            return System.getProperty("os.arch").equals("aarch64") ? new Machine(280, Size.WORD, 1 << 22)
                    : new Machine(120, Size.DOUBLE, 2);
        }
    }

    /** Goes to {@code quit} where the call is none of the filter's. R6 is the context; R1 to R5 are used. */
    void emit(ProbeSite.Tracepoint site, ProbeSite.SystemCallFilter filter, Label quit) {
        if (site.name().equals("sys_exit")) {
            numberAtExit(quit);
        } else {
            asm.load(Size.DOUBLE, Register.R1, Register.R6, 8);
        }
        if (filter.numbers().size() <= FEW) {
            compare(filter.numbers(), quit);
        } else {
            look(filter.numbers(), quit);
        }
        if (filter.status().isPresent()) {
            compat(filter.status().getAsInt(), quit);
        }
    }

    private void numberAtExit(Label quit) {
        asm.load(Size.DOUBLE, Register.R3, Register.R6, 0);
        read(Register.R3, machine.number(), machine.size(), quit);
    }

    /** Reads a number at {@code base + offset} into R1: directly where the kernel knows the type of the base. */
    private void read(Register base, int offset, Size size, Label quit) {
        if (context.mechanism.typed()) {
            asm.load(size, Register.R1, base, offset);
            return;
        }
        asm.storeImm(Size.DOUBLE, context.base, Frame.TEMPORARY, 0);
        if (base != Register.R3) {
            asm.mov(Register.R3, base);
        }
        asm.alu(AluOp.ADD, Register.R3, offset);
        asm.mov(Register.R2, size == Size.WORD ? 4 : 8);
        asm.mov(Register.R1, context.base);
        asm.alu(AluOp.ADD, Register.R1, Frame.TEMPORARY);
        asm.call(Helper.PROBE_READ_KERNEL);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, quit);
        context.loadFrame(Register.R1, Frame.TEMPORARY);
    }

    private void compare(List<Integer> numbers, Label quit) {
        Label found = context.label("call");
        for (int i = 0; i < numbers.size() - 1; i++) {
            asm.jumpIf(JumpOp.EQ, Register.R1, numbers.get(i), found);
        }
        asm.jumpIf(JumpOp.NE, Register.R1, numbers.getLast(), quit);
        asm.bind(found);
    }

    private void look(List<Integer> numbers, Label quit) {
        Map<Integer, Long> words = new TreeMap<>();
        for (int number : numbers) {
            words.merge(number / WORD, 1L << number % WORD, (a, b) -> a | b);
        }
        Label found = context.label("call");
        asm.mov(Register.R2, Register.R1);
        asm.alu(AluOp.RSH, Register.R2, 6);
        asm.alu(AluOp.AND, Register.R1, WORD - 1);
        words.forEach((word, bits) -> {
            Label next = context.label("next");
            asm.jumpIf(JumpOp.NE, Register.R2, word, next);
            asm.loadImm64(Register.R3, bits);
            asm.alu(AluOp.RSH, Register.R3, Register.R1);
            asm.alu(AluOp.AND, Register.R3, 1);
            asm.jumpIf(JumpOp.NE, Register.R3, 0, found);
            asm.jump(quit);
            asm.bind(next);
        });
        asm.jump(quit);
        asm.bind(found);
    }

    private void compat(int status, Label quit) {
        asm.call(context.mechanism.typed() ? Helper.GET_CURRENT_TASK_BTF : Helper.GET_CURRENT_TASK);
        asm.mov(Register.R3, Register.R0);
        read(Register.R3, status, Size.WORD, quit);
        asm.alu(AluOp.AND, Register.R1, machine.compat());
        asm.jumpIf(JumpOp.NE, Register.R1, 0, quit);
    }
}
