package org.jstap.ebpf.asm;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a program for people, in the notation of {@code llvm-objdump} and the kernel's log. Source lines stand above their
 * instructions ({@code ; file.stp:12: text}), goals of jumps have labels, maps and helpers their names.
 */
public final class Disassembler {
    private final Code code;
    private final Map<Integer, String> labels = new TreeMap<>();
    private final Map<Integer, String> functions = new TreeMap<>();
    private final StringBuilder out = new StringBuilder();

    private Disassembler(Code code) {
        this.code = code;
    }

    /** The listing, one line an instruction, each ended by a newline. */
    public static String list(Code code) {
        Disassembler disassembler = new Disassembler(code);
        disassembler.nameFunctions();
        disassembler.nameGoals();
        disassembler.write();
        return disassembler.out.toString();
    }

    /** One instruction; jumps show their distance, such as {@code goto +3}. */
    public static String format(Instruction instruction) {
        return new Disassembler(new Code(List.of(instruction), List.of(new Code.Function("main", 0, 1)), List.of(), List.of(),
                List.of())).text(instruction, -1);
    }

    private void nameFunctions() {
        for (Code.Function function : code.functions()) {
            functions.put(function.slot(), function.name());
        }
    }

    /** Labels that nothing jumps to are left out; names that several places have get the slot behind them. */
    private void nameGoals() {
        TreeMap<Integer, String> given = new TreeMap<>();
        TreeMap<String, Integer> uses = new TreeMap<>();
        int slot = 0;
        for (Instruction instruction : code.instructions()) {
            int next = slot + 1;
            switch (instruction) {
                case Instruction.Jump jump -> given.put(next + jump.distance(), "");
                case Instruction.Branch branch -> given.put(next + branch.distance(), "");
                case Instruction.MayGoto mayGoto -> given.put(next + mayGoto.distance(), "");
                default -> { }
            }
            slot += instruction.slots();
        }
        for (Code.Note label : code.labels()) {
            if ("".equals(given.get(label.slot()))) {
                given.put(label.slot(), label.text());
                uses.merge(label.text(), 1, Integer::sum);
            }
        }
        for (Map.Entry<Integer, String> goal : given.entrySet()) {
            String name = goal.getValue();
            if (name.isEmpty()) {
                name = "L" + goal.getKey();
            } else if (uses.get(name) > 1) {
                name = name + "." + goal.getKey();
            }
            labels.put(goal.getKey(), name);
        }
    }

    private void write() {
        int slot = 0;
        int line = 0;
        int comment = 0;
        for (Instruction instruction : code.instructions()) {
            String function = functions.get(slot);
            if (function != null) {
                out.append(slot == 0 ? "" : "\n").append(function).append(":\n");
            }
            String label = labels.get(slot);
            if (label != null) {
                out.append(label).append(":\n");
            }
            for (; line < code.lines().size() && code.lines().get(line).slot() <= slot; line++) {
                Code.Line source = code.lines().get(line);
                out.append("; ").append(source.file()).append(':').append(source.line()).append(": ")
                        .append(source.text().strip()).append('\n');
            }
            String number = Integer.toString(slot);
            out.repeat(' ', Math.max(0, 6 - number.length())).append(number).append(": ").append(text(instruction, slot));
            for (; comment < code.comments().size() && code.comments().get(comment).slot() <= slot; comment++) {
                out.append("  # ").append(code.comments().get(comment).text());
            }
            out.append('\n');
            slot += instruction.slots();
        }
    }

