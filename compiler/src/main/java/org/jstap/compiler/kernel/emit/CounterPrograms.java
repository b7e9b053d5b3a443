package org.jstap.compiler.kernel.emit;

import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;

/**
 * The programs that give what the processors' counters have counted to tasks: at each switch to the task that leaves. A task counts
 * from 0 again when it starts another program. Raw tracepoints, from Linux 4.17.
 */
public final class CounterPrograms {
    /** The task's address, which is the key of its totals. */
    private static final int TASK = -8;
    private static final int KEY = -16;
    /** Behind it downwards: a value of the totals. */
    private static final int VALUE = -16;
    /** Second argument of sched_switch: the task that leaves. */
    private static final int LEAVING = 8;
    private static final int ANY = 0;

    private final List<Counters.Counter> counters;
    private final Assembler asm = new Assembler();
    private final Label end = new Label("end");
    private int labels;

    private CounterPrograms(List<Counters.Counter> counters) {
        this.counters = counters;
    }

    /** A program and where it hangs. */
    public record Companion(ProgramSpec program, LinkSpec link) { }

    static List<Companion> of(List<Counters.Counter> counters) {
        return List.of(new CounterPrograms(counters).atSwitch(), new CounterPrograms(counters).atExec(),
                new CounterPrograms(counters).atEnd());
    }

    /** {@code sched_switch(preempt, prev, next, …)}. */
    private Companion atSwitch() {
        begin("counter_switch");
        asm.load(Size.DOUBLE, Register.R1, Register.R1, LEAVING);
        asm.store(Size.DOUBLE, Register.R10, TASK, Register.R1);
        startOfProcessor();
        asm.load(Size.DOUBLE, Register.R1, Register.R6, 0);
        asm.alu(AluOp.ADD, Register.R1, 1);
        asm.store(Size.DOUBLE, Register.R6, 0, Register.R1);
        for (Counters.Counter counter : counters) {
            Label failed = read(counter);
            if (counter.late() != 0) {
                asm.alu(AluOp.ADD, Register.R0, counter.late());
            }
            asm.load(Size.DOUBLE, Register.R1, Register.R6, 8 + counter.offset());
            asm.store(Size.DOUBLE, Register.R6, 8 + counter.offset(), Register.R0);
            asm.alu(AluOp.SUB, Register.R0, Register.R1);
            asm.store(Size.DOUBLE, Register.R10, value(counter), Register.R0);
            asm.bind(failed);
        }
        Label none = label();
        pointTo(Counters.TOTALS, TASK);
        asm.call(Helper.MAP_LOOKUP_ELEM);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, none);
        for (Counters.Counter counter : counters) {
            asm.load(Size.DOUBLE, Register.R1, Register.R0, counter.offset());
            asm.load(Size.DOUBLE, Register.R2, Register.R10, value(counter));
            asm.alu(AluOp.ADD, Register.R1, Register.R2);
            asm.store(Size.DOUBLE, Register.R0, counter.offset(), Register.R1);
        }
        asm.jump(end);
        asm.bind(none);
        update();
        return finish("sched_switch", "counter_switch");
    }

    /** {@code sched_process_exec}: from here on the task counts anew. */
    private Companion atExec() {
        begin("counter_exec");
        asm.call(Helper.GET_CURRENT_TASK);
        asm.store(Size.DOUBLE, Register.R10, TASK, Register.R0);
        startOfProcessor();
        for (Counters.Counter counter : counters) {
            Label failed = read(counter);
            asm.load(Size.DOUBLE, Register.R1, Register.R6, 8 + counter.offset());
            asm.alu(AluOp.SUB, Register.R1, Register.R0);
            asm.store(Size.DOUBLE, Register.R10, value(counter), Register.R1);
            asm.bind(failed);
        }
        update();
        return finish("sched_process_exec", "counter_exec");
    }

    /** {@code sched_process_free(task)}, behind which the task's address may become that of another one. */
    private Companion atEnd() {
        begin("counter_end");
        asm.load(Size.DOUBLE, Register.R1, Register.R1, 0);
        asm.store(Size.DOUBLE, Register.R10, TASK, Register.R1);
        pointTo(Counters.TOTALS, TASK);
        asm.call(Helper.MAP_DELETE_ELEM);
        return finish("sched_process_free", "counter_end");
    }

    private void begin(String name) {
        asm.beginFunction(name, label(), 1);
    }

    private Companion finish(String tracepoint, String name) {
        asm.bind(end);
        asm.mov(Register.R0, 0);
        asm.exit();
        return new Companion(new ProgramSpec(name, ProgramType.RAW_TRACEPOINT, Optional.empty(), 0, 0, KernelTarget.LICENSE,
                asm.assembleReachable()), new LinkSpec.RawTracepoint(tracepoint, 0));
    }

    /** Leaves in R6 what the counters of the processor were at the last switch, and a value of zeros in the frame. */
    private void startOfProcessor() {
        asm.storeImm(Size.DOUBLE, Register.R10, KEY, 0);
        pointTo(Counters.STARTS, KEY);
        asm.call(Helper.MAP_LOOKUP_ELEM);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, end);
        asm.mov(Register.R6, Register.R0);
        for (Counters.Counter counter : counters) {
            asm.storeImm(Size.DOUBLE, Register.R10, value(counter), 0);
        }
    }

    /** The counter's value in R0; goes to the label where the processor has no such counter. */
    private Label read(Counters.Counter counter) {
        Label failed = label();
        asm.loadMap(Register.R1, counter.map());
        asm.mov32(Register.R2, Counters.THIS_PROCESSOR);
        asm.call(Helper.PERF_EVENT_READ);
        asm.jumpIf(JumpOp.GE, Register.R0, Counters.FIRST_ERROR, failed);
        return failed;
    }

    private void update() {
        pointTo(Counters.TOTALS, TASK);
        asm.mov(Register.R3, Register.R10);
        asm.alu(AluOp.ADD, Register.R3, VALUE - 8 * counters.size());
        asm.mov(Register.R4, ANY);
        asm.call(Helper.MAP_UPDATE_ELEM);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, end);
        asm.loadMapValue(Register.R1, Counters.FULL, 0);
        asm.storeImm(Size.DOUBLE, Register.R1, 0, 1);
    }

    private void pointTo(String map, int key) {
        asm.loadMap(Register.R1, map);
        asm.mov(Register.R2, Register.R10);
        asm.alu(AluOp.ADD, Register.R2, key);
    }

    private int value(Counters.Counter counter) {
        return VALUE - 8 * counters.size() + counter.offset();
    }

    private Label label() {
        return new Label("counter" + labels++);
    }
}
