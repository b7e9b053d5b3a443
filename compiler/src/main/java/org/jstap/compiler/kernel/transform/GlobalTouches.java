package org.jstap.compiler.kernel.transform;

import java.util.BitSet;
import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;

/** Globals that operations look at and globals that they change, functions that they call included. */
record GlobalTouches(BitSet reads, BitSet writes) {
    static final GlobalTouches NONE = new GlobalTouches(new BitSet(), new BitSet());

    static GlobalTouches of(List<Op> ops, List<Code> functions) {
        GlobalTouches touches = new GlobalTouches(new BitSet(), new BitSet());
        touches.collect(ops, functions, new BitSet());
        return touches;
    }

    /** Those that stay in the kernel for sure or maybe: what the host has to do comes in order with anything else it does. */
    static GlobalTouches inKernel(List<Op> ops, List<Code> functions, HostNeeds needs) {
        GlobalTouches touches = new GlobalTouches(new BitSet(), new BitSet());
        for (Op op : ops) {
            touches.collectInKernel(op, functions, needs);
        }
        return touches;
    }

    private void collectInKernel(Op op, List<Code> functions, HostNeeds needs) {
        if (needs.construct(op).isPresent()) {
            return;
        }
        List<Region> regions = switch (op) {
            case Op.If o -> List.of(o.then(), o.otherwise());
            case Op.Loop o -> List.of(o.body());
            case Op.Foreach o -> {
                loop(o);
                yield List.of(o.body());
            }
            case Op.Scope o -> List.of(o.body());
            case Op.Try o -> List.of(o.body(), o.handler());
            default -> List.of();
        };
        if (regions.isEmpty()) {
            collect(List.of(op), functions, new BitSet());
        }
        for (Region region : regions) {
            for (Op inner : region.ops()) {
                collectInKernel(inner, functions, needs);
            }
        }
    }

    private void collect(List<Op> ops, List<Code> functions, BitSet seen) {
        OpFinder.visit(ops, op -> {
            switch (op) {
                case Op.ReadGlobal o -> reads.set(o.global());
                case Op.Contains o -> reads.set(o.global());
                case Op.ReadStat o -> reads.set(o.global());
                case Op.ReadBucket o -> reads.set(o.global());
                case Op.PrintHistogram o -> reads.set(o.global());
                case Op.ForeachBucket o -> reads.set(o.global());
                case Op.Foreach o -> loop(o);
                case Op.WriteGlobal o -> writes.set(o.global());
                case Op.AddGlobal o -> writes.set(o.global());
                case Op.AddStat o -> writes.set(o.global());
                case Op.Delete o -> writes.set(o.global());
                case Op.Call o -> {
                    if (!seen.get(o.function())) {
                        seen.set(o.function());
                        collect(functions.get(o.function()).body().ops(), functions, seen);
                    }
                }
                default -> { }
            }
        });
    }

    /** A sorted one leaves the array sorted. */
    private void loop(Op.Foreach op) {
        reads.set(op.global());
        if (op.sort().isPresent()) {
            writes.set(op.global());
        }
    }

    GlobalTouches and(GlobalTouches other) {
        BitSet bothReads = (BitSet) reads.clone();
        bothReads.or(other.reads);
        BitSet bothWrites = (BitSet) writes.clone();
        bothWrites.or(other.writes);
        return new GlobalTouches(bothReads, bothWrites);
    }

    /** Globals that these look at and the others change. */
    BitSet changedBy(GlobalTouches others) {
        BitSet changed = (BitSet) reads.clone();
        changed.and(others.writes);
        return changed;
    }

    /** Whether one changes what the other touches, so that their order counts. */
    boolean conflicts(GlobalTouches other) {
        return writes.intersects(other.reads) || writes.intersects(other.writes) || reads.intersects(other.writes);
    }
}
