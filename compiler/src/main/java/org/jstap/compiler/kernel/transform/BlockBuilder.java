package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Type;

/**
 * Makes a code of its own of a run of operations: what only the event can tell is asked for in front of it, what it reads becomes
 * its parameters, and its variables are numbered anew.
 */
final class BlockBuilder {
    private final String name;
    private final List<Op> run;
    private final HostNeeds needs;
    private final List<Variable> variables;
    private final BitSet empty;
    private final BitSet changed;
    private final Set<Integer> lastScopes;
    private final List<Op> front = new ArrayList<>();
    private final Map<Variable, Variable> asked = new HashMap<>();
    /** Variables that a key of a changed global is made of. */
    private final BitSet keys;
    private final int[] writes;
    /** Globals that the run has changed so far. */
    private final BitSet set = new BitSet();
    private boolean late;

    /**
     * @param variables  of the handler; those that are asked for in front are added
     * @param empty      variables that are 0 or "" before the run
     * @param changed    globals that the handler has changed in the kernel: until the run changes them itself they are read in front
     *                   of it, as they are at the event, where their keys are known there
     * @param lastScopes scopes whose end is the handler's
     */
    BlockBuilder(String name, List<Op> run, HostNeeds needs, List<Variable> variables, BitSet empty, BitSet changed,
                 Set<Integer> lastScopes) {
        this.name = name;
        this.run = run;
        this.needs = needs;
        this.variables = variables;
        this.empty = empty;
        this.changed = changed;
        this.lastScopes = lastScopes;
        this.keys = changed.isEmpty() ? new BitSet() : keyParts();
        this.writes = Liveness.writes(run, variables.size());
    }

    /**
     * A run as a block.
     *
     * @param ops  what is asked for in front, and the block
     * @param late whether the block reads what the handler has changed in the kernel, as later events have left it
     */
    record Built(List<Op> ops, boolean late) { }

    /** Empty where something cannot be asked for earlier. */
    Optional<Built> build() {
        int known = variables.size();
        Optional<List<Op>> without = withoutEvent();
        if (without.isEmpty()) {
            while (variables.size() > known) {
                variables.removeLast();
            }
            return Optional.empty();
        }
        BitSet needed = Liveness.before(without.get(), new BitSet(), Liveness.Exits.NONE);
        needed.andNot(empty);
        List<Variable> own = new ArrayList<>();
        Map<Variable, Variable> names = new HashMap<>();
        List<Operand> arguments = new ArrayList<>();
        for (int id = needed.nextSetBit(0); id >= 0; id = needed.nextSetBit(id + 1)) {
            arguments.add(variables.get(id));
            names.put(variables.get(id), added(own, variables.get(id)));
        }
        List<Variable> parameters = List.copyOf(own);
        BitSet others = Liveness.written(without.get());
        others.or(Liveness.read(without.get()));
        others.andNot(needed);
        for (int id = others.nextSetBit(0); id >= 0; id = others.nextSetBit(id + 1)) {
            names.put(variables.get(id), added(own, variables.get(id)));
        }
        Region body = new Renamer(names, lastScopes).region(new Region(without.get()));
        Code block = new Code(name, parameters, own, Type.VOID, body, run.getFirst().span());
        List<Op> all = new ArrayList<>(front);
        all.add(new Op.HostBlock(block, arguments, run.getFirst().span()));
        certainExit().ifPresent(all::add);
        return Optional.of(new Built(all, late));
    }

