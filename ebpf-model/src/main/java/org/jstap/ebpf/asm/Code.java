package org.jstap.ebpf.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * An assembled program: instructions with resolved jumps and what is known about them. All positions are slots of 8 bytes
 * from the start of the program, as the kernel counts instructions.
 *
 * @param instructions the instructions in order
 * @param functions    the functions in order; the first is the program itself and starts at slot 0
 * @param lines        where the instructions come from, in ascending order of slots; an entry holds until the next one
 * @param comments     remarks for listings, in ascending order of slots
 * @param labels       named places for listings, in ascending order of slots
 */
public record Code(List<Instruction> instructions, List<Function> functions, List<Line> lines, List<Note> comments,
        List<Note> labels) {

    /**
     * A function of the program.
     *
     * @param name           a C identifier
     * @param slot           where it starts
     * @param parameterCount how many parameters it takes, 0 to 5
     */
    public record Function(String name, int slot, int parameterCount) {
    }

    /**
     * The source of the instructions from a slot on.
     *
     * @param line   from 1; 0 if unknown
     * @param column from 1; 0 if unknown
     * @param text   the source line
     */
    public record Line(int slot, String file, int line, int column, String text) {
    }

    /** A text that belongs to a slot. */
    public record Note(int slot, String text) {
    }

    /**
     * An instruction that names a map.
     *
     * @param value whether it takes the address of the map's value instead of the map
     */
    public record MapReference(int slot, String map, boolean value) {
    }

    public Code {
        instructions = List.copyOf(instructions);
        functions = List.copyOf(functions);
        lines = List.copyOf(lines);
        comments = List.copyOf(comments);
        labels = List.copyOf(labels);
        if (functions.isEmpty() || functions.getFirst().slot() != 0) {
            throw new AssemblyException("the first function of a program starts at slot 0");
        }
    }

    /** The length of the program in slots. */
    public int slots() {
        int slots = 0;
        for (Instruction instruction : instructions) {
            slots += instruction.slots();
        }
        return slots;
    }

    /** Where maps are named, in order. */
    public List<MapReference> mapReferences() {
        List<MapReference> result = new ArrayList<>();
        int slot = 0;
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.LoadMap(Register _, String map)) {
                result.add(new MapReference(slot, map, false));
            } else if (instruction instanceof Instruction.LoadMapValue(Register _, String map, int _)) {
                result.add(new MapReference(slot, map, true));
            }
            slot += instruction.slots();
        }
        return List.copyOf(result);
    }

    /**
     * Whether the program has instructions of instruction set v4 (signed division, signed loads, sign-extending moves,
     * unconditional byte swaps, long jumps), which kernels before 6.6 reject.
     */
    public boolean needsVersion4() {
        for (Instruction instruction : instructions) {
            boolean version4 = switch (instruction) {
                case Instruction.Move move -> move.signBits() != 0;
                case Instruction.Alu alu -> alu.op().isSignedDivision();
                case Instruction.ByteSwap swap -> swap.order() == Instruction.ByteOrder.SWAP;
                case Instruction.Load load -> load.signed();
                case Instruction.Jump jump -> jump.large();
                default -> false;
            };
            if (version4) {
                return true;
            }
        }
        return false;
    }

    /**
     * The program as BPF_PROG_LOAD takes it: 8 bytes a slot, little-endian.
     *
     * @param mapFd gives the file descriptor of a map by its name
     */
    public byte[] encode(ToIntFunction<String> mapFd) {
        return Encoder.encode(instructions, slots(), mapFd);
    }

    /**
     * Reads a program back. The functions found are the program itself, called {@code main}, and what is called or passed as
     * a callback, called {@code f} and its slot; their parameter counts are unknown and given as 5.
     *
     * @param mapName gives the name of a map by its file descriptor
     * @throws AssemblyException if the bytes are no program
     */
    public static Code decode(byte[] bytes, IntFunction<String> mapName) {
        List<Instruction> instructions = Decoder.decode(bytes, mapName);
        TreeSet<Integer> entries = new TreeSet<>();
        int slot = 0;
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.CallFunction(int distance)) {
                entries.add(slot + 1 + distance);
            } else if (instruction instanceof Instruction.LoadFunction(Register _, int distance)) {
                entries.add(slot + 1 + distance);
            }
            slot += instruction.slots();
        }
        List<Function> functions = new ArrayList<>();
        functions.add(new Function("main", 0, 1));
        for (int entry : entries) {
            if (entry != 0) {
                functions.add(new Function("f" + entry, entry, 5));
            }
        }
        return new Code(instructions, functions, List.of(), List.of(), List.of());
    }
}
