package org.jstap.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;

/** Turns the {@code continue} of a loop body into leaving a scope, except where it belongs to a loop further in. */
final class ContinueToScope {
    private ContinueToScope() { }

    /** The same region where it has no such {@code continue}. */
    static Region redirect(Region region, int label) {
        List<Op> ops = new ArrayList<>();
        boolean changed = false;
        for (Op op : region.ops()) {
            Op now = redirect(op, label);
            changed |= now != op;
            ops.add(now);
        }
        return changed ? new Region(ops) : region;
    }

    private static Op redirect(Op op, int label) {
        return switch (op) {
            case Op.Continue turn -> new Op.LeaveScope(label, turn.span());
            case Op.If branch -> {
                Region then = redirect(branch.then(), label);
                Region otherwise = redirect(branch.otherwise(), label);
                yield then == branch.then() && otherwise == branch.otherwise() ? op
                        : new Op.If(branch.condition(), then, otherwise, branch.span());
            }
            case Op.Try attempt -> {
                Region body = redirect(attempt.body(), label);
                Region handler = redirect(attempt.handler(), label);
                yield body == attempt.body() && handler == attempt.handler() ? op
                        : new Op.Try(body, attempt.message(), handler, attempt.span());
            }
            case Op.Scope scope -> {
                Region body = redirect(scope.body(), label);
                yield body == scope.body() ? op : new Op.Scope(scope.label(), body, scope.span());
            }
            default -> op;
        };
    }
}
