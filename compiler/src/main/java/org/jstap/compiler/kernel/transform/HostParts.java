package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.program.ProbeSite;

/**
 * Cuts out of a handler what eBPF cannot do and leaves it to the host: a run of operations that gives nothing back to the kernel
 * becomes an {@link Op.HostBlock}. The innermost place is tried first, so that a rare branch writes a record only when it is taken;
 * there the run goes to the end of the handler where that is possible, so that what follows waits for it, and else as far as it
 * must.
 */
final class HostParts {
    private final List<Code> functions;
    private final HostNeeds needs;
    private final String handler;
    private final List<Variable> variables;
    /** For each variable of the handler how many operations write it. */
    private final int[] writes;
    private final Exactness exactness;
    /** How many operations may still be copied to where ways of a branch end. */
    private int room = 300;
    /** Why a run could not be cut out, the first one found. */
    private Optional<String> obstacle = Optional.empty();

    /** What the host may not do later than the event with globals that the kernel part of the handler touches. */
    private enum Exactness { READS_AND_SETS, READS, NONE }

    private HostParts(IrHandler handler, Code code, IrProgram program, EncodedTexts encoded, KernelShare.Ability ability,
                      Exactness exactness) {
        this.exactness = exactness;
        this.functions = program.functions();
        this.needs = new HostNeeds(program, code, ofSession(handler), encoded.variables(code), ability);
        this.handler = code.name();
        this.variables = new ArrayList<>(code.variables());
        this.writes = Liveness.writes(code.body().ops(), variables.size());
    }

    /**
     * @param longest bytes that a string may have
     * @throws KernelUnsupported where something can be done neither here nor there
     */
    static Code apply(IrHandler handler, Code code, IrProgram program, EncodedTexts encoded, KernelShare share, int longest) {
        Code free = KernelTexts.apply(code, encoded.variables(code), longest, false);
        Code costly = free;
        Optional<KernelUnsupported> refused = Optional.empty();
        for (Exactness exactness : Exactness.values()) {
            if (share == KernelShare.LITTLE && exactness != Exactness.NONE) {
                continue;
            }
            for (KernelShare.Ability ability : share.order()) {
                if (ability.texts() && costly == free) {
                    costly = costly(free, encoded, longest);
                }
                Code now = ability.texts() ? costly : free;
                HostParts parts = new HostParts(handler, now, program, encoded, ability, exactness);
                Optional<Code> cut = parts.cut(now, share == KernelShare.LITTLE);
                if (cut.isPresent()) {
                    return cut.get();
                }
                if (ability == KernelShare.Ability.ALL) {
                    refused = Optional.of(parts.unsupported(now.body()));
                }
            }
        }
        throw refused.orElseThrow();
    }

    private static Code costly(Code free, EncodedTexts encoded, int longest) {
        Code code = KernelTexts.apply(free, encoded.variables(free), longest, true);
        return code == free ? code : DeadCode.apply(CopyPropagation.apply(code));
    }

    private Optional<Code> cut(Code code, boolean little) {
        Place all = new Place(true, false, Set.of(), new BitSet(), Liveness.Exits.NONE, GlobalTouches.NONE,
                GlobalTouches.NONE);
        List<Op> ops = Postponement.apply(code.body(), needs).ops();
        Optional<List<Op>> cut = little ? tail(ops, all) : cut(ops, all);
        return cut.isEmpty() ? Optional.empty()
                : Optional.of(new Code(code.name(), code.parameters(), variables, code.result(), new Region(cut.get()), code.span()));
    }

    private static boolean ofSession(IrHandler handler) {
        for (ProbeSite site : handler.sites()) {
            if (!(site instanceof ProbeSite.Begin || site instanceof ProbeSite.End || site instanceof ProbeSite.Error)) {
                return false;
            }
        }
        return true;
    }

    private KernelUnsupported unsupported(Region body) {
        List<Op> found = new ArrayList<>();
        OpFinder.visit(body, op -> {
            if (found.isEmpty() && needs.construct(op).isPresent()) {
                found.add(op);
            }
        });
        return new KernelUnsupported(needs.construct(found.getFirst()).orElseThrow()
                + " is not possible in the kernel and is left to the host; that cannot be done here, because "
                + obstacle.orElse("the handler goes on in the kernel"), found.getFirst().span());
    }

