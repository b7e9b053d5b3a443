package org.jstap.compiler.kernel.transform;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;

/** Which variables are read later before they are written, by their ids. */
final class Liveness {
    private Liveness() { }

    /**
     * Where control goes from within a region, and what is needed there.
     *
     * @param onBreak    behind the innermost loop
     * @param onContinue at its next turn
     * @param onError    at the innermost {@code catch}
     * @param labels     behind each enclosing scope
     */
    record Exits(BitSet onBreak, BitSet onContinue, BitSet onError, Map<Integer, BitSet> labels) {
        static final Exits NONE = new Exits(new BitSet(), new BitSet(), new BitSet(), Map.of());

        /** What is needed at any of these places. */
        BitSet all() {
            BitSet all = (BitSet) onBreak.clone();
            all.or(onContinue);
            all.or(onError);
            for (BitSet behind : labels.values()) {
                all.or(behind);
            }
            return all;
        }

        Exits inLoop(BitSet behind, BitSet turn) {
            return new Exits(behind, turn, onError, labels);
        }

        Exits inScope(int label, BitSet behind) {
            Map<Integer, BitSet> more = new HashMap<>(labels);
            more.put(label, behind);
            return new Exits(onBreak, onContinue, onError, more);
        }

        Exits inTry(BitSet handler) {
            BitSet both = (BitSet) handler.clone();
            both.or(onError);
            return new Exits(onBreak, onContinue, both, labels);
        }
    }

    /** Needed before a region. */
    static BitSet before(Region region, BitSet after, Exits exits) {
        return before(region.ops(), after, exits);
    }

    static BitSet before(List<Op> ops, BitSet after, Exits exits) {
        BitSet now = (BitSet) after.clone();
        for (int i = ops.size() - 1; i >= 0; i--) {
            now = before(ops.get(i), now, exits);
        }
        return now;
    }

    /** Needed behind each operation of a list. */
    static BitSet[] behind(List<Op> ops, BitSet after, Exits exits) {
        BitSet[] result = new BitSet[ops.size()];
        BitSet now = (BitSet) after.clone();
        for (int i = ops.size() - 1; i >= 0; i--) {
            result[i] = now;
            now = before(ops.get(i), now, exits);
        }
        return result;
    }

    static BitSet before(Op op, BitSet after, Exits exits) {
        BitSet now = switch (op) {
            case Op.If o -> {
                BitSet both = before(o.then(), after, exits);
                both.or(before(o.otherwise(), after, exits));
                use(both, o.condition());
                yield both;
            }
            case Op.Loop o -> loop(o.body(), after, exits, new BitSet());
            case Op.Foreach _, Op.ForeachBucket _ -> foreach(op, after, exits);
            case Op.Scope o -> before(o.body(), after, exits.inScope(o.label(), after));
            case Op.Try o -> {
                BitSet handler = before(o.handler(), after, exits);
                o.message().ifPresent(message -> handler.clear(message.id()));
                BitSet all = before(o.body(), after, exits.inTry(handler));
                all.or(handler);
                yield all;
            }
            case Op.Break _ -> (BitSet) exits.onBreak().clone();
            case Op.Continue _ -> (BitSet) exits.onContinue().clone();
            case Op.LeaveScope o -> (BitSet) exits.labels().getOrDefault(o.label(), new BitSet()).clone();
            case Op.LeaveHandler _ -> new BitSet();
            case Op.Return o -> {
                BitSet none = new BitSet();
                o.value().ifPresent(value -> use(none, value));
                yield none;
            }
            default -> {
                BitSet before = (BitSet) after.clone();
                before.andNot(written(List.of(op)));
                before.or(read(List.of(op)));
                yield before;
            }
        };
        now.or(exits.onError());
        return now;
    }

    /** Needed at the start of a turn of a loop, and so at the end of one, taken roughly: all that it reads. */
    static BitSet turn(Region body, BitSet after) {
        BitSet turn = read(body.ops());
        turn.or(after);
        return turn;
    }

    /**
     * The same without what each turn writes before it reads it.
     *
     * @param fresh what each turn starts with anew
     */
    static BitSet turn(Region body, BitSet after, Exits exits, BitSet fresh) {
        BitSet turn = (BitSet) after.clone();
        while (true) {
            BitSet start = before(body, turn, exits.inLoop(after, turn));
            start.andNot(fresh);
            start.or(after);
            if (start.equals(turn)) {
                return turn;
            }
            turn = start;
        }
    }

    private static BitSet loop(Region body, BitSet after, Exits exits, BitSet fresh) {
        BitSet turn = turn(body, after, exits, fresh);
        return before(body, turn, exits.inLoop(after, turn));
    }

    /** Each turn starts with new keys and a new value. */
    private static BitSet foreach(Op op, BitSet after, Exits exits) {
        Region body = switch (op) {
            case Op.Foreach o -> o.body();
            case Op.ForeachBucket o -> o.body();
            default -> throw new IllegalArgumentException("no foreach: " + op);
        };
        Op empty = switch (op) {
            case Op.Foreach o -> new Op.Foreach(o.global(), o.keys(), o.value(), o.slices(), o.sort(), o.limit(), Region.EMPTY,
                    o.span());
            case Op.ForeachBucket o -> new Op.ForeachBucket(o.global(), o.statKeys(), o.histogram(), o.key(), o.value(),
                    o.limit(), Region.EMPTY, o.span());
            default -> throw new IllegalArgumentException("no foreach: " + op);
        };
        BitSet fresh = written(List.of(empty));
        BitSet now = loop(body, after, exits, fresh);
        now.andNot(fresh);
        now.or(after);
        now.or(read(List.of(empty)));
        return now;
    }

    private static void use(BitSet set, Operand operand) {
        if (operand instanceof Variable variable) {
            set.set(variable.id());
        }
    }

    /** Variables that operations read, their regions included. */
    static BitSet read(List<Op> ops) {
        BitSet read = new BitSet();
        OpRewriter reader = new OpRewriter() {
            @Override
            protected Operand use(Operand operand) {
                Liveness.use(read, operand);
                return operand;
            }
        };
        ops.forEach(reader::rewrite);
        return read;
    }

    /** How many of operations, those in their regions included, write each of the first {@code count} variables. */
    static int[] writes(List<Op> ops, int count) {
        int[] writes = new int[count];
        OpRewriter writer = new OpRewriter() {
            @Override
            protected Variable define(Variable variable) {
                if (variable.id() < count) {
                    writes[variable.id()]++;
                }
                return variable;
            }
        };
        ops.forEach(writer::rewrite);
        return writes;
    }

    /** Variables that operations write, their regions included. */
    static BitSet written(List<Op> ops) {
        BitSet written = new BitSet();
        OpRewriter writer = new OpRewriter() {
            @Override
            protected Variable define(Variable variable) {
                written.set(variable.id());
                return variable;
            }
        };
        ops.forEach(writer::rewrite);
        return written;
    }
}
