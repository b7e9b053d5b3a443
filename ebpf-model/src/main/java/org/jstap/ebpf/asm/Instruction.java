package org.jstap.ebpf.asm;

import java.util.Objects;

/**
 * One instruction. Distances of jumps and calls count slots of 8 bytes from the slot after the instruction, as in the
 * encoding; an instruction takes one slot, one with a 64-bit constant two.
 */
public sealed interface Instruction {

    /** The number of 8-byte slots, 1 or 2. */
    default int slots() {
        return 1;
    }

    /**
     * {@code dst = src}; without {@code wide} the upper 32 bits become zero.
     *
     * @param signBits 0 for a plain move, or 8, 16 or 32 (only wide): the low bits of a register to extend by their sign,
     *                 which needs kernel 6.6 (instruction set v4)
     */
    record Move(boolean wide, Register dst, Operand src, int signBits) implements Instruction {
        public Move {
            Objects.requireNonNull(src);
            Checks.writable(dst);
            if (signBits != 0 && signBits != 8 && signBits != 16 && !(signBits == 32 && wide)) {
                throw new IllegalArgumentException("a move extends the sign of 8, 16 or (64-bit) 32 bits, not of " + signBits);
            }
            if (signBits != 0 && !(src instanceof Register)) {
                throw new IllegalArgumentException("a move that extends the sign takes a register");
            }
        }
    }

    /** {@code dst = dst op src}; without {@code wide} on the low 32 bits, and the upper become zero. */
    record Alu(boolean wide, AluOp op, Register dst, Operand src) implements Instruction {
        public Alu {
            Objects.requireNonNull(op);
            Objects.requireNonNull(src);
            Checks.writable(dst);
        }
    }

    /** {@code dst = -dst}. */
    record Negate(boolean wide, Register dst) implements Instruction {
        public Negate {
            Checks.writable(dst);
        }
    }

    /** The three ways to swap bytes. */
    enum ByteOrder {
        /** To or from little-endian: on a little-endian machine it only cuts to the width. */
        LITTLE,
        /** To or from big-endian. */
        BIG,
        /** Unconditionally; from kernel 6.6 (instruction set v4). */
        SWAP
    }

    /**
     * Converts the low {@code bits} of {@code dst}; the upper become zero.
     *
     * @param bits 16, 32 or 64
     */
    record ByteSwap(ByteOrder order, int bits, Register dst) implements Instruction {
        public ByteSwap {
            Objects.requireNonNull(order);
            Checks.writable(dst);
            if (bits != 16 && bits != 32 && bits != 64) {
                throw new IllegalArgumentException("bytes are swapped in 16, 32 or 64 bits, not in " + bits);
            }
        }
    }

    /**
     * {@code dst = *(size *)(base + offset)}.
     *
     * @param signed extends the sign instead of filling with zeros, for less than 8 bytes; from kernel 6.6 (instruction
     *               set v4)
     */
    record Load(Size size, boolean signed, Register dst, Register base, int offset) implements Instruction {
        public Load {
            Objects.requireNonNull(base);
            Checks.writable(dst);
            Checks.shortOffset(offset);
            if (signed && size == Size.DOUBLE) {
                throw new IllegalArgumentException("a load of 8 bytes has no sign to extend");
            }
        }
    }

    /** {@code *(size *)(base + offset) = src}. */
    record Store(Size size, Register base, int offset, Operand src) implements Instruction {
        public Store {
            Objects.requireNonNull(size);
            Objects.requireNonNull(base);
            Objects.requireNonNull(src);
            Checks.shortOffset(offset);
        }
    }

    /** A read-modify-write of 4 or 8 bytes at {@code base + offset}. */
    record Atomic(AtomicOp op, Size size, Register base, int offset, Register src) implements Instruction {
        public Atomic {
            Objects.requireNonNull(op);
            Objects.requireNonNull(base);
            Checks.shortOffset(offset);
            if (size != Size.WORD && size != Size.DOUBLE) {
                throw new IllegalArgumentException("atomic operations have 4 or 8 bytes, not " + size.bytes());
            }
            if (op.fetches()) {
                Checks.writable(src);
            }
        }
    }

    /** {@code dst = value}, any 64 bits. */
    record LoadImmediate64(Register dst, long value) implements Instruction {
        public LoadImmediate64 {
            Checks.writable(dst);
        }

        @Override
        public int slots() {
            return 2;
        }
    }

    /** {@code dst} = the map of this name, as helpers take it; encoded with the map's file descriptor. */
    record LoadMap(Register dst, String map) implements Instruction {
        public LoadMap {
            Objects.requireNonNull(map);
            Checks.writable(dst);
        }

        @Override
        public int slots() {
            return 2;
        }
    }

    /** {@code dst} = the address of byte {@code offset} in the first value of an array map (kernel 5.2). */
    record LoadMapValue(Register dst, String map, int offset) implements Instruction {
        public LoadMapValue {
            Objects.requireNonNull(map);
            Checks.writable(dst);
        }

        @Override
        public int slots() {
            return 2;
        }
    }

    /**
     * {@code dst} = a function of the same program, for helpers that take a callback (kernel 5.13).
     *
     * @param distance from the first slot of this instruction plus one to the entry, as the kernel counts it
     */
    record LoadFunction(Register dst, int distance) implements Instruction {
        public LoadFunction {
            Checks.writable(dst);
        }

        @Override
        public int slots() {
            return 2;
        }
    }

    /** {@code dst} = the address of the kernel variable with this BTF identifier (kernel 5.10). */
    record LoadKernelVariable(Register dst, int btfId) implements Instruction {
        public LoadKernelVariable {
            Checks.writable(dst);
        }

        @Override
        public int slots() {
            return 2;
        }
    }

    /**
     * An unconditional jump.
     *
     * @param large {@code gotol}, which has 32 bits of distance instead of 16; from kernel 6.6 (instruction set v4)
     */
    record Jump(int distance, boolean large) implements Instruction {
        public Jump {
            if (!large) {
                Checks.shortDistance(distance);
            }
        }
    }

    /** Jumps if {@code left op right}; without {@code wide} compares the low 32 bits (kernel 5.1, instruction set v3). */
    record Branch(boolean wide, JumpOp op, Register left, Operand right, int distance) implements Instruction {
        public Branch {
            Objects.requireNonNull(op);
            Objects.requireNonNull(left);
            Objects.requireNonNull(right);
            Checks.shortDistance(distance);
        }
    }

    /** Jumps if the loop budget of the kernel is used up, so that any loop that passes here ends; from kernel 6.9. */
    record MayGoto(int distance) implements Instruction {
        public MayGoto {
            Checks.shortDistance(distance);
        }
    }

    /** Calls a helper of the kernel. */
    record Call(Helper helper) implements Instruction {
        public Call {
            Objects.requireNonNull(helper);
        }
    }

    /** Calls a kernel function by its identifier in the BTF of the kernel (kernel 5.13). */
    record CallKfunc(int btfId) implements Instruction {
    }

    /** Calls a function of the same program (kernel 4.16). */
    record CallFunction(int distance) implements Instruction {
    }

    /** Returns {@code R0} to the caller. */
    record Exit() implements Instruction {
    }
}
