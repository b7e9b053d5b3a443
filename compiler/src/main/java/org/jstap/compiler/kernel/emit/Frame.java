package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.layout.Align;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.asm.Register;

/**
 * Homes of the variables of a program, by the lifetimes of their values: three registers, the frame of 512 bytes, and scratch
 * memory for what is too long for it. The fixed part at the top of the frame holds what the emitters themselves need.
 */
final class Frame {
    /** One number that an operation reads memory into, and a map index. */
    static final int TEMPORARY = -8;
    /** Number of the record that tells of the error under way. */
    static final int ERROR = -16;
    /** Number that belongs to that error. */
    static final int ERROR_ARGUMENT = -24;
    /** Number of the probe site among those of the handler. */
    static final int SITE = -32;
    /** How a loop body was left. */
    static final int LEFT = -40;
    /** Start of this run's scratch memory. */
    static final int SCRATCH = -48;
    /** The context of the event, for loop bodies. */
    static final int CONTEXT = -56;
    /** The bit of the scratch slot that this run has taken. */
    static final int SCRATCH_BIT = -64;
    /** A pointer for the kernel's own printing. */
    static final int POINTER = -72;
    /** Statements that the handler may still run. */
    static final int ACTIONS = -80;
    /** What becomes of the packet, in programs that decide on one. */
    static final int VERDICT = -88;
    /** When the handler started, and later how long it took; only there where that is measured. */
    static final int STARTED = -96;
    private static final int FIXED = 88;
    private static final int STACK = 512;
    /** What the kernel counts for a function that keeps nothing on the stack; Linux 6.8 and later count 16. */
    private static final int CALLED = 32;
    /** Largest element of a map that has one for each CPU (PCPU_MIN_UNIT_SIZE of the kernel). */
    private static final int LARGEST_SCRATCH = 32768;
    /** Longest string that is kept in the frame. */
    private static final int SHORT = 64;
    private static final List<Register> REGISTERS = List.of(Register.R7, Register.R8, Register.R9);

    private final Home[] homes;
    private final int key;
    private final int value;
    private final int format;
    private final int join;
    private final int victim;
    private final boolean keyInScratch;
    private final WalkBuffers buffers;

    private Frame(Home[] homes, int key, int value, int format, int join, int victim, boolean keyInScratch, WalkBuffers buffers) {
        this.homes = homes;
        this.join = join;
        this.victim = victim;
        this.format = format;
        this.key = key;
        this.value = value;
        this.keyInScratch = keyInScratch;
        this.buffers = buffers;
    }

    Home home(Variable variable) {
        return homes[variable.id()];
    }

    /** Where keys are put together: in the frame, or in scratch memory where they are long. */
    Home key() {
        return keyInScratch ? new Home.InScratch(key, 0) : new Home.InFrame(key, 0);
    }

    /** Where values of maps are put together. */
    Home value() {
        return keyInScratch ? new Home.InScratch(value, 0) : new Home.InFrame(value, 0);
    }

    /** Where the arguments of the kernel's own printing are put together. */
    int formatData() {
        return format;
    }

    /** Where strings are joined that do not fit their place before they are cut, or whose place holds one of them. */
    Home join() {
        return new Home.InScratch(join, 0);
    }

    /** Start in scratch memory of the key of the element that a look at all has found, as the one that gives way in a full array. */
    int victim() {
        return victim;
    }

    /** Whether two strings can be put together right in the place of the result. */
    static boolean joinsInPlace(Op.Concat op, int left, int right, int result) {
        return left - 1 + right <= result && !op.to().equals(op.left()) && !op.to().equals(op.right());
    }

    WalkBuffers buffers() {
        return buffers;
    }

    /** Bytes of scratch memory that the program needs; 0 for none. */
    int scratchSize() {
        return buffers.end();
    }

