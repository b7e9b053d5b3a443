package org.jstap.ebpf.vm;

import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Instruction;
import org.jstap.ebpf.asm.JumpOp;

/** The results of operations, after RFC 9669. */
final class Arithmetic {
    private Arithmetic() {
    }

    static long compute(AluOp op, boolean wide, long a, long b) {
        return wide ? compute64(op, a, b) : compute32(op, (int) a, (int) b) & 0xffffffffL;
    }

    private static long compute64(AluOp op, long a, long b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : Long.divideUnsigned(a, b);
            case OR -> a | b;
            case AND -> a & b;
            case LSH -> a << b;
            case RSH -> a >>> b;
            case MOD -> b == 0 ? a : Long.remainderUnsigned(a, b);
            case XOR -> a ^ b;
            case ARSH -> a >> b;
            case SDIV -> b == 0 ? 0 : a / b;
            case SMOD -> b == 0 ? a : a % b;
        };
    }

    private static int compute32(AluOp op, int a, int b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : Integer.divideUnsigned(a, b);
            case OR -> a | b;
            case AND -> a & b;
            case LSH -> a << b;
            case RSH -> a >>> b;
            case MOD -> b == 0 ? a : Integer.remainderUnsigned(a, b);
            case XOR -> a ^ b;
            case ARSH -> a >> b;
            case SDIV -> b == 0 ? 0 : a / b;
            case SMOD -> b == 0 ? a : a % b;
        };
    }

    static boolean holds(JumpOp op, boolean wide, long left, long right) {
        long a = wide ? left : (int) left;
        long b = wide ? right : (int) right;
        // Extending the sign of both keeps their unsigned order, too.
        return switch (op) {
            case EQ -> a == b;
            case NE -> a != b;
            case GT -> Long.compareUnsigned(a, b) > 0;
            case GE -> Long.compareUnsigned(a, b) >= 0;
            case LT -> Long.compareUnsigned(a, b) < 0;
            case LE -> Long.compareUnsigned(a, b) <= 0;
            case SET -> (a & b) != 0;
            case SGT -> a > b;
            case SGE -> a >= b;
            case SLT -> a < b;
            case SLE -> a <= b;
        };
    }

    /** The machine is little-endian. */
    static long swap(Instruction.ByteOrder order, int bits, long value) {
        boolean swaps = order != Instruction.ByteOrder.LITTLE;
        return switch (bits) {
            case 16 -> swaps ? Short.reverseBytes((short) value) & 0xffffL : value & 0xffffL;
            case 32 -> swaps ? Integer.reverseBytes((int) value) & 0xffffffffL : value & 0xffffffffL;
            default -> swaps ? Long.reverseBytes(value) : value;
        };
    }

    static long extend(long value, int bits) {
        int unused = 64 - bits;
        return value << unused >> unused;
    }
}