    /**
     * The {@code exit()} that the run comes to in any case: it is done in the kernel as well, so that no event counts any more that
     * comes before the host has got so far.
     */
    private Optional<Op> certainExit() {
        for (Op op : run) {
            if (op instanceof Op.CallIntrinsic call && call.intrinsic() == Intrinsic.EXIT) {
                return Optional.of(op);
            }
            boolean[] uncertain = new boolean[1];
            OpFinder.visit(List.of(op), inner -> uncertain[0] |= needs.mayFail(inner) || inner instanceof Op.LeaveScope
                    || inner instanceof Op.LeaveHandler || inner instanceof Op.Return);
            if (uncertain[0]) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Variable added(List<Variable> own, Variable like) {
        Variable variable = new Variable(own.size(), like.name(), like.type());
        own.add(variable);
        return variable;
    }

    // ---- what only the event can tell

    private Optional<List<Op>> withoutEvent() {
        List<Op> now = new ArrayList<>();
        BitSet written = new BitSet();
        for (Op op : run) {
            if (asEarlier(op, written)) {
                Variable to = result(op).orElseThrow();
                now.add(new Op.Move(to, ask(op), op.span()));
                written.clear(to.id());
                continue;
            }
            boolean movable = HostNeeds.canBeEarlier(op) || needs.needsEvent(op) && readsKnown(op, written);
            if (needs.needsEvent(op) && movable && needs.construct(op).isEmpty() && result(op).isPresent()) {
                Variable to = result(op).get();
                now.add(new Op.Move(to, ask(op), op.span()));
                written.clear(to.id());
            } else {
                BitSet known = Liveness.written(List.of(op));
                known.or(written);
                if (!changed.isEmpty()) {
                    set.or(needs.writes(List.of(op)));
                }
                Earlier earlier = new Earlier(known);
                now.add(earlier.rewrite(op));
                if (earlier.stuck) {
                    return Optional.empty();
                }
                BitSet changed = Liveness.written(List.of(op));
                asked.keySet().removeIf(variable -> changed.get(variable.id()));
                written.or(changed);
            }
        }
        return Optional.of(now);
    }

    /** Whether the operation reads nothing that the run has computed before it. */
    private boolean readsKnown(Op op, BitSet written) {
        return !Liveness.read(List.of(op)).intersects(written);
    }

    private BitSet keyParts() {
        BitSet parts = new BitSet();
        OpFinder.visit(run, op -> {
            if (looksAtChanged(op)) {
                parts.or(Liveness.read(List.of(op)));
            }
        });
        for (int size = 0; size < parts.cardinality();) {
            size = parts.cardinality();
            OpFinder.visit(run, op -> {
                if (result(op).isPresent() && parts.get(result(op).get().id())) {
                    parts.or(Liveness.read(List.of(op)));
                }
            });
        }
        return parts;
    }

    /** Buckets and histograms that are printed are left out: the host looks at them later, as it goes through arrays later. */
    private boolean looksAtChanged(Op op) {
        return switch (op) {
            case Op.ReadGlobal o -> isAsAtTheEvent(o.global());
            case Op.Contains o -> isAsAtTheEvent(o.global());
            case Op.ReadStat o -> isAsAtTheEvent(o.global());
            case Op.Call _ -> {
                BitSet globals = (BitSet) changed.clone();
                globals.andNot(set);
                yield needs.readsScalar(op, globals);
            }
            default -> false;
        };
    }

    private boolean isAsAtTheEvent(int global) {
        return changed.get(global) && !set.get(global);
    }

    /** Whether it reads what the kernel has changed or makes a key for that, and can do so in front of the run. */
    private boolean asEarlier(Op op, BitSet written) {
        if (!readsKnown(op, written)) {
            return false;
        }
        boolean possible = result(op).isPresent() && needs.construct(op).isEmpty() && !needs.mayFail(op);
        if (looksAtChanged(op)) {
            late |= !possible;
            return possible;
        }
        return possible && keys.get(result(op).get().id()) && isComputed(op);
    }

    /** Whether it gives the same wherever it stands, as long as what it reads is the same. */
    private static boolean isComputed(Op op) {
        return switch (op) {
            case Op.Move _, Op.Unary _, Op.Arithmetic _, Op.Compare _, Op.Concat _, Op.Format _ -> true;
            case Op.CallIntrinsic o -> o.intrinsic().pure() || o.intrinsic() == Intrinsic.TARGET;
            default -> false;
        };
    }

    private static Optional<Variable> result(Op op) {
        return switch (op) {
            case Op.Move o -> Optional.of(o.to());
            case Op.Unary o -> Optional.of(o.to());
            case Op.Arithmetic o -> Optional.of(o.to());
            case Op.Compare o -> Optional.of(o.to());
            case Op.Concat o -> Optional.of(o.to());
            case Op.Format o -> Optional.of(o.to());
            case Op.ReadGlobal o -> Optional.of(o.to());
            case Op.Contains o -> Optional.of(o.to());
            case Op.ReadStat o -> Optional.of(o.to());
            case Op.LoadArgument o -> Optional.of(o.to());
            case Op.LoadResult o -> Optional.of(o.to());
            case Op.LoadMemory o -> Optional.of(o.to());
            case Op.CallIntrinsic o -> o.to();
            default -> Optional.empty();
        };
    }

    /** Asks in front of the block; the result is the variable that holds the answer there. */
    private Variable ask(Op op) {
        Variable to = result(op).orElseThrow();
        Variable answer = new Variable(variables.size(), to.name() + "." + variables.size(), to.type());
        variables.add(answer);
        front.add(new OpRewriter() {
            @Override
            protected Operand use(Operand operand) {
                return operand instanceof Variable variable ? asked.getOrDefault(variable, variable) : operand;
            }

            @Override
            protected Variable define(Variable variable) {
                return answer;
            }
        }.rewrite(op));
        asked.put(to, answer);
        return answer;
    }

    /** Within an operation only what cannot fail is asked for earlier. */
    private final class Earlier extends OpRewriter {
        private final BitSet written;
        private boolean stuck;

        /** @param written variables that the run has computed before or within the operation */
        Earlier(BitSet written) {
            this.written = written;
        }

        @Override
        public Op rewrite(Op op) {
            if (asEarlier(op, written)) {
                return early(op);
            }
            if (needs.needsEvent(op)) {
                if (HostNeeds.canBeEarlier(op)) {
                    return early(op);
                }
                stuck = true;
                return op;
            }
            return super.rewrite(op);
        }

        /** What is written just here is known to what comes behind it in the same region. */
        private Op early(Op op) {
            Variable to = result(op).orElseThrow();
            Op move = new Op.Move(to, ask(op), op.span());
            if (writes[to.id()] == 1) {
                written.clear(to.id());
            } else {
                asked.remove(to);
            }
            return move;
        }

        @Override
        protected Region region(Region region) {
            BitSet before = (BitSet) written.clone();
            Region result = super.region(region);
            written.or(before);
            return result;
        }
    }

    /** Gives variables their new numbers; leaving a scope that ends with the handler leaves the block. */
    private static final class Renamer extends OpRewriter {
        private final Map<Variable, Variable> names;
        private final Set<Integer> lastScopes;

        Renamer(Map<Variable, Variable> names, Set<Integer> lastScopes) {
            this.names = names;
            this.lastScopes = lastScopes;
        }

        @Override
        protected Operand use(Operand operand) {
            return operand instanceof Variable variable ? names.get(variable) : operand;
        }

        @Override
        protected Variable define(Variable variable) {
            return names.get(variable);
        }

        @Override
        public Op rewrite(Op op) {
            if (op instanceof Op.LeaveScope leave && lastScopes.contains(leave.label())) {
                return new Op.LeaveHandler(op.span());
            }
            return super.rewrite(op);
        }

        @Override
        protected Region region(Region region) {
            return super.region(region);
        }
    }
}