    /**
     * Where a region stands.
     *
     * @param last    whether nothing of the handler comes behind it
     * @param tried   whether a {@code try} of the kernel part is around it
     * @param lastScopes scopes behind which nothing of the handler comes
     * @param needed  variables that are needed behind it
     * @param earlier globals that the kernel part may have touched before
     * @param later   globals that the kernel part may touch afterwards
     */
    private record Place(boolean last, boolean tried, Set<Integer> lastScopes, BitSet needed, Liveness.Exits exits,
                         GlobalTouches earlier, GlobalTouches later) {
        Place following(GlobalTouches touched) {
            return new Place(last, tried, lastScopes, needed, exits, earlier.and(touched), later);
        }
    }

    private boolean needsHost(List<Op> ops) {
        boolean[] found = new boolean[1];
        OpFinder.visit(ops, op -> found[0] |= needs.construct(op).isPresent() || needs.prefersHost(op));
        return found[0];
    }

    private Optional<List<Op>> tail(List<Op> ops, Place place) {
        int first = 0;
        while (first < ops.size() && !needsHost(List.of(ops.get(first)))) {
            first++;
        }
        List<Op> front = first == ops.size() ? List.of() : ops.subList(0, first);
        Optional<List<Op>> block = block(ops.subList(front.size(), ops.size()), place.following(touched(front)), true);
        return block.isPresent() ? Optional.of(joined(front, block.get(), List.of())) : cut(ops, place);
    }

    /** The operations with blocks for what the host has to do; empty where that is not possible. */
    private Optional<List<Op>> cut(List<Op> ops, Place place) {
        int first = 0;
        while (first < ops.size() && !needsHost(List.of(ops.get(first)))) {
            first++;
        }
        if (first == ops.size()) {
            return Optional.of(ops);
        }
        BitSet[] needed = Liveness.behind(ops, place.needed(), place.exits());
        List<Op> front = ops.subList(0, first);
        List<Op> rest = ops.subList(first + 1, ops.size());
        Place here = place.following(touched(front));
        boolean possible = needs.construct(ops.get(first)).isEmpty();
        boolean unwanted = needs.prefersHost(ops.get(first));
        if (possible && !unwanted) {
            Optional<List<Op>> stays = stays(ops, first, behind(here, rest, needed[first]), here);
            if (stays.isPresent()) {
                return stays;
            }
        }
        if (place.last()) {
            Optional<List<Op>> block = block(ops.subList(first, ops.size()), here, true);
            if (block.isPresent()) {
                return Optional.of(joined(front, block.get(), List.of()));
            }
        }
        if (possible && unwanted) {
            Optional<List<Op>> stays = stays(ops, first, behind(here, rest, needed[first]), here);
            if (stays.isPresent()) {
                return stays;
            }
        }
        for (int end = first + 1; end <= ops.size(); end++) {
            List<Op> behind = ops.subList(end, ops.size());
            Optional<List<Op>> block = block(ops.subList(first, end), behind(here, behind, needed[end - 1]), false);
            Optional<List<Op>> following = block.isPresent() ? cut(behind, here) : Optional.empty();
            if (following.isPresent()) {
                return Optional.of(joined(front, block.get(), following.get()));
            }
        }
        Optional<Op> pushed = possible ? pushed(ops.get(first), rest, place) : Optional.empty();
        return pushed.isPresent() ? cut(joined(front, List.of(pushed.get()), List.of()), place) : Optional.empty();
    }

    private GlobalTouches touched(List<Op> ops) {
        return GlobalTouches.inKernel(ops, functions, needs);
    }

    /**
     * A branch or {@code try} with what comes behind it at the end of each of its ways: so each way can go on with what it has
     * computed, where only one of them needs the host. Empty where that is not possible, or makes the handler too long.
     */
    private Optional<Op> pushed(Op op, List<Op> rest, Place place) {
        int[] size = new int[1];
        boolean[] fails = new boolean[1];
        OpFinder.visit(rest, inner -> {
            size[0]++;
            fails[0] |= needs.mayFail(inner);
        });
        if (rest.isEmpty() || size[0] > room) {
            return Optional.empty();
        }
        Optional<Op> pushed = switch (op) {
            case Op.If o -> Optional.of(new Op.If(o.condition(), followed(o.then(), rest, place), followed(o.otherwise(), rest, place),
                    o.span()));
            case Op.Try o when !fails[0] -> Optional.of(new Op.Try(followed(o.body(), rest, place), o.message(),
                    followed(o.handler(), rest, place), o.span()));
            default -> Optional.empty();
        };
        room -= pushed.isPresent() ? size[0] : 0;
        return pushed;
    }