    static Frame of(Code code, KernelPlan plan, int[] widths, Lifetimes lifetimes, boolean timed) {
        int fixed = timed ? -STARTED : FIXED;
        int[] areas = areas(code, plan, widths);
        boolean keyInScratch = areas[0] + areas[1] > 160;
        int taken = fixed + areas[2] + (keyInScratch ? 0 : areas[0] + areas[1]);
        Allocator allocator = new Allocator(code, widths, lifetimes, STACK - CallDepth.of(code) * CALLED);
        allocator.registers();
        int threshold = SHORT;
        while (!allocator.place(taken, threshold)) {
            threshold /= 2;
            if (threshold < 8) {
                throw new KernelUnsupported("the handler has more numbers at one time than the " + STACK
                        + " bytes of an eBPF program's stack hold; divide it into several", code.span());
            }
        }
        int scratch = allocator.scratchEnd;
        int format = -fixed - areas[2];
        int key = keyInScratch ? scratch : format - areas[0];
        int value = keyInScratch ? scratch + areas[0] : format - areas[0] - areas[1];
        int join = scratch + (keyInScratch ? areas[0] + areas[1] : 0);
        if (join + areas[3] + areas[4] > LARGEST_SCRATCH) {
            throw new KernelUnsupported("the handler needs " + (join + areas[3] + areas[4]) + " bytes for strings at one time, and the kernel gives "
                    + LARGEST_SCRATCH + "; a smaller -DMAXSTRINGLEN helps", code.span());
        }
        int victim = join + areas[3];
        WalkBuffers buffers = WalkBuffers.of(code, plan, victim + areas[4], LARGEST_SCRATCH);
        return new Frame(allocator.homes, key, value, format, join, victim, keyInScratch, buffers);
    }

    /**
     * Largest key and largest value of all maps that the code uses, the most arguments of a format, and the most that two strings
     * need to be joined out of place, and the largest key of an array that is looked through for one element, all in bytes.
     */
    private static int[] areas(Code code, KernelPlan plan, int[] widths) {
        int[] areas = new int[5];
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                switch (op) {
                    case Op.ReadGlobal o -> global(o.global());
                    case Op.WriteGlobal o -> global(o.global());
                    case Op.AddGlobal o -> global(o.global());
                    case Op.AddStat o -> global(o.global());
                    case Op.ReadStat o -> global(o.global());
                    case Op.ReadBucket o -> global(o.global());
                    case Op.PrintHistogram o -> global(o.global());
                    case Op.Contains o -> global(o.global());
                    case Op.NextElement o -> global(o.global());
                    case Op.Delete o -> global(o.global());
                    case Op.Format o -> areas[2] = Math.max(areas[2], 8 * o.output().arguments().size());
                    case Op.Concat o -> join(o);
                    case Op.Capture o -> areas[3] = Math.max(areas[3], GroupMatch.area(o, plan.widths().width(o.text(), widths)));
                    case Op.CallIntrinsic o when Stacks.handles(o.intrinsic()) -> areas[3] = Math.max(areas[3], Stacks.AREA);
                    case Op.CallIntrinsic o -> areas[3] = Math.max(areas[3], Math.max(EscapedText.area(o),
                            TextSearch.area(o, plan.limits().maxStringLength())));
                    default -> { }
                }
                return super.rewrite(op);
            }

            private void join(Op.Concat op) {
                int left = plan.widths().width(op.left(), widths);
                int right = plan.widths().width(op.right(), widths);
                if (!joinsInPlace(op, left, right, widths[op.to().id()])) {
                    areas[3] = Math.max(areas[3], Math.max(Align.up8(left + right), Align.up8(widths[op.to().id()])));
                }
            }

            private void global(int global) {
                switch (plan.homes().get(global)) {
                    case GlobalHome.Table table -> {
                        areas[0] = Math.max(areas[0], table.key().size());
                        areas[1] = Math.max(areas[1], table.map().valueSize());
                        if (table.walked() || plan.globals().get(global).wrap()) {
                            areas[4] = Math.max(areas[4], table.key().size());
                        }
                    }
                    // A bank without keys is an array of one element, which is always there.
                    case GlobalHome.Bank bank when bank.key().size() == 0 -> { }
                    case GlobalHome.Bank bank -> {
                        areas[0] = Math.max(areas[0], bank.key().size());
                        areas[1] = Math.max(areas[1], bank.bank().valueSize());
                    }
                    case GlobalHome.Cell _, GlobalHome.Host _ -> { }
                }
            }

