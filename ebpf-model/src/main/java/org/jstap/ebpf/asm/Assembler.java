package org.jstap.ebpf.asm;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds a program instruction by instruction. Jumps go to {@link Label}s; a jump too far for its 16 bits becomes a
 * {@code gotol} (from kernel 6.6), a far branch its inverse over a {@code gotol}, unless {@link #forbidLongJumps} was called.
 *
 * <p>Not safe for several threads. Every method that emits returns the assembler.
 */
public final class Assembler {
    private final List<Item> items = new ArrayList<>();
    private final List<FunctionStart> functions = new ArrayList<>();
    private final List<SourceMark> sources = new ArrayList<>();
    private final List<TextMark> comments = new ArrayList<>();
    private final List<Label> bound = new ArrayList<>();
    private boolean longJumps = true;

    /** An instruction, and where it jumps if it does: its own distance is filled in when all places are known. */
    record Item(Instruction instruction, Label target) {
    }

    record FunctionStart(String name, int index, int parameterCount) {
    }

    record SourceMark(int index, String file, int line, int column, String text) {
    }

    record TextMark(int index, String text) {
    }

    /** Makes far jumps an error of {@link #assemble}, for kernels before 6.6. */
    public Assembler forbidLongJumps() {
        longJumps = false;
        return this;
    }

    /**
     * Starts a function; the first one is the program itself.
     *
     * @param name           a C identifier, for the kernel's log and for profilers
     * @param entry          is bound here
     * @param parameterCount how many parameters it takes in {@code R1} to {@code R5}
     */
    public Assembler beginFunction(String name, Label entry, int parameterCount) {
        if (functions.isEmpty() && !items.isEmpty()) {
            throw new AssemblyException("the function '" + name + "' starts after instructions that belong to none");
        }
        if (parameterCount < 0 || parameterCount > 5) {
            throw new AssemblyException("the function '" + name + "' has " + parameterCount + " parameters; 5 is the most");
        }
        functions.add(new FunctionStart(name, items.size(), parameterCount));
        return bind(entry);
    }

    /** Gives the label its place: before the next instruction. */
    public Assembler bind(Label label) {
        label.bindTo(items.size());
        bound.add(label);
        return this;
    }

    /**
     * Tells the source of the instructions that follow, until the next call.
     *
     * @param line   from 1
     * @param column from 1
     * @param text   the source line, for the kernel's log
     */
    public Assembler source(String file, int line, int column, String text) {
        sources.add(new SourceMark(items.size(), file, line, column, text));
        return this;
    }

    /** A remark on the next instruction, for listings only. */
    public Assembler comment(String text) {
        comments.add(new TextMark(items.size(), text));
        return this;
    }

    /** Adds an instruction as it is; its distance, if it has one, is taken as given. */
    public Assembler add(Instruction instruction) {
        items.add(new Item(instruction, null));
        return this;
    }

    private Assembler addTo(Instruction instruction, Label target) {
        if (target == null) {
            throw new NullPointerException("label");
        }
        items.add(new Item(instruction, target));
        return this;
    }

    /** {@code dst = src}. */
    public Assembler mov(Register dst, Register src) {
        return add(new Instruction.Move(true, dst, src, 0));
    }

    /** {@code dst = imm}, with the sign extended to 64 bits. */
    public Assembler mov(Register dst, int imm) {
        return add(new Instruction.Move(true, dst, new Immediate(imm), 0));
    }

    /** {@code dst = } the low 32 bits of {@code src}. */
    public Assembler mov32(Register dst, Register src) {
        return add(new Instruction.Move(false, dst, src, 0));
    }

    /** {@code dst = imm}, without sign. */
    public Assembler mov32(Register dst, int imm) {
        return add(new Instruction.Move(false, dst, new Immediate(imm), 0));
    }

    /**
     * {@code dst = } the low bits of {@code src} with their sign extended to 64 bits; from kernel 6.6.
     *
     * @param bits 8, 16 or 32
     */
    public Assembler movsx(Register dst, Register src, int bits) {
        if (bits == 0) {
            throw new IllegalArgumentException("a move extends the sign of 8, 16 or 32 bits, not of 0");
        }
        return add(new Instruction.Move(true, dst, src, bits));
    }

    /** {@code dst = value} by the shortest instruction: one slot if the sign of 32 bits extends to it, otherwise two. */
    public Assembler constant(Register dst, long value) {
        return value == (int) value ? mov(dst, (int) value) : loadImm64(dst, value);
    }

    /** {@code dst = dst op src}, 64 bits. */
    public Assembler alu(AluOp op, Register dst, Register src) {
        return add(new Instruction.Alu(true, op, dst, src));
    }

    /** {@code dst = dst op imm}, 64 bits, with the sign of the constant extended. */
    public Assembler alu(AluOp op, Register dst, int imm) {
        return add(new Instruction.Alu(true, op, dst, new Immediate(imm)));
    }

    /** {@code dst = dst op src} on the low 32 bits; the upper become zero. */
    public Assembler alu32(AluOp op, Register dst, Register src) {
        return add(new Instruction.Alu(false, op, dst, src));
    }

    /** {@code dst = dst op imm} on the low 32 bits; the upper become zero. */
    public Assembler alu32(AluOp op, Register dst, int imm) {
        return add(new Instruction.Alu(false, op, dst, new Immediate(imm)));
    }

    /** {@code dst = -dst}, 64 bits. */
    public Assembler neg(Register dst) {
        return add(new Instruction.Negate(true, dst));
    }

    /** {@code dst = -dst}, 32 bits. */
    public Assembler neg32(Register dst) {
        return add(new Instruction.Negate(false, dst));
    }

    /** Converts the low bits from or to big-endian; the upper become zero. */
    public Assembler be(Register dst, int bits) {
        return add(new Instruction.ByteSwap(Instruction.ByteOrder.BIG, bits, dst));
    }

    /** Converts the low bits from or to little-endian; the upper become zero. */
    public Assembler le(Register dst, int bits) {
        return add(new Instruction.ByteSwap(Instruction.ByteOrder.LITTLE, bits, dst));
    }

    /** Swaps the bytes of the low bits; the upper become zero; from kernel 6.6. */
    public Assembler bswap(Register dst, int bits) {
        return add(new Instruction.ByteSwap(Instruction.ByteOrder.SWAP, bits, dst));
    }

    /** {@code dst = *(size *)(base + offset)}, filled with zeros. */
    public Assembler load(Size size, Register dst, Register base, int offset) {
        return add(new Instruction.Load(size, false, dst, base, offset));
    }

    /** {@code dst = *(size *)(base + offset)}, with the sign extended; from kernel 6.6. */
    public Assembler loadSigned(Size size, Register dst, Register base, int offset) {
        return add(new Instruction.Load(size, true, dst, base, offset));
    }

    /** {@code *(size *)(base + offset) = src}. */
    public Assembler store(Size size, Register base, int offset, Register src) {
        return add(new Instruction.Store(size, base, offset, src));
    }

    /** {@code *(size *)(base + offset) = imm}, with the sign extended for 8 bytes. */
    public Assembler storeImm(Size size, Register base, int offset, int imm) {
        return add(new Instruction.Store(size, base, offset, new Immediate(imm)));
    }

    /** A read-modify-write of the memory at {@code base + offset}. */
    public Assembler atomic(AtomicOp op, Size size, Register base, int offset, Register src) {
        return add(new Instruction.Atomic(op, size, base, offset, src));
    }

    /** Jumps. */
    public Assembler jump(Label target) {
        return addTo(new Instruction.Jump(0, false), target);
    }

    /** Jumps if {@code left op right}, 64 bits. */
    public Assembler jumpIf(JumpOp op, Register left, Register right, Label target) {
        return addTo(new Instruction.Branch(true, op, left, right, 0), target);
    }

    /** Jumps if {@code left op imm}, 64 bits, with the sign of the constant extended. */
    public Assembler jumpIf(JumpOp op, Register left, int imm, Label target) {
        return addTo(new Instruction.Branch(true, op, left, new Immediate(imm), 0), target);
    }

    /** Jumps if {@code left op right} on the low 32 bits. */
    public Assembler jumpIf32(JumpOp op, Register left, Register right, Label target) {
        return addTo(new Instruction.Branch(false, op, left, right, 0), target);
    }

    /** Jumps if {@code left op imm} on the low 32 bits. */
    public Assembler jumpIf32(JumpOp op, Register left, int imm, Label target) {
        return addTo(new Instruction.Branch(false, op, left, new Immediate(imm), 0), target);
    }

    /** Jumps when the kernel's loop budget is used up; from kernel 6.9. */
    public Assembler mayGoto(Label target) {
        return addTo(new Instruction.MayGoto(0), target);
    }

    /** Calls a helper: arguments in {@code R1} to {@code R5}, result in {@code R0}. */
    public Assembler call(Helper helper) {
        return add(new Instruction.Call(helper));
    }

    /** Calls a kernel function by its identifier in the BTF of the kernel itself. */
    public Assembler callKfunc(int btfId) {
        return add(new Instruction.CallKfunc(btfId));
    }

    /** Calls a function of this program. */
    public Assembler callFunction(Label entry) {
        return addTo(new Instruction.CallFunction(0), entry);
    }

    /** {@code dst} = a function of this program, for helpers that take a callback. */
    public Assembler loadFunction(Register dst, Label entry) {
        return addTo(new Instruction.LoadFunction(dst, 0), entry);
    }

    /** {@code dst = value}, always in two slots; {@link #constant} chooses. */
    public Assembler loadImm64(Register dst, long value) {
        return add(new Instruction.LoadImmediate64(dst, value));
    }

    /** {@code dst} = the map of this name. */
    public Assembler loadMap(Register dst, String mapName) {
        return add(new Instruction.LoadMap(dst, mapName));
    }

    /** {@code dst} = the address of byte {@code offset} in the only value of an array map. */
    public Assembler loadMapValue(Register dst, String mapName, int offset) {
        return add(new Instruction.LoadMapValue(dst, mapName, offset));
    }

    /** {@code dst} = the address of a kernel variable by its identifier in the BTF of the kernel itself. */
    public Assembler loadKernelVariable(Register dst, int btfId) {
        return add(new Instruction.LoadKernelVariable(dst, btfId));
    }

    /** Returns {@code R0}. */
    public Assembler exit() {
        return add(new Instruction.Exit());
    }

    /** How many instructions were added so far. */
    public int size() {
        return items.size();
    }

    /**
     * The program. Without {@link #beginFunction} it is one function {@code main} of one parameter.
     *
     * @throws AssemblyException if a used label is not bound, a jump is too far, or the program or a function is empty
     */
    public Code assemble() {
        List<FunctionStart> starts = functions.isEmpty() ? List.of(new FunctionStart("main", 0, 1)) : functions;
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1).index() : items.size();
            if (starts.get(i).index() >= end) {
                throw new AssemblyException("the function '" + starts.get(i).name() + "' has no instruction");
            }
        }
        Layout layout = new Layout(items, longJumps);
        return new Code(layout.instructions(), placeFunctions(starts, layout), placeLines(starts, layout), placeComments(layout),
                placeLabels(layout));
    }

    /**
     * As {@link #assemble}, without the instructions that control never reaches and jumps to the very next instruction: the verifier
     * refuses a program with the former ({@code check_cfg} in the kernel's {@code kernel/bpf/verifier.c}), and a compiler emits them
     * easily. Functions that nobody calls go as well. The assembler is used up by it.
     */
    public Code assembleReachable() {
        Reachability reachability = Reachability.of(items);
        int[] moved = reachability.newIndices();
        List<Item> kept = reachability.kept();
        items.clear();
        items.addAll(kept);
        for (Label label : bound) {
            label.moveTo(moved[label.position()]);
        }
        functions.replaceAll(start -> new FunctionStart(start.name(), moved[start.index()], start.parameterCount()));
        for (int i = functions.size() - 1; i >= 0; i--) {
            int end = i + 1 < functions.size() ? functions.get(i + 1).index() : items.size();
            if (functions.get(i).index() >= end) {
                functions.remove(i);
            }
        }
        sources.replaceAll(mark -> new SourceMark(moved[mark.index()], mark.file(), mark.line(), mark.column(), mark.text()));
        comments.replaceAll(mark -> new TextMark(moved[mark.index()], mark.text()));
        bound.removeIf(label -> label.position() >= items.size());
        return assemble();
    }

    private static List<Code.Function> placeFunctions(List<FunctionStart> starts, Layout layout) {
        List<Code.Function> result = new ArrayList<>(starts.size());
        for (FunctionStart start : starts) {
            result.add(new Code.Function(start.name(), layout.slotOf(start.index()), start.parameterCount()));
        }
        return result;
    }

    /** One entry where the source changes, and one at the start of each function, which the kernel demands. */
    private List<Code.Line> placeLines(List<FunctionStart> starts, Layout layout) {
        List<Code.Line> result = new ArrayList<>();
        SourceMark current = null;
        SourceMark written = null;
        int nextSource = 0;
        int nextFunction = 0;
        for (int index = 0; index < items.size(); index++) {
            boolean functionStarts = nextFunction < starts.size() && starts.get(nextFunction).index() == index;
            if (functionStarts) {
                nextFunction++;
            }
            while (nextSource < sources.size() && sources.get(nextSource).index() <= index) {
                current = sources.get(nextSource++);
            }
            if (current != null && (functionStarts || written == null || !samePlace(written, current))) {
                result.add(new Code.Line(layout.slotOf(index), current.file(), current.line(), current.column(), current.text()));
                written = current;
            }
        }
        return result;
    }

    private static boolean samePlace(SourceMark a, SourceMark b) {
        return a.line() == b.line() && a.column() == b.column() && a.file().equals(b.file()) && a.text().equals(b.text());
    }

    private List<Code.Note> placeComments(Layout layout) {
        List<Code.Note> result = new ArrayList<>(comments.size());
        for (TextMark mark : comments) {
            result.add(new Code.Note(layout.slotOf(mark.index()), mark.text()));
        }
        return result;
    }

    private List<Code.Note> placeLabels(Layout layout) {
        List<Code.Note> result = new ArrayList<>(bound.size());
        for (Label label : bound) {
            result.add(new Code.Note(layout.slotOf(label.position()), label.name()));
        }
        return result;
    }
}
