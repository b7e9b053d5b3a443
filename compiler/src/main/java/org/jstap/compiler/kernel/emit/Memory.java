package org.jstap.compiler.kernel.emit;

import java.util.Optional;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.program.Expr.BitField;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** Arguments and memory of the probed context. */
final class Memory {
    static final String FAULT = "read fault [man error::fault] at {}";
    private static final int LARGEST_OFFSET = Short.MAX_VALUE;

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Assembler asm;

    Memory(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.asm = context.asm;
    }

    /** The context of the event in a register. */
    Register contextRegister(Register fallback) {
        if (context.loop == null) {
            return Register.R6;
        }
        context.loadFrame(fallback, Frame.CONTEXT);
        return fallback;
    }

    void argument(Op.LoadArgument op) {
        if (context.mechanism == Mechanism.KRETPROBE || context.mechanism == Mechanism.KRETPROBE_MULTI) {
            throw new KernelUnsupported("a parameter of the function is not to be had at its return on this kernel", op.span());
        }
        Register base = contextRegister(Register.R1);
        if (context.mechanism.registers()) {
            registerArgument(op, base);
        } else if (function().isPresent() && op.index() >= function().get().arguments()) {
            // Another site of the handler has it.
            asm.mov(Register.R1, 0);
        } else {
            asm.load(Size.DOUBLE, Register.R1, base, 8 * op.index());
        }
        if (op.pointee() == 0) {
            values.extend(Register.R1, op.size(), op.signed());
        }
        values.store(op.to(), Register.R1);
    }

    /** The function to which the program is bound. */
    private Optional<ProbeSite.KernelFunction> function() {
        return context.mechanism.onePerSite() && context.handler.sites().get(context.site) instanceof ProbeSite.KernelFunction function
                ? Optional.of(function) : Optional.empty();
    }

    /** By the calling convention: the first ones in registers, the others on the stack above the return address. */
    private void registerArgument(Op.LoadArgument op, Register base) {
        ArgumentRegisters registers = ArgumentRegisters.current();
        if (op.index() < registers.count()) {
            asm.load(Size.DOUBLE, Register.R1, base, registers.argument(op.index()));
            return;
        }
        asm.load(Size.DOUBLE, Register.R3, base, registers.stackPointer());
        asm.alu(AluOp.ADD, Register.R3, registers.stackArgument(op.index()));
        readTemporary(8, Space.KERNEL);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, failures.failure("the argument on the stack cannot be read", op.span()));
        context.loadFrame(Register.R1, Frame.TEMPORARY);
    }

    void result(Op.LoadResult op) {
        Register base = contextRegister(Register.R1);
        if (context.mechanism.registers()) {
            asm.load(Size.DOUBLE, Register.R1, base, ArgumentRegisters.current().result());
        } else {
            asm.load(Size.DOUBLE, Register.R1, base, 8 * (function().isPresent() ? function().get().arguments() : op.arguments()));
        }
        values.extend(Register.R1, op.size(), op.signed());
        values.store(op.to(), Register.R1);
    }

    void load(Op.LoadMemory op) {
        boolean direct = op.chained() && context.mechanism.typed() && op.offset() >= 0 && op.offset() <= LARGEST_OFFSET;
        if (direct) {
            Register base = values.inRegister(op.base(), Register.R1);
            asm.jumpIf(JumpOp.EQ, base, 0, failures.failure(FAULT, op.span(), Optional.of(base)));
            asm.load(size(op.size()), Register.R1, base, (int) op.offset());
        } else {
            values.load(Register.R3, op.base());
            addOffset(Register.R3, op.offset());
            context.storeFrame(Frame.ERROR_ARGUMENT, Register.R3);
            readTemporary(op.size(), op.space());
            failures.fault(JumpOp.NE, FAULT, op.span());
            asm.load(size(op.size()), Register.R1, context.base, Frame.TEMPORARY);
        }
        if (op.bits().isPresent()) {
            bits(op.bits().get(), op.signed());
        } else {
            values.extend(Register.R1, op.size(), op.signed());
        }
        values.store(op.to(), Register.R1);
    }

    void bytes(Op.LoadBytes op) {
        values.load(Register.R3, op.address());
        context.storeFrame(Frame.ERROR_ARGUMENT, Register.R3);
        values.address(Register.R1, op.to());
        asm.mov(Register.R2, op.size());
        asm.call(Helper.PROBE_READ_KERNEL);
        failures.fault(JumpOp.NE, FAULT, op.span());
    }

    private void addOffset(Register register, long offset) {
        if (offset == (int) offset) {
            if (offset != 0) {
                asm.alu(AluOp.ADD, register, (int) offset);
            }
        } else {
            asm.loadImm64(Register.R2, offset);
            asm.alu(AluOp.ADD, register, Register.R2);
        }
    }

    /** Reads from the address in R3 to the temporary of the frame; R0 is not 0 where that failed. */
    void readTemporary(int size, Space space) {
        asm.mov(Register.R1, context.base);
        asm.alu(AluOp.ADD, Register.R1, Frame.TEMPORARY);
        asm.mov(Register.R2, size);
        asm.call(space == Space.USER ? Helper.PROBE_READ_USER : Helper.PROBE_READ_KERNEL);
    }

    private void bits(BitField bits, boolean signed) {
        asm.alu(AluOp.LSH, Register.R1, 64 - bits.shift() - bits.width());
        asm.alu(signed ? AluOp.ARSH : AluOp.RSH, Register.R1, 64 - bits.width());
    }

    static Size size(int bytes) {
        return switch (bytes) {
            case 1 -> Size.BYTE;
            case 2 -> Size.HALF;
            case 4 -> Size.WORD;
            case 8 -> Size.DOUBLE;
            default -> throw new IllegalArgumentException("no load takes " + bytes + " bytes");
        };
    }
}
