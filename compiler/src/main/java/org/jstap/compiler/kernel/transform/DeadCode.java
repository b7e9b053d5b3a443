package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Effects;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Uses;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr.ArithmeticOp;

/**
 * Removes what computes values that nobody reads. A memory read is among it: an alias offers more variables than a script uses, and
 * SystemTap does not read what is not used either.
 */
final class DeadCode {
    private DeadCode() { }

    static Code apply(Code code) {
        Code now = code;
        while (true) {
            Uses uses = Uses.of(now);
            Remover remover = new Remover(uses);
            Region body = remover.region(now.body());
            if (!remover.changed) {
                return now;
            }
            now = new Code(now.name(), now.parameters(), now.variables(), now.result(), body, now.span());
        }
    }

    private static final class Remover extends OpRewriter {
        private final Uses uses;
        private boolean changed;

        Remover(Uses uses) {
            this.uses = uses;
        }

        @Override
        protected Region region(Region region) {
            List<Op> ops = new ArrayList<>();
            for (Op op : region.ops()) {
                if (useless(op)) {
                    changed = true;
                } else if (op instanceof Op.Capture capture && read(capture).size() < capture.groups().size()) {
                    changed = true;
                    ops.add(new Op.Capture(capture.to(), capture.regex(), capture.text(), read(capture), capture.span()));
                } else {
                    ops.add(rewrite(op));
                }
            }
            return new Region(ops);
        }

        private boolean useless(Op op) {
            return switch (op) {
                case Op.Move o -> unread(o.to()) || o.to().equals(o.from());
                case Op.Unary o -> unread(o.to());
                case Op.Arithmetic o -> unread(o.to()) && o.op() != ArithmeticOp.DIV && o.op() != ArithmeticOp.MOD;
                case Op.Compare o -> unread(o.to());
                case Op.Concat o -> unread(o.to());
                case Op.Format o -> unread(o.to());
                case Op.Capture o -> unread(o.to()) && read(o).isEmpty();
                case Op.ReadGlobal o -> unread(o.to());
                case Op.Contains o -> unread(o.to());
                case Op.LoadArgument o -> unread(o.to());
                case Op.LoadResult o -> unread(o.to());
                case Op.LoadMemory o -> unread(o.to());
                case Op.CallIntrinsic o -> unread(o.to()) && !Effects.has(o.intrinsic());
                case Op.If o -> o.then().isEmpty() && o.otherwise().isEmpty();
                case Op.Scope o -> o.body().isEmpty();
                default -> false;
            };
        }

        /** The groups that somebody reads. */
        private List<Op.Group> read(Op.Capture capture) {
            List<Op.Group> read = new ArrayList<>(capture.groups().size());
            for (Op.Group group : capture.groups()) {
                if (!unread(group.to())) {
                    read.add(group);
                }
            }
            return read;
        }

        private boolean unread(Variable variable) {
            return uses.reads(variable) == 0;
        }

        private boolean unread(Optional<Variable> variable) {
            return variable.isPresent() && unread(variable.get());
        }
    }
}
