package org.jstap.compiler.kernel.emit;

import java.util.List;

/**
 * Where {@code struct pt_regs} holds what a function's caller passed, from the kernel's {@code arch/…/include/asm/ptrace.h} and the
 * calling convention of the architecture. Offsets in bytes.
 *
 * @param arguments offsets of the argument registers, in order
 * @param firstOnStack bytes from the stack pointer at entry to the first argument that is passed on the stack
 */
record ArgumentRegisters(List<Integer> arguments, int result, int stackPointer, int firstOnStack) {
    private static final ArgumentRegisters X86_64 = new ArgumentRegisters(List.of(112, 104, 96, 88, 72, 64), 80, 152, 8);
    private static final ArgumentRegisters AARCH64 = new ArgumentRegisters(List.of(0, 8, 16, 24, 32, 40, 48, 56), 0, 248, 0);

    static ArgumentRegisters current() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new IllegalStateException("function probes know no registers of " + System.getProperty("os.arch"));
        };
    }

    int count() {
        return arguments.size();
    }

    int argument(int index) {
        return arguments.get(index);
    }

    int stackArgument(int index) {
        return firstOnStack + 8 * (index - arguments.size());
    }
}