    private Region followed(Region way, List<Op> rest, Place place) {
        BitSet outside = place.exits().all();
        outside.or(place.needed());
        return Postponement.apply(new Region(joined(way.ops(), rest, List.of())), needs, outside);
    }

    /** The operations with that at {@code first} in the kernel. {@code at} is its place. */
    private Optional<List<Op>> stays(List<Op> ops, int first, Place at, Place place) {
        Optional<Op> inner = inside(ops.get(first), at);
        Optional<List<Op>> following = inner.isPresent()
                ? cut(ops.subList(first + 1, ops.size()), place.following(touched(ops.subList(first, first + 1)))) : Optional.empty();
        return following.isPresent() ? Optional.of(joined(ops.subList(0, first), List.of(inner.get()), following.get()))
                : Optional.empty();
    }

    private Place behind(Place place, List<Op> rest, BitSet needed) {
        return new Place(place.last() && rest.isEmpty(), place.tried(), place.lastScopes(), needed, place.exits(),
                place.earlier(), place.later().and(touched(rest)));
    }

    private static List<Op> joined(List<Op> front, List<Op> middle, List<Op> end) {
        List<Op> all = new ArrayList<>(front);
        all.addAll(middle);
        all.addAll(end);
        return all;
    }

    /** The operation with blocks in its regions. {@code place} is that of the operation. */
    private Optional<Op> inside(Op op, Place place) {
        return switch (op) {
            case Op.If o -> {
                Optional<List<Op>> then = cut(o.then().ops(), place);
                Optional<List<Op>> otherwise = then.isPresent() ? cut(o.otherwise().ops(), place) : Optional.empty();
                yield otherwise.isPresent()
                        ? Optional.of(new Op.If(o.condition(), new Region(then.get()), new Region(otherwise.get()), o.span()))
                        : Optional.empty();
            }
            case Op.Scope o -> {
                Set<Integer> lastScopes = new HashSet<>(place.lastScopes());
                if (place.last()) {
                    lastScopes.add(o.label());
                }
                Place within = new Place(place.last(), place.tried(), lastScopes, place.needed(),
                        place.exits().inScope(o.label(), place.needed()), place.earlier(), place.later());
                Optional<List<Op>> body = cut(o.body().ops(), within);
                yield body.isPresent() ? Optional.of(new Op.Scope(o.label(), new Region(body.get()), o.span())) : Optional.empty();
            }
            case Op.Loop o -> {
                BitSet turn = Liveness.turn(o.body(), place.needed(), place.exits(), new BitSet());
                Place within = new Place(false, place.tried(), Set.of(), turn, place.exits().inLoop(place.needed(), turn),
                        place.earlier().and(touched(o.body().ops())), place.later().and(touched(o.body().ops())));
                Optional<List<Op>> body = cut(o.body().ops(), within);
                yield body.isPresent() ? Optional.of(new Op.Loop(new Region(body.get()), o.span())) : Optional.empty();
            }
            case Op.Foreach o -> {
                Optional<Region> body = turns(o, o.body(), o.keys(), o.value(), place);
                yield body.isPresent() ? Optional.of(new Op.Foreach(o.global(), o.keys(), o.value(), o.slices(), o.sort(), o.limit(),
                        body.get(), o.span())) : Optional.empty();
            }
            case Op.ForeachBucket o -> {
                Optional<Region> body = turns(o, o.body(), List.of(o.key()), o.value(), place);
                yield body.isPresent() ? Optional.of(new Op.ForeachBucket(o.global(), o.statKeys(), o.histogram(), o.key(), o.value(),
                        o.limit(), body.get(), o.span())) : Optional.empty();
            }
            case Op.Try o -> {
                BitSet handlerNeeds = Liveness.before(o.handler(), place.needed(), place.exits());
                Place within = new Place(place.last(), true, place.lastScopes(), place.needed(), place.exits().inTry(handlerNeeds),
                        place.earlier(), place.later().and(touched(o.handler().ops())));
                Optional<List<Op>> body = cut(o.body().ops(), within);
                Optional<List<Op>> handler = body.isPresent() ? cut(o.handler().ops(), place.following(touched(o.body().ops())))
                        : Optional.empty();
                yield handler.isPresent() ? Optional.of(new Op.Try(new Region(body.get()), o.message(), new Region(handler.get()),
                        o.span())) : Optional.empty();
            }
            default -> needs.prefersHost(op) ? Optional.of(op) : Optional.empty();
        };
    }