            void all(Region region) {
                region(region);
            }
        }.all(code.body());
        return areas;
    }

    private static final class Allocator {
        private final List<Variable> live = new ArrayList<>();
        private final int[] widths;
        private final Lifetimes lifetimes;
        private final Home[] homes;
        private final List<Variable> inScratch = new ArrayList<>();
        private final Set<Variable> indexed;
        private final int stack;
        private int scratchEnd;

        Allocator(Code code, int[] widths, Lifetimes lifetimes, int stack) {
            this.stack = stack;
            this.widths = widths;
            this.lifetimes = lifetimes;
            this.indexed = StringSearch.indexed(code);
            this.homes = new Home[code.variables().size()];
            for (Variable variable : code.variables()) {
                if (lifetimes.touches(variable) > 0) {
                    live.add(variable);
                }
            }
        }

        /** The most used numbers first; two that are not in use at the same time may share a register. */
        void registers() {
            List<Variable> numbers = new ArrayList<>();
            for (Variable variable : live) {
                if (variable.type() != Type.STRING && !lifetimes.inLoop(variable)) {
                    numbers.add(variable);
                }
            }
            numbers.sort((a, b) -> Integer.compare(lifetimes.touches(b), lifetimes.touches(a)));
            for (Variable number : numbers) {
                for (Register register : REGISTERS) {
                    if (free(register, number)) {
                        homes[number.id()] = new Home.InRegister(register);
                        break;
                    }
                }
            }
        }

        private boolean free(Register register, Variable candidate) {
            for (Variable other : live) {
                if (homes[other.id()] instanceof Home.InRegister in && in.register() == register && overlap(other, candidate)) {
                    return false;
                }
            }
            return true;
        }

        private boolean overlap(Variable a, Variable b) {
            return lifetimes.first(a) <= lifetimes.last(b) && lifetimes.first(b) <= lifetimes.last(a);
        }

        /** Places all others; false where the frame is too small for what is not longer than {@code threshold}. */
        boolean place(int taken, int threshold) {
            scratchEnd = 0;
            inScratch.clear();
            List<Variable> placed = new ArrayList<>();
            for (Variable variable : live) {
                if (homes[variable.id()] instanceof Home.InRegister) {
                    continue;
                }
                int size = variable.type() == Type.STRING ? Align.up8(widths[variable.id()]) : 8;
                // A loop body is verified again for each value that the verifier knows; of scratch memory it knows none.
                if (size > threshold || lifetimes.inLoop(variable) || indexed.contains(variable)) {
                    placeInScratch(variable, size);
                    continue;
                }
                int offset = -taken - size;
                while (clashes(placed, variable, offset, size)) {
                    offset -= 8;
                }
                if (offset < -stack) {
                    return false;
                }
                homes[variable.id()] = new Home.InFrame(offset, size);
                placed.add(variable);
            }
            return true;
        }

        private void placeInScratch(Variable variable, int size) {
            int offset = 0;
            for (int i = 0; i < inScratch.size(); i++) {
                Home.InScratch other = (Home.InScratch) homes[inScratch.get(i).id()];
                boolean clash = other.offset() < offset + size && offset < other.offset() + other.size()
                        && overlap(inScratch.get(i), variable);
                if (clash) {
                    offset = other.offset() + other.size();
                    i = -1;
                }
            }
            homes[variable.id()] = new Home.InScratch(offset, size);
            inScratch.add(variable);
            scratchEnd = Math.max(scratchEnd, offset + size);
        }

        private boolean clashes(List<Variable> placed, Variable variable, int offset, int size) {
            for (Variable other : placed) {
                if (homes[other.id()] instanceof Home.InFrame(int start, int length) && start < offset + size
                        && offset < start + length && overlap(other, variable)) {
                    return true;
                }
            }
            return false;
        }
    }
}
