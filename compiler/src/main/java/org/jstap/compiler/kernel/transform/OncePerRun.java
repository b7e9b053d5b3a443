package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Uses;
import org.jstap.compiler.ir.Variable;

/**
 * Asks once for what stays the same while a handler runs: who the current task is, the arguments of the event, and globals between
 * two changes of them by the handler. The latter holds because a handler that touches a global more than once either excludes all
 * others or is the only one that ever touches the element.
 *
 * <p>Leaves copies behind for {@link CopyPropagation} to take away.
 */
final class OncePerRun extends OpRewriter {
    private final Uses uses;
    private final Map<Object, Variable> known;

    private OncePerRun(Uses uses, Map<Object, Variable> known) {
        this.uses = uses;
        this.known = known;
    }

    static Code apply(Code code) {
        Region body = new OncePerRun(Uses.of(code), new HashMap<>()).region(code.body());
        return new Code(code.name(), code.parameters(), code.variables(), code.result(), body, code.span());
    }

    private record Global(int global, List<Operand> keys) { }

    private record Argument(int index, int size, boolean signed) { }

    private record Result(int size, boolean signed) { }

    @Override
    public Op rewrite(Op op) {
        return switch (op) {
            case Op.CallIntrinsic call when call.to().isPresent() && isSteady(call.intrinsic()) ->
                    once(call.intrinsic(), call.to().get(), op);
            case Op.LoadArgument load -> once(new Argument(load.index(), load.size(), load.signed()), load.to(), op);
            case Op.LoadResult load -> once(new Result(load.size(), load.signed()), load.to(), op);
            case Op.ReadGlobal read when areSteady(read.keys()) -> once(new Global(read.global(), read.keys()), read.to(), op);
            case Op.WriteGlobal write -> {
                forget(write.global());
                yield op;
            }
            case Op.AddGlobal add -> {
                forget(add.global());
                yield op;
            }
            case Op.Delete delete -> {
                forget(delete.global());
                yield op;
            }
            case Op.HostBlock _ -> {
                forgetGlobals();
                yield op;
            }
            case Op.If branch -> {
                Op.If same = new Op.If(branch.condition(), inside(branch.then(), false), inside(branch.otherwise(), false), op.span());
                forgetChanged(op);
                yield same;
            }
            case Op.Scope scope -> {
                Op.Scope same = new Op.Scope(scope.label(), inside(scope.body(), true), op.span());
                forgetChanged(op);
                yield same;
            }
            case Op.Try attempt -> {
                Region body = inside(attempt.body(), false);
                forgetChanged(op);
                yield new Op.Try(body, attempt.message(), inside(attempt.handler(), false), op.span());
            }
            // The body is a function of its own: what it shares with the outside has to lie in memory.
            case Op.Loop loop -> {
                Region body = new OncePerRun(uses, new HashMap<>()).region(loop.body());
                forgetChanged(op);
                yield new Op.Loop(body, op.span());
            }
            case Op.Foreach _, Op.ForeachBucket _ -> {
                forgetGlobals();
                yield op;
            }
            default -> op;
        };
    }

    /** @param always whether the region is entered whenever control comes by, so that what it learns first stays known behind it */
    private Region inside(Region region, boolean always) {
        OncePerRun inner = new OncePerRun(uses, new HashMap<>(known));
        if (!always) {
            return inner.region(region);
        }
        List<Op> ops = new ArrayList<>(region.ops().size());
        boolean straight = true;
        for (Op op : region.ops()) {
            ops.add(inner.rewrite(op));
            straight &= !mayLeave(op);
            if (straight) {
                known.putAll(inner.known);
            }
        }
        return new Region(ops);
    }

    private static boolean mayLeave(Op op) {
        return switch (op) {
            case Op.LeaveScope _, Op.Return _, Op.LeaveHandler _, Op.Break _, Op.Continue _ -> true;
            case Op.If branch -> mayLeave(branch.then()) || mayLeave(branch.otherwise());
            case Op.Scope scope -> mayLeave(scope.body());
            case Op.Try attempt -> mayLeave(attempt.body()) || mayLeave(attempt.handler());
            case Op.Loop loop -> mayLeave(loop.body());
            default -> false;
        };
    }

    private static boolean mayLeave(Region region) {
        for (Op op : region.ops()) {
            if (mayLeave(op)) {
                return true;
            }
        }
        return false;
    }

    private Op once(Object what, Variable to, Op op) {
        Variable before = known.get(what);
        if (before != null) {
            return new Op.Move(to, before, op.span());
        }
        if (uses.definitions(to) == 1) {
            known.put(what, to);
        }
        return op;
    }

    private boolean areSteady(List<Operand> operands) {
        for (Operand operand : operands) {
            if (operand instanceof Variable variable && uses.definitions(variable) != 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSteady(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case PID, TID, UID, GID, EXECNAME, TASK_CURRENT, TARGET, SITE -> true;
            default -> false;
        };
    }

    private void forget(int global) {
        known.keySet().removeIf(what -> what instanceof Global read && read.global() == global);
    }

    private void forgetGlobals() {
        known.keySet().removeIf(Global.class::isInstance);
    }

    /** After an operation with regions: whatever was changed in one of them. */
    private void forgetChanged(Op op) {
        new OpRewriter() {
            @Override
            public Op rewrite(Op inner) {
                switch (inner) {
                    case Op.WriteGlobal o -> forget(o.global());
                    case Op.AddGlobal o -> forget(o.global());
                    case Op.Delete o -> forget(o.global());
                    case Op.HostBlock _ -> forgetGlobals();
                    default -> { }
                }
                return super.rewrite(inner);
            }
        }.rewrite(op);
    }
}
