package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** Moves numbers and strings between variables, registers and memory. */
final class Values {
    private final Context context;
    private final Assembler asm;

    Values(Context context) {
        this.context = context;
        this.asm = context.asm;
    }

    // ---- numbers

    void load(Register to, Operand operand) {
        switch (operand) {
            case Operand.Number number -> asm.constant(to, number.value());
            case Variable variable -> {
                switch (context.frame.home(variable)) {
                    case Home.InRegister(Register register) -> {
                        if (register != to) {
                            asm.mov(to, register);
                        }
                    }
                    case Home.InFrame(int offset, int _) -> context.loadFrame(to, offset);
                    case Home.InScratch(int offset, int _) -> {
                        context.loadFrame(to, Frame.SCRATCH);
                        asm.load(Size.DOUBLE, to, to, offset);
                    }
                }
            }
            case Operand.Text text -> throw new IllegalStateException("a string where a number is due: " + text);
        }
    }

    /** The register in which a number already is, or {@code fallback} after loading it there. */
    Register inRegister(Operand operand, Register fallback) {
        if (operand instanceof Variable variable && context.frame.home(variable) instanceof Home.InRegister(Register register)) {
            return register;
        }
        load(fallback, operand);
        return fallback;
    }

    /** Keeps a number; {@code from} must not be R5 where the variable is in scratch memory. */
    void store(Variable to, Register from) {
        switch (context.frame.home(to)) {
            case Home.InRegister(Register register) -> {
                if (register != from) {
                    asm.mov(register, from);
                }
            }
            case Home.InFrame(int offset, int _) -> context.storeFrame(offset, from);
            case Home.InScratch(int offset, int _) -> {
                context.loadFrame(Register.R5, Frame.SCRATCH);
                asm.store(Size.DOUBLE, Register.R5, offset, from);
            }
        }
    }

    boolean isUsed(Variable variable) {
        return context.frame.home(variable) != null;
    }

    /** Brings a number into the range from 0 to {@code most}. */
    void clamp(Register register, int most) {
        Label positive = context.label("positive");
        Label bounded = context.label("bounded");
        asm.jumpIf(JumpOp.SGE, register, 0, positive);
        asm.mov(register, 0);
        asm.bind(positive);
        asm.jumpIf(JumpOp.LE, register, most, bounded);
        asm.mov(register, most);
        asm.bind(bounded);
    }

    /** Brings a value of {@code size} bytes to 64 bits. */
    void extend(Register register, int size, boolean signed) {
        if (size == 8) {
            return;
        }
        int shift = 64 - 8 * size;
        if (signed) {
            asm.alu(AluOp.LSH, register, shift);
            asm.alu(AluOp.ARSH, register, shift);
        } else if (size == 4) {
            asm.mov32(register, register);
        } else {
            asm.alu(AluOp.AND, register, (1 << 8 * size) - 1);
        }
    }

    // ---- strings: padded with zeros to the size of their place

    /** The address of a string variable. */
    void address(Register to, Variable variable) {
        context.address(to, context.frame.home(variable));
    }

    /** Bytes of a string variable's place. */
    int size(Variable variable) {
        return switch (context.frame.home(variable)) {
            case Home.InFrame(int _, int size) -> size;
            case Home.InScratch(int _, int size) -> size;
            case Home.InRegister(Register register) -> throw new IllegalStateException("a string in " + register);
        };
    }

    /**
     * Writes a string to {@code [base + offset]}, {@code size} bytes, padded or cut so that it ends with a zero. Uses R1 and R2, so
     * {@code base} must be another register.
     */
    void copyText(Register base, int offset, int size, Operand from) {
        switch (from) {
            case Operand.Text text -> storeConstant(base, offset, size, text.value());
            case Variable variable -> {
                Register source;
                int start;
                switch (context.frame.home(variable)) {
                    case Home.InFrame(int at, int _) -> {
                        source = context.base;
                        start = at;
                    }
                    case Home.InScratch(int at, int _) -> {
                        context.loadFrame(Register.R2, Frame.SCRATCH);
                        source = Register.R2;
                        start = at;
                    }
                    case Home.InRegister(Register register) -> throw new IllegalStateException("a string in " + register);
                }
                int available = size(variable);
                int copied = Math.min(size, available);
                for (int i = 0; i < copied; i += 8) {
                    asm.load(Size.DOUBLE, Register.R1, source, start + i);
                    asm.store(Size.DOUBLE, base, offset + i, Register.R1);
                }
                if (available > size) {
                    asm.storeImm(Size.BYTE, base, offset + size - 1, 0);
                }
                zero(base, offset + copied, size - copied);
            }
            case Operand.Number number -> throw new IllegalStateException("a number where a string is due: " + number);
        }
    }

    private void storeConstant(Register base, int offset, int size, String text) {
        int length = Math.min(text.length(), size - 1);
        for (int i = 0; i < size; i += 8) {
            long word = 0;
            for (int b = 7; b >= 0; b--) {
                int at = i + b;
                word = word << 8 | (at < length ? text.charAt(at) & 0xff : 0);
            }
            if (word == (int) word) {
                asm.storeImm(Size.DOUBLE, base, offset + i, (int) word);
            } else {
                asm.loadImm64(Register.R1, word);
                asm.store(Size.DOUBLE, base, offset + i, Register.R1);
            }
        }
    }

    /** Fills {@code bytes} bytes, a multiple of 8, with zeros. */
    void zero(Register base, int offset, int bytes) {
        for (int i = 0; i < bytes; i += 8) {
            asm.storeImm(Size.DOUBLE, base, offset + i, 0);
        }
    }

    /** Sets a variable to another value of its type. */
    void move(Variable to, Operand from) {
        if (to.type() == Type.STRING) {
            if (from.equals(to)) {
                return;
            }
            address(Register.R3, to);
            copyText(Register.R3, 0, size(to), from);
        } else if (context.frame.home(to) instanceof Home.InRegister(Register register)) {
            load(register, from);
        } else if (from instanceof Operand.Number number && number.value() == (int) number.value()
                && context.frame.home(to) instanceof Home.InFrame(int offset, int _)) {
            context.storeFrame(offset, (int) number.value());
        } else {
            store(to, inRegister(from, Register.R1));
        }
    }

    /** Sets a variable to 0 or "". */
    void clear(Variable variable) {
        move(variable, variable.type() == Type.STRING ? new Operand.Text("") : new Operand.Number(0));
    }

    /** Fills a string variable's place with zeros and leaves its address in {@code to}, ready for a helper that writes there. */
    void prepare(Register to, Variable variable) {
        address(to, variable);
        zero(to, 0, size(variable));
    }
}
