package org.jstap.ebpf.asm;

import java.util.List;
import java.util.function.ToIntFunction;

/** Writes instructions as the kernel reads them: slots of 8 bytes, little-endian. */
final class Encoder {
    private final byte[] bytes;
    private final ToIntFunction<String> mapFd;
    private int at;

    private Encoder(int slots, ToIntFunction<String> mapFd) {
        this.bytes = new byte[slots * 8];
        this.mapFd = mapFd;
    }

    static byte[] encode(List<Instruction> instructions, int slots, ToIntFunction<String> mapFd) {
        Encoder encoder = new Encoder(slots, mapFd);
        for (Instruction instruction : instructions) {
            encoder.write(instruction);
        }
        return encoder.bytes;
    }

    private void write(Instruction instruction) {
        switch (instruction) {
            case Instruction.Move(boolean wide, Register dst, Operand src, int signBits) ->
                operation((wide ? Opcode.ALU64 : Opcode.ALU) | Opcode.MOV, dst, src, signBits);
            case Instruction.Alu(boolean wide, AluOp op, Register dst, Operand src) ->
                operation((wide ? Opcode.ALU64 : Opcode.ALU) | op.code(), dst, src, op.isSignedDivision() ? 1 : 0);
            case Instruction.Negate(boolean wide, Register dst) ->
                slot((wide ? Opcode.ALU64 : Opcode.ALU) | Opcode.NEG, dst.number(), 0, 0, 0);
            case Instruction.ByteSwap(Instruction.ByteOrder order, int bits, Register dst) -> slot(swapCode(order), dst.number(), 0, 0, bits);
            case Instruction.Load(Size size, boolean signed, Register dst, Register base, int offset) ->
                slot(Opcode.LDX | size.code() | (signed ? Opcode.MEMSX : Opcode.MEM), dst.number(), base.number(), offset, 0);
            case Instruction.Store(Size size, Register base, int offset, Register src) ->
                slot(Opcode.STX | size.code() | Opcode.MEM, base.number(), src.number(), offset, 0);
            case Instruction.Store(Size size, Register base, int offset, Immediate src) ->
                slot(Opcode.ST | size.code() | Opcode.MEM, base.number(), 0, offset, src.value());
            case Instruction.Atomic(AtomicOp op, Size size, Register base, int offset, Register src) ->
                slot(Opcode.STX | size.code() | Opcode.ATOMIC, base.number(), src.number(), offset, op.code());
            case Instruction.LoadImmediate64(Register dst, long value) -> pair(dst, 0, (int) value, (int) (value >>> 32));
            case Instruction.LoadMap(Register dst, String map) -> pair(dst, Opcode.PSEUDO_MAP_FD, mapFd.applyAsInt(map), 0);
            case Instruction.LoadMapValue(Register dst, String map, int offset) ->
                pair(dst, Opcode.PSEUDO_MAP_VALUE, mapFd.applyAsInt(map), offset);
            case Instruction.LoadFunction(Register dst, int distance) -> pair(dst, Opcode.PSEUDO_FUNC, distance, 0);
            case Instruction.LoadKernelVariable(Register dst, int btfId) -> pair(dst, Opcode.PSEUDO_BTF_ID, btfId, 0);
            case Instruction.Jump(int distance, boolean large) -> {
                if (large) {
                    slot(Opcode.JMP32 | Opcode.JA, 0, 0, 0, distance);
                } else {
                    slot(Opcode.JMP | Opcode.JA, 0, 0, distance, 0);
                }
            }
            case Instruction.Branch(boolean wide, JumpOp op, Register left, Operand right, int distance) ->
                operation((wide ? Opcode.JMP : Opcode.JMP32) | op.code(), left, right, distance);
            case Instruction.MayGoto(int distance) -> slot(Opcode.JMP | Opcode.JCOND, 0, 0, distance, 0);
            case Instruction.Call(Helper helper) -> slot(Opcode.JMP | Opcode.CALL, 0, 0, 0, helper.id());
            case Instruction.CallKfunc(int btfId) -> slot(Opcode.JMP | Opcode.CALL, 0, Opcode.PSEUDO_KFUNC_CALL, 0, btfId);
            case Instruction.CallFunction(int distance) -> slot(Opcode.JMP | Opcode.CALL, 0, Opcode.PSEUDO_CALL, 0, distance);
            case Instruction.Exit() -> slot(Opcode.JMP | Opcode.EXIT, 0, 0, 0, 0);
        }
    }

    private static int swapCode(Instruction.ByteOrder order) {
        return switch (order) {
            case LITTLE -> Opcode.ALU | Opcode.END;
            case BIG -> Opcode.ALU | Opcode.END | Opcode.REGISTER;
            case SWAP -> Opcode.ALU64 | Opcode.END;
        };
    }

    private void operation(int opcode, Register first, Operand second, int offset) {
        switch (second) {
            case Register register -> slot(opcode | Opcode.REGISTER, first.number(), register.number(), offset, 0);
            case Immediate(int value) -> slot(opcode, first.number(), 0, offset, value);
        }
    }

    private void pair(Register dst, int src, int low, int high) {
        slot(Opcode.LDDW, dst.number(), src, 0, low);
        slot(0, 0, 0, 0, high);
    }

    private void slot(int opcode, int dst, int src, int offset, int immediate) {
        bytes[at] = (byte) opcode;
        bytes[at + 1] = (byte) (src << 4 | dst);
        bytes[at + 2] = (byte) offset;
        bytes[at + 3] = (byte) (offset >> 8);
        bytes[at + 4] = (byte) immediate;
        bytes[at + 5] = (byte) (immediate >> 8);
        bytes[at + 6] = (byte) (immediate >> 16);
        bytes[at + 7] = (byte) (immediate >> 24);
        at += 8;
    }
}
