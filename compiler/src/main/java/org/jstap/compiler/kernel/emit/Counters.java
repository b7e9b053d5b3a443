package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.language.source.Span;

/**
 * Performance counters that handlers read, as values of the task that runs. The kernel lets programs read a counter of a task only
 * where it was opened for just this task, and a task's own counter cannot be opened from here before the task has run. So there is
 * one counter for each processor, and {@link CounterPrograms} give what it has counted to the task that leaves the processor.
 */
public final class Counters {
    /** Value for each task, by the address of its {@code task_struct}: 64 bits for each counter, as it was when the task was switched out. */
    static final String TOTALS = "counter_totals";
    /** For each processor how often it has switched tasks, and what its counters were then. */
    static final String STARTS = "counter_starts";
    /** Whether a task found no room in the totals. */
    static final String FULL = "counter_full";
    /** BPF_F_CURRENT_CPU. */
    static final int THIS_PROCESSOR = -1;
    /** The smallest number that is an error, as an unsigned one. */
    static final int FIRST_ERROR = -4095;

    private static final int MOST_TASKS = 65536;
    /** A program that collects them has a stack of 512 bytes. */
    private static final int MOST = 32;
    /** A handler that may be interrupted by other tasks looks again; to be interrupted each time, it would have to last for seconds. */
    private static final int TRIES = 3;

    private final List<Counter> counters = new ArrayList<>();

    /**
     * One counter.
     *
     * @param type   {@code PERF_TYPE_…}
     * @param config the counter within the type
     * @param used   where the script first reads it
     */
    public record Counter(int number, int type, long config, Span used) {
        private static final int SOFTWARE = 1;
        private static final int CONTEXT_SWITCHES = 3;

        /** Map of its events, one for each processor that runs. */
        public String map() {
            return "counter" + number;
        }

        /** Where its number is in a value of the totals. */
        int offset() {
            return 8 * number;
        }

        /** What the kernel adds for the task that leaves only after it has told of the switch. */
        int late() {
            return type == SOFTWARE && config == CONTEXT_SWITCHES ? 1 : 0;
        }
    }

    /** In the order of their numbers. */
    public List<Counter> all() {
        return List.copyOf(counters);
    }

    /** What has to run for them, beside the handlers. */
    public List<CounterPrograms.Companion> companions() {
        return counters.isEmpty() ? List.of() : CounterPrograms.of(counters);
    }

    List<MapSpec> maps() {
        if (counters.isEmpty()) {
            return List.of();
        }
        List<MapSpec> maps = new ArrayList<>();
        for (Counter counter : counters) {
            maps.add(MapSpec.perfEventArray(counter.map()));
        }
        maps.add(MapSpec.hash(TOTALS, 8, 8 * counters.size(), MOST_TASKS));
        maps.add(MapSpec.perCpuArray(STARTS, 8 + 8 * counters.size(), 1));
        maps.add(MapSpec.array(FULL, 8, 1));
        return maps;
    }

    private Counter counter(Op.CallIntrinsic op) {
        if (!(op.arguments().getFirst() instanceof Operand.Number(long type))
                || !(op.arguments().get(1) instanceof Operand.Number(long config))) {
            throw new KernelUnsupported("which counter to read must be known before the script runs", op.span());
        }
        for (Counter counter : counters) {
            if (counter.type() == type && counter.config() == config) {
                return counter;
            }
        }
        if (counters.size() == MOST) {
            throw new KernelUnsupported("a script can read up to " + MOST + " counters", op.span());
        }
        Counter added = new Counter(counters.size(), (int) type, config, op.span());
        counters.add(added);
        return added;
    }

    void read(Op.CallIntrinsic op, Context context, Values values, Failures failures) {
        Counter counter = counter(op);
        Assembler asm = context.asm;
        Label unreadable = failures.failure("the counter cannot be read on the processor that runs this", op.span());
        Label full = failures.failure("counters follow " + MOST_TASKS + " threads, and there are more", op.span());
        Label done = context.label("counted");
        for (int i = 0; i < TRIES; i++) {
            attempt(counter, context, unreadable, full);
            startOfProcessor(context, unreadable);
            asm.load(Size.DOUBLE, Register.R1, Register.R0, 0);
            context.loadFrame(Register.R2, Frame.ERROR_ARGUMENT);
            asm.jumpIf(JumpOp.EQ, Register.R1, Register.R2, done);
        }
        asm.bind(done);
        context.loadFrame(Register.R0, Frame.POINTER);
        op.to().ifPresent(to -> values.store(to, Register.R0));
    }

    /** Leaves the value in POINTER and, in ERROR_ARGUMENT, how often the processor had switched tasks before. */
    private static void attempt(Counter counter, Context context, Label unreadable, Label full) {
        Assembler asm = context.asm;
        Label none = context.label("none");
        Label known = context.label("known");
        startOfProcessor(context, unreadable);
        asm.load(Size.DOUBLE, Register.R1, Register.R0, 0);
        context.storeFrame(Frame.ERROR_ARGUMENT, Register.R1);
        asm.load(Size.DOUBLE, Register.R1, Register.R0, 8 + counter.offset());
        context.storeFrame(Frame.POINTER, Register.R1);
        asm.call(Helper.GET_CURRENT_TASK);
        context.storeFrame(Frame.TEMPORARY, Register.R0);
        lookUp(context, TOTALS);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, none);
        asm.load(Size.DOUBLE, Register.R2, Register.R0, counter.offset());
        asm.jump(known);
        asm.bind(none);
        asm.loadMapValue(Register.R1, FULL, 0);
        asm.load(Size.DOUBLE, Register.R1, Register.R1, 0);
        asm.jumpIf(JumpOp.NE, Register.R1, 0, full);
        asm.mov(Register.R2, 0);
        asm.bind(known);
        context.loadFrame(Register.R1, Frame.POINTER);
        asm.alu(AluOp.SUB, Register.R2, Register.R1);
        context.storeFrame(Frame.POINTER, Register.R2);
        asm.loadMap(Register.R1, counter.map());
        asm.mov32(Register.R2, THIS_PROCESSOR);
        asm.call(Helper.PERF_EVENT_READ);
        asm.jumpIf(JumpOp.GE, Register.R0, FIRST_ERROR, unreadable);
        context.loadFrame(Register.R1, Frame.POINTER);
        asm.alu(AluOp.ADD, Register.R0, Register.R1);
        context.storeFrame(Frame.POINTER, Register.R0);
    }

    private static void startOfProcessor(Context context, Label unreadable) {
        context.storeFrame(Frame.TEMPORARY, 0);
        lookUp(context, STARTS);
        context.asm.jumpIf(JumpOp.EQ, Register.R0, 0, unreadable);
    }

    /** Element of the key in TEMPORARY. */
    private static void lookUp(Context context, String map) {
        context.asm.loadMap(Register.R1, map);
        context.asm.mov(Register.R2, context.base);
        context.asm.alu(AluOp.ADD, Register.R2, Frame.TEMPORARY);
        context.asm.call(Helper.MAP_LOOKUP_ELEM);
    }
}
