package org.jstap.compiler.kernel.emit;

import java.util.List;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.spec.MapSpec;

/**
 * How often each handler ran at each of its sites, and for how long: a map with one element for each site, for each CPU, of four
 * 64-bit numbers in the CPU's byte order. Times are in nanoseconds, from when the handler has its lock to its end.
 */
public final class TimeTable {
    public static final String MAP = "times";
    /** Runs. */
    public static final int COUNT = 0;
    /** Time of all of them. */
    public static final int SUM = 8;
    /** The longest time. */
    public static final int LONGEST = 16;
    /** The shortest time, with all its bits inverted: so 0 means that there was none, and the largest number is the shortest time. */
    public static final int SHORTEST_INVERTED = 24;
    public static final int SIZE = 32;

    private final int[] first;
    private final int sites;

    TimeTable(List<IrHandler> handlers) {
        int highest = -1;
        for (IrHandler handler : handlers) {
            highest = Math.max(highest, handler.id());
        }
        first = new int[highest + 1];
        int next = 0;
        for (IrHandler handler : handlers) {
            first[handler.id()] = next;
            next += handler.sites().size();
        }
        sites = next;
    }

    /** Element of the first site of a handler; those of its other sites follow. */
    public int first(IrHandler handler) {
        return first[handler.id()];
    }

    MapSpec map() {
        return MapSpec.perCpuArray(MAP, SIZE, sites);
    }

    void begin(Context context) {
        context.asm.call(Helper.KTIME_GET_NS);
        context.storeFrame(Frame.STARTED, Register.R0);
    }

    void end(Context context) {
        Assembler asm = context.asm;
        Label done = context.label("timed");
        asm.call(Helper.KTIME_GET_NS);
        context.loadFrame(Register.R1, Frame.STARTED);
        asm.alu(AluOp.SUB, Register.R0, Register.R1);
        context.storeFrame(Frame.STARTED, Register.R0);
        element(context);
        asm.loadMap(Register.R1, MAP);
        asm.mov(Register.R2, context.base);
        asm.alu(AluOp.ADD, Register.R2, Frame.TEMPORARY);
        asm.call(Helper.MAP_LOOKUP_ELEM);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, done);
        // Another handler may interrupt this one on this CPU, so that even a CPU's own numbers are added to atomically.
        asm.mov(Register.R2, 1);
        asm.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R0, COUNT, Register.R2);
        context.loadFrame(Register.R1, Frame.STARTED);
        asm.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R0, SUM, Register.R1);
        raise(context, LONGEST);
        asm.alu(AluOp.XOR, Register.R1, -1);
        raise(context, SHORTEST_INVERTED);
        asm.bind(done);
    }

    private void element(Context context) {
        int from = first(context.handler);
        if (context.handler.sites().size() == 1 || context.mechanism.onePerSite()) {
            context.asm.storeImm(Size.DOUBLE, context.base, Frame.TEMPORARY, from + context.site);
            return;
        }
        context.loadFrame(Register.R1, Frame.SITE);
        context.asm.alu(AluOp.ADD, Register.R1, from);
        context.storeFrame(Frame.TEMPORARY, Register.R1);
    }

    /** Puts R1 into a number of the element at R0 where it is larger. */
    private static void raise(Context context, int offset) {
        Label enough = context.label("enough");
        context.asm.load(Size.DOUBLE, Register.R2, Register.R0, offset);
        context.asm.jumpIf(JumpOp.GE, Register.R2, Register.R1, enough);
        context.asm.store(Size.DOUBLE, Register.R0, offset, Register.R1);
        context.asm.bind(enough);
    }
}
