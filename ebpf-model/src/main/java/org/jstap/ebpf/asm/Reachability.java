package org.jstap.ebpf.asm;

import java.util.ArrayList;
import java.util.List;

/** Which instructions of a program control can reach from its start, through jumps, calls and functions handed to helpers. */
final class Reachability {
    private final List<Assembler.Item> items;
    private final boolean[] kept;

    private Reachability(List<Assembler.Item> items) {
        this.items = items;
        this.kept = new boolean[items.size()];
    }

    static Reachability of(List<Assembler.Item> items) {
        Reachability reachability = new Reachability(items);
        reachability.walk();
        reachability.dropIdleJumps();
        return reachability;
    }

    /** The instructions that stay, in order. */
    List<Assembler.Item> kept() {
        List<Assembler.Item> result = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (kept[i]) {
                result.add(items.get(i));
            }
        }
        return result;
    }

    /** For each old position, and the end, the new position of the first instruction there or behind that stays. */
    int[] newIndices() {
        int[] moved = new int[items.size() + 1];
        int next = 0;
        for (int i = 0; i < items.size(); i++) {
            moved[i] = next;
            if (kept[i]) {
                next++;
            }
        }
        moved[items.size()] = next;
        return moved;
    }

    private void walk() {
        List<Integer> open = new ArrayList<>();
        reach(0, open);
        while (!open.isEmpty()) {
            int index = open.removeLast();
            Assembler.Item item = items.get(index);
            boolean goesOn = !(item.instruction() instanceof Instruction.Jump) && !(item.instruction() instanceof Instruction.Exit);
            if (item.target() != null) {
                reach(item.target().position(), open);
            }
            if (goesOn) {
                reach(index + 1, open);
            }
        }
    }

    private void reach(int index, List<Integer> open) {
        if (index < items.size() && !kept[index]) {
            kept[index] = true;
            open.add(index);
        }
    }

    /** A jump over nothing but dropped instructions. From the end, so that a chain of them goes as a whole. */
    private void dropIdleJumps() {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (kept[i] && items.get(i).instruction() instanceof Instruction.Jump) {
                int next = i + 1;
                while (next < items.size() && !kept[next]) {
                    next++;
                }
                int target = items.get(i).target().position();
                if (target > i && target <= next) {
                    kept[i] = false;
                }
            }
        }
    }
}
