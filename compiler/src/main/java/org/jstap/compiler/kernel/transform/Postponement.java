package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;

/**
 * Puts off what only the host can compute until something needs it, with what is computed from that: so memory that the handler
 * reads in between is read while the event is on. Only what depends on nothing but its operands and cannot fail is put off.
 */
final class Postponement {
    private final HostNeeds needs;
    private final List<Op> result = new ArrayList<>();
    /** In order; what they read and write is the same still. */
    private final List<Op> open = new ArrayList<>();
    private final BitSet reads = new BitSet();
    private final BitSet writes = new BitSet();

    /** What is read outside of the list, where control may go from it. */
    private final BitSet outside;

    private Postponement(HostNeeds needs, BitSet outside) {
        this.needs = needs;
        this.outside = outside;
    }

    static Region apply(Region region, HostNeeds needs) {
        return apply(region, needs, new BitSet());
    }

    /** @param outside what is read outside of the region, where control may go from it */
    static Region apply(Region region, HostNeeds needs, BitSet outside) {
        boolean[] found = new boolean[1];
        OpFinder.visit(region, op -> found[0] |= needs.construct(op).isPresent());
        return found[0] ? new Region(new Postponement(needs, outside).ops(region.ops())) : region;
    }

    private List<Op> ops(List<Op> ops) {
        for (int i = 0; i < ops.size(); i++) {
            BitSet later = Liveness.read(ops.subList(i + 1, ops.size()));
            later.or(outside);
            if (ops.get(i) instanceof Op.If branch && waitsForBranches(branch, later)) {
                result.add(new Op.If(branch.condition(), apply(withOpen(branch.then()), needs, later),
                        apply(withOpen(branch.otherwise()), needs, later), branch.span()));
                clear();
                continue;
            }
            Op inner = inside(ops.get(i), later);
            if (canWait(inner) && (needs.construct(inner).isPresent() || readsOpen(inner))) {
                waits(inner);
                continue;
            }
            if (!open.isEmpty() && (readsOpen(inner) || changes(inner) || leaves(inner))) {
                flush();
            }
            result.add(inner);
        }
        flush();
        return result;
    }

    /** Whether branches need what waits, and nothing else does. */
    private boolean waitsForBranches(Op.If branch, BitSet later) {
        return !open.isEmpty() && !later.intersects(writes) && readsOpen(branch)
                && !(branch.condition() instanceof Variable condition && writes.get(condition.id()));
    }

    /** A branch with what it needs of what waits. */
    private Region withOpen(Region branch) {
        BitSet needed = Liveness.read(branch.ops());
        List<Op> all = new ArrayList<>(branch.ops());
        for (int i = open.size() - 1; i >= 0; i--) {
            if (Liveness.written(List.of(open.get(i))).intersects(needed)) {
                needed.or(Liveness.read(List.of(open.get(i))));
                all.addFirst(open.get(i));
            }
        }
        return new Region(all);
    }

    private Op inside(Op op, BitSet later) {
        return switch (op) {
            case Op.If o -> new Op.If(o.condition(), apply(o.then(), needs, later), apply(o.otherwise(), needs, later), o.span());
            case Op.Scope o -> new Op.Scope(o.label(), apply(o.body(), needs, later), o.span());
            case Op.Loop o -> {
                BitSet turn = Liveness.turn(o.body(), later);
                yield new Op.Loop(apply(o.body(), needs, turn), o.span());
            }
            case Op.Foreach o when needs.construct(o).isEmpty() -> {
                BitSet turn = Liveness.turn(o.body(), later);
                yield new Op.Foreach(o.global(), o.keys(), o.value(), o.slices(), o.sort(), o.limit(), apply(o.body(), needs, turn),
                        o.span());
            }
            // An error in it needs what came before.
            default -> op;
        };
    }

    private boolean canWait(Op op) {
        return to(op).isPresent() && !needs.needsEvent(op) && !needs.mayFail(op);
    }

    private static Optional<Variable> to(Op op) {
        return switch (op) {
            case Op.Move o -> Optional.of(o.to());
            case Op.Unary o -> Optional.of(o.to());
            case Op.Arithmetic o -> Optional.of(o.to());
            case Op.Compare o -> Optional.of(o.to());
            case Op.Concat o -> Optional.of(o.to());
            case Op.Format o -> Optional.of(o.to());
            case Op.CallIntrinsic o when o.intrinsic().pure() && o.intrinsic().where() != Intrinsic.Where.KERNEL -> o.to();
            default -> Optional.empty();
        };
    }

    private void waits(Op op) {
        if (changes(op)) {
            flush();
        }
        open.add(op);
        reads.or(Liveness.read(List.of(op)));
        writes.or(Liveness.written(List.of(op)));
    }

    private boolean readsOpen(Op op) {
        return Liveness.read(List.of(op)).intersects(writes);
    }

    private boolean changes(Op op) {
        BitSet written = Liveness.written(List.of(op));
        return written.intersects(reads) || written.intersects(writes);
    }

    /** Whether control may go where what waits is needed. Behind the end of the handler nothing is. */
    private static boolean leaves(Op op) {
        boolean[] found = new boolean[1];
        OpFinder.visit(List.of(op), inner -> found[0] |= inner instanceof Op.LeaveScope || inner instanceof Op.Break
                || inner instanceof Op.Continue || inner instanceof Op.Return || inner instanceof Op.Try);
        return found[0];
    }

    private void flush() {
        result.addAll(open);
        clear();
    }

    private void clear() {
        open.clear();
        reads.clear();
        writes.clear();
    }
}
