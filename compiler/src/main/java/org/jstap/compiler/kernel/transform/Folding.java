package org.jstap.compiler.kernel.transform;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.syscall.SystemCalls;

/** Computes what has become constant by inlining and copy propagation, and takes the one way that a constant condition leaves. */
final class Folding extends OpRewriter {
    private boolean changed;

    private Folding() { }

    /** @return the same object where nothing is constant */
    static Code apply(Code code) {
        Folding folding = new Folding();
        Region body = folding.region(code.body());
        return folding.changed ? new Code(code.name(), code.parameters(), code.variables(), code.result(), body, code.span()) : code;
    }

    @Override
    protected Region region(Region region) {
        List<Op> ops = new ArrayList<>(region.ops().size());
        for (Op op : region.ops()) {
            Op now = rewrite(op);
            if (now instanceof Op.If branch && branch.condition() instanceof Operand.Number condition) {
                changed = true;
                ops.addAll((condition.value() != 0 ? branch.then() : branch.otherwise()).ops());
            } else {
                ops.add(now);
            }
        }
        return new Region(ops);
    }

    @Override
    public Op rewrite(Op op) {
        return switch (op) {
            case Op.Arithmetic o when o.left() instanceof Operand.Number a && o.right() instanceof Operand.Number b -> {
                OptionalLong value = arithmetic(o, a.value(), b.value());
                yield value.isPresent() ? constant(new Op.Move(o.to(), new Operand.Number(value.getAsLong()), o.span())) : op;
            }
            case Op.Compare o when o.left() instanceof Operand.Number a && o.right() instanceof Operand.Number b ->
                    constant(new Op.Move(o.to(), new Operand.Number(holds(o, Long.compare(a.value(), b.value()))), o.span()));
            case Op.Unary o when o.operand() instanceof Operand.Number a ->
                    constant(new Op.Move(o.to(), new Operand.Number(switch (o.op()) {
                        case NEGATE -> -a.value();
                        case COMPLEMENT -> ~a.value();
                        case NOT -> a.value() == 0 ? 1 : 0;
                    }), o.span()));
            case Op.CallIntrinsic o when o.to().isPresent() && o.intrinsic() == Intrinsic.SYSCALL_NUM
                    && o.arguments().getFirst() instanceof Operand.Text name ->
                    constant(new Op.Move(o.to().get(), new Operand.Number(SystemCalls.current().number(name.value())), o.span()));
            case Op.CallIntrinsic o when o.to().isPresent() && swapped(o).isPresent() ->
                    constant(new Op.Move(o.to().get(), swapped(o).get(), o.span()));
            default -> super.rewrite(op);
        };
    }

    private Op constant(Op op) {
        changed = true;
        return op;
    }

    private static long holds(Op.Compare op, int order) {
        boolean holds = switch (op.op()) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
        return holds ? 1 : 0;
    }

    /** Division is left to where its errors are. */
    private static OptionalLong arithmetic(Op.Arithmetic op, long a, long b) {
        return switch (op.op()) {
            case ADD -> OptionalLong.of(a + b);
            case SUB -> OptionalLong.of(a - b);
            case MUL -> OptionalLong.of(a * b);
            case AND -> OptionalLong.of(a & b);
            case OR -> OptionalLong.of(a | b);
            case XOR -> OptionalLong.of(a ^ b);
            case SHL -> OptionalLong.of(a << b);
            case SHR -> OptionalLong.of(a >> b);
            case DIV, MOD -> OptionalLong.empty();
        };
    }

    /** From network byte order to the machine's, or back. */
    private static Optional<Operand> swapped(Op.CallIntrinsic op) {
        if (op.arguments().size() != 1 || !(op.arguments().getFirst() instanceof Operand.Number number)) {
            return Optional.empty();
        }
        boolean same = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        long value = number.value();
        return switch (op.intrinsic()) {
            case NTOHS -> Optional.of(new Operand.Number((same ? value : Short.reverseBytes((short) value)) & 0xffff));
            case NTOHL -> Optional.of(new Operand.Number((same ? value : Integer.reverseBytes((int) value)) & 0xffffffffL));
            case NTOHLL -> Optional.of(new Operand.Number(same ? value : Long.reverseBytes(value)));
            default -> Optional.empty();
        };
    }
}