    /** The body of a {@code foreach} with blocks in it. */
    private Optional<Region> turns(Op loop, Region turns, List<Variable> keys, Optional<Variable> value, Place place) {
        BitSet fresh = new BitSet();
        for (Variable key : keys) {
            fresh.set(key.id());
        }
        value.ifPresent(each -> fresh.set(each.id()));
        BitSet turn = Liveness.turn(turns, place.needed(), place.exits(), fresh);
        Place within = new Place(false, place.tried(), Set.of(), turn, place.exits().inLoop(place.needed(), turn),
                place.earlier().and(touched(List.of(loop))), place.later().and(touched(List.of(loop))));
        Optional<List<Op>> body = cut(turns.ops(), within);
        return body.isPresent() ? Optional.of(new Region(body.get())) : Optional.empty();
    }

    /**
     * One block for a run of operations, with what has to be asked for before it in front.
     *
     * @param place    what comes behind the run
     * @param toTheEnd whether the run ends where the handler ends
     */
    private Optional<List<Op>> block(List<Op> run, Place place, boolean toTheEnd) {
        Optional<String> problem = BlockChecks.problem(run, needs, place.lastScopes(), toTheEnd, place.tried());
        GlobalTouches touches = GlobalTouches.of(run, functions);
        if (problem.isEmpty() && touches.conflicts(place.later())) {
            problem = Optional.of("the kernel part goes on to use the same globals");
        }
        if (problem.isEmpty() && !toTheEnd && needs.leavesGroups(run)) {
            problem = Optional.of("what it matched is asked for afterwards");
        }
        BitSet given = Liveness.written(run);
        given.and(place.needed());
        if (problem.isEmpty() && !toTheEnd && !given.isEmpty()) {
            problem = Optional.of("the handler needs "
                    + BlockChecks.nameOf(variables.get(given.nextSetBit(0))) + " afterwards in the kernel");
        }
        if (problem.isEmpty() && exactness == Exactness.READS_AND_SETS && setsLate(touches, place.earlier())) {
            problem = Optional.of("what the kernel part counts is set with it");
        }
        if (problem.isPresent()) {
            note(run, problem.get());
            return Optional.empty();
        }
        BitSet changed = touches.changedBy(place.earlier());
        BlockBuilder builder = new BlockBuilder(handler, run, needs, variables, onlyWrittenIn(run), changed,
                toTheEnd ? place.lastScopes() : Set.of());
        int known = variables.size();
        Optional<BlockBuilder.Built> built = builder.build();
        if (built.isEmpty()) {
            note(run, "memory or facts of the event are asked for behind it");
        } else if (exactness != Exactness.NONE && built.get().late()) {
            variables.subList(known, variables.size()).clear();
            note(run, "what the kernel part counts is read with it");
            return Optional.empty();
        }
        return built.map(BlockBuilder.Built::ops);
    }

    /** Whether operations of the host set a scalar that the kernel part has touched: other events may come between. */
    private boolean setsLate(GlobalTouches touches, GlobalTouches earlier) {
        for (int global = touches.writes().nextSetBit(0); global >= 0; global = touches.writes().nextSetBit(global + 1)) {
            if (!needs.isArray(global) && (earlier.reads().get(global) || earlier.writes().get(global))) {
                return true;
            }
        }
        return false;
    }

    /** What can stay in the kernel is no obstacle. */
    private void note(List<Op> run, String problem) {
        if (obstacle.isEmpty()) {
            OpFinder.visit(run, op -> obstacle = needs.construct(op).isPresent() ? Optional.of(problem) : obstacle);
        }
    }

    /** Variables that nothing else writes: before the run they are 0 or "". */
    private BitSet onlyWrittenIn(List<Op> run) {
        int[] here = Liveness.writes(run, writes.length);
        BitSet only = new BitSet();
        for (int id = 0; id < writes.length; id++) {
            if (here[id] == writes[id]) {
                only.set(id);
            }
        }
        return only;
    }
}
