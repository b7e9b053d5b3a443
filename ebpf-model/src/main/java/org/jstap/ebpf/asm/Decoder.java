package org.jstap.ebpf.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Reads instructions from the kernel's encoding: slots of 8 bytes, little-endian. */
final class Decoder {
    private final byte[] bytes;
    private final IntFunction<String> mapName;

    private Decoder(byte[] bytes, IntFunction<String> mapName) {
        this.bytes = bytes;
        this.mapName = mapName;
    }

    static List<Instruction> decode(byte[] bytes, IntFunction<String> mapName) {
        if (bytes.length % 8 != 0) {
            throw new AssemblyException("a program has 8 bytes an instruction slot; " + bytes.length + " bytes are no whole slots");
        }
        Decoder decoder = new Decoder(bytes, mapName);
        List<Instruction> result = new ArrayList<>(bytes.length / 8);
        for (int slot = 0; slot < bytes.length / 8; ) {
            Instruction instruction;
            try {
                instruction = decoder.read(slot);
            } catch (IllegalArgumentException e) {
                throw new AssemblyException("slot " + slot + ": " + e.getMessage());
            }
            result.add(instruction);
            slot += instruction.slots();
        }
        return List.copyOf(result);
    }

    private Instruction read(int slot) {
        int opcode = bytes[slot * 8] & 0xff;
        return switch (opcode & Opcode.CLASS_MASK) {
            case Opcode.LD -> constant(slot, opcode);
            case Opcode.LDX -> load(slot, opcode);
            case Opcode.ST, Opcode.STX -> store(slot, opcode);
            case Opcode.ALU, Opcode.ALU64 -> arithmetic(slot, opcode);
            default -> jump(slot, opcode);
        };
    }

    private Instruction constant(int slot, int opcode) {
        if (opcode != Opcode.LDDW) {
            throw unknown(opcode);
        }
        if ((slot + 2) * 8 > bytes.length) {
            throw new IllegalArgumentException("the second half of a 64-bit constant is missing");
        }
        int low = immediate(slot);
        int high = immediate(slot + 1);
        return switch (src(slot)) {
            case 0 -> new Instruction.LoadImmediate64(dst(slot), (long) high << 32 | low & 0xffffffffL);
            case Opcode.PSEUDO_MAP_FD -> new Instruction.LoadMap(dst(slot), mapName.apply(low));
            case Opcode.PSEUDO_MAP_VALUE -> new Instruction.LoadMapValue(dst(slot), mapName.apply(low), high);
            case Opcode.PSEUDO_BTF_ID -> new Instruction.LoadKernelVariable(dst(slot), low);
            case Opcode.PSEUDO_FUNC -> new Instruction.LoadFunction(dst(slot), low);
            default -> throw new IllegalArgumentException("a 64-bit constant of unknown kind " + src(slot));
        };
    }

    private Instruction load(int slot, int opcode) {
        int mode = opcode & Opcode.MODE_MASK;
        if (mode != Opcode.MEM && mode != Opcode.MEMSX) {
            throw unknown(opcode);
        }
        return new Instruction.Load(Size.ofCode(opcode), mode == Opcode.MEMSX, dst(slot), Register.of(src(slot)), offset(slot));
    }

    private Instruction store(int slot, int opcode) {
        boolean register = (opcode & Opcode.CLASS_MASK) == Opcode.STX;
        int mode = opcode & Opcode.MODE_MASK;
        if (mode == Opcode.MEM) {
            Operand src = register ? Register.of(src(slot)) : new Immediate(immediate(slot));
            return new Instruction.Store(Size.ofCode(opcode), dst(slot), offset(slot), src);
        }
        if (mode == Opcode.ATOMIC && register) {
            return new Instruction.Atomic(AtomicOp.ofCode(immediate(slot)), Size.ofCode(opcode), dst(slot), offset(slot),
                    Register.of(src(slot)));
        }
        throw unknown(opcode);
    }

    private Instruction arithmetic(int slot, int opcode) {
        boolean wide = (opcode & Opcode.CLASS_MASK) == Opcode.ALU64;
        int operation = opcode & 0xf0;
        return switch (operation) {
            case Opcode.MOV -> new Instruction.Move(wide, dst(slot), operand(slot, opcode), offset(slot));
            case Opcode.NEG -> new Instruction.Negate(wide, dst(slot));
            case Opcode.END -> {
                Instruction.ByteOrder order = wide ? Instruction.ByteOrder.SWAP
                        : (opcode & Opcode.REGISTER) != 0 ? Instruction.ByteOrder.BIG : Instruction.ByteOrder.LITTLE;
                yield new Instruction.ByteSwap(order, immediate(slot), dst(slot));
            }
            default -> new Instruction.Alu(wide, AluOp.ofCode(operation, offset(slot) == 1), dst(slot), operand(slot, opcode));
        };
    }

    private Instruction jump(int slot, int opcode) {
        boolean wide = (opcode & Opcode.CLASS_MASK) == Opcode.JMP;
        int operation = opcode & 0xf0;
        if (operation == Opcode.JA) {
            return wide ? new Instruction.Jump(offset(slot), false) : new Instruction.Jump(immediate(slot), true);
        }
        if (wide) {
            switch (operation) {
                case Opcode.EXIT -> {
                    return new Instruction.Exit();
                }
                case Opcode.JCOND -> {
                    return new Instruction.MayGoto(offset(slot));
                }
                case Opcode.CALL -> {
                    return call(slot);
                }
                default -> {
                    // a branch, below
                }
            }
        }
        return new Instruction.Branch(wide, JumpOp.ofCode(operation), dst(slot), operand(slot, opcode), offset(slot));
    }

    private Instruction call(int slot) {
        int target = immediate(slot);
        return switch (src(slot)) {
            case 0 -> new Instruction.Call(Helper.byId(target)
                    .orElseThrow(() -> new IllegalArgumentException("no helper has the number " + target)));
            case Opcode.PSEUDO_CALL -> new Instruction.CallFunction(target);
            case Opcode.PSEUDO_KFUNC_CALL -> new Instruction.CallKfunc(target);
            default -> throw new IllegalArgumentException("a call of unknown kind " + src(slot));
        };
    }

    private Operand operand(int slot, int opcode) {
        return (opcode & Opcode.REGISTER) != 0 ? Register.of(src(slot)) : new Immediate(immediate(slot));
    }

    private Register dst(int slot) {
        return Register.of(bytes[slot * 8 + 1] & 0xf);
    }

    private int src(int slot) {
        return bytes[slot * 8 + 1] >> 4 & 0xf;
    }

    private int offset(int slot) {
        return (short) (bytes[slot * 8 + 2] & 0xff | bytes[slot * 8 + 3] << 8);
    }

    private int immediate(int slot) {
        int at = slot * 8 + 4;
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    private static IllegalArgumentException unknown(int opcode) {
        return new IllegalArgumentException("no instruction has the operation code 0x" + Integer.toHexString(opcode));
    }
}
