package org.jstap.ebpf.asm;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives every item of an assembler its slot and every jump its distance. Starts with all jumps short and lengthens those
 * that do not reach, until all do; lengthening never makes another jump shorter, so this ends.
 */
final class Layout {
    private final List<Assembler.Item> items;
    private final int[] slots;
    private final boolean[] far;

    Layout(List<Assembler.Item> items, boolean longJumps) {
        this.items = items;
        this.slots = new int[items.size() + 1];
        this.far = new boolean[items.size()];
        do {
            place();
        } while (lengthen(longJumps));
    }

    /** The slot of an item; that of the end of the program for the index after the last. */
    int slotOf(int index) {
        return slots[index];
    }

    private void place() {
        int slot = 0;
        for (int i = 0; i < items.size(); i++) {
            slots[i] = slot;
            slot += width(i);
        }
        slots[items.size()] = slot;
    }

    private int width(int index) {
        Instruction instruction = items.get(index).instruction();
        if (!far[index]) {
            return instruction.slots();
        }
        return switch (instruction) {
            case Instruction.Jump _ -> 1;
            case Instruction.Branch branch when branch.op().hasInverse() -> 2;
            default -> 3;
        };
    }

    private boolean lengthen(boolean longJumps) {
        boolean changed = false;
        for (int i = 0; i < items.size(); i++) {
            Assembler.Item item = items.get(i);
            if (item.target() == null || far[i] || !hasShortDistance(item.instruction())) {
                continue;
            }
            int distance = goal(item) - (slots[i] + 1);
            if (distance != (short) distance) {
                if (!longJumps) {
                    throw new AssemblyException("the jump to '" + item.target().name() + "' goes over " + distance
                            + " slots; without gotol (kernel 6.6) 32767 is the most: make the program smaller");
                }
                far[i] = true;
                changed = true;
            }
        }
        return changed;
    }

    private static boolean hasShortDistance(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Jump _, Instruction.Branch _, Instruction.MayGoto _ -> true;
            default -> false;
        };
    }

    private int goal(Assembler.Item item) {
        int position = item.target().position();
        if (position >= items.size()) {
            throw new AssemblyException("the label '" + item.target().name() + "' is bound after the last instruction");
        }
        return slots[position];
    }

    List<Instruction> instructions() {
        List<Instruction> result = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Assembler.Item item = items.get(i);
            if (item.target() == null) {
                result.add(item.instruction());
            } else if (far[i]) {
                addFar(result, item.instruction(), goal(item) - (slots[i] + width(i)));
            } else {
                result.add(withDistance(item.instruction(), goal(item) - (slots[i] + 1)));
            }
        }
        return result;
    }

    private static Instruction withDistance(Instruction instruction, int distance) {
        return switch (instruction) {
            case Instruction.Jump jump -> new Instruction.Jump(distance, jump.large());
            case Instruction.Branch b -> new Instruction.Branch(b.wide(), b.op(), b.left(), b.right(), distance);
            case Instruction.MayGoto _ -> new Instruction.MayGoto(distance);
            case Instruction.CallFunction _ -> new Instruction.CallFunction(distance);
            case Instruction.LoadFunction load -> new Instruction.LoadFunction(load.dst(), distance);
            default -> throw new AssemblyException("an instruction without goal has a label: " + instruction);
        };
    }

    /** {@code distance} counts from the end of the whole sequence, which is where the gotol stands. */
    private static void addFar(List<Instruction> result, Instruction instruction, int distance) {
        switch (instruction) {
            case Instruction.Jump _ -> { }
            case Instruction.Branch b when b.op().hasInverse() ->
                result.add(new Instruction.Branch(b.wide(), b.op().inverse(), b.left(), b.right(), 1));
            default -> {
                result.add(withDistance(instruction, 1));
                result.add(new Instruction.Jump(1, false));
            }
        }
        result.add(new Instruction.Jump(distance, true));
    }
}