    private String text(Instruction instruction, int slot) {
        return switch (instruction) {
            case Instruction.Move(boolean wide, Register dst, Operand src, int signBits) ->
                name(dst, wide) + " = " + (signBits == 0 ? "" : "(s" + signBits + ")") + operand(src, wide);
            case Instruction.Alu(boolean wide, AluOp op, Register dst, Operand src) ->
                name(dst, wide) + " " + op.sign() + " " + operand(src, wide);
            case Instruction.Negate(boolean wide, Register dst) -> name(dst, wide) + " = -" + name(dst, wide);
            case Instruction.ByteSwap(Instruction.ByteOrder order, int bits, Register dst) ->
                dst.wideName() + " = " + swapName(order) + bits + " " + dst.wideName();
            case Instruction.Load(Size size, boolean signed, Register dst, Register base, int offset) ->
                dst.wideName() + " = *" + memory(size, signed, base, offset);
            case Instruction.Store(Size size, Register base, int offset, Operand src) ->
                "*" + memory(size, false, base, offset) + " = " + operand(src, true);
            case Instruction.Atomic atomic -> atomic(atomic);
            case Instruction.LoadImmediate64(Register dst, long value) ->
                dst.wideName() + " = 0x" + Long.toHexString(value) + " ll";
            case Instruction.LoadMap(Register dst, String map) -> dst.wideName() + " = map[" + map + "]";
            case Instruction.LoadMapValue(Register dst, String map, int offset) ->
                dst.wideName() + " = map_value[" + map + "] + " + offset;
            case Instruction.LoadFunction(Register dst, int distance) -> dst.wideName() + " = &" + function(slot, distance);
            case Instruction.LoadKernelVariable(Register dst, int btfId) -> dst.wideName() + " = &kernel_variable#" + btfId;
            case Instruction.Jump(int distance, boolean large) -> (large ? "gotol " : "goto ") + goal(slot, distance);
            case Instruction.Branch(boolean wide, JumpOp op, Register left, Operand right, int distance) ->
                "if " + name(left, wide) + " " + op.sign() + " " + operand(right, wide) + " goto " + goal(slot, distance);
            case Instruction.MayGoto(int distance) -> "may_goto " + goal(slot, distance);
            case Instruction.Call(Helper helper) -> "call " + helper.symbol();
            case Instruction.CallKfunc(int btfId) -> "call kfunc#" + btfId;
            case Instruction.CallFunction(int distance) -> "call " + function(slot, distance);
            case Instruction.Exit() -> "exit";
        };
    }

    private static String atomic(Instruction.Atomic atomic) {
        String type = atomic.size().typeName(false);
        String place = place(atomic.base(), atomic.offset());
        String src = name(atomic.src(), atomic.size() == Size.DOUBLE);
        String bits = Integer.toString(atomic.size().bits());
        return switch (atomic.op()) {
            case ADD -> "lock *(" + type + " *)" + place + " += " + src;
            case OR -> "lock *(" + type + " *)" + place + " |= " + src;
            case AND -> "lock *(" + type + " *)" + place + " &= " + src;
            case XOR -> "lock *(" + type + " *)" + place + " ^= " + src;
            case FETCH_ADD -> src + " = atomic_fetch_add((" + type + " *)" + place + ", " + src + ")";
            case FETCH_OR -> src + " = atomic_fetch_or((" + type + " *)" + place + ", " + src + ")";
            case FETCH_AND -> src + " = atomic_fetch_and((" + type + " *)" + place + ", " + src + ")";
            case FETCH_XOR -> src + " = atomic_fetch_xor((" + type + " *)" + place + ", " + src + ")";
            case XCHG -> src + " = xchg_" + bits + place.replace(")", ", ") + src + ")";
            case CMPXCHG -> {
                String result = name(Register.R0, atomic.size() == Size.DOUBLE);
                yield result + " = cmpxchg_" + bits + place.replace(")", ", ") + result + ", " + src + ")";
            }
        };
    }

    private static String swapName(Instruction.ByteOrder order) {
        return switch (order) {
            case LITTLE -> "le";
            case BIG -> "be";
            case SWAP -> "bswap";
        };
    }

    private static String name(Register register, boolean wide) {
        return wide ? register.wideName() : register.narrowName();
    }

    private static String operand(Operand operand, boolean wide) {
        return switch (operand) {
            case Register register -> name(register, wide);
            case Immediate(int value) -> Integer.toString(value);
        };
    }

    private static String memory(Size size, boolean signed, Register base, int offset) {
        return "(" + size.typeName(signed) + " *)" + place(base, offset);
    }

    private static String place(Register base, int offset) {
        return "(" + base.wideName() + (offset < 0 ? " - " : " + ") + Math.abs(offset) + ")";
    }

    private String goal(int slot, int distance) {
        String label = slot < 0 ? null : labels.get(slot + 1 + distance);
        return label != null ? label : signed(distance);
    }

    private String function(int slot, int distance) {
        String function = slot < 0 ? null : functions.get(slot + 1 + distance);
        return function != null ? function : "function " + signed(distance);
    }

    private static String signed(int distance) {
        return distance < 0 ? Integer.toString(distance) : "+" + distance;
    }
}
