package org.jstap.compiler.kernel.transform;

import java.util.BitSet;
import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;

/** Which variables are written on every way to each of their reads. The others rely on starting as 0 or "". */
public final class Availability extends OpRewriter {
    private final BitSet early;
    private BitSet written = new BitSet();

    private Availability(int variables) {
        early = new BitSet(variables);
    }

    public static Availability of(Code code) {
        Availability availability = new Availability(code.variables().size());
        for (Variable parameter : code.parameters()) {
            availability.written.set(parameter.id());
        }
        availability.region(code.body());
        return availability;
    }

    /** Whether each read of the variable comes after a write. */
    public boolean alwaysWritten(Variable variable) {
        return !early.get(variable.id());
    }

    @Override
    protected Operand use(Operand operand) {
        if (operand instanceof Variable variable && !written.get(variable.id())) {
            early.set(variable.id());
        }
        return operand;
    }

    @Override
    protected Variable define(Variable variable) {
        written.set(variable.id());
        return variable;
    }

    @Override
    public Op rewrite(Op op) {
        return switch (op) {
            case Op.If branch -> {
                use(branch.condition());
                BitSet before = (BitSet) written.clone();
                BitSet then = after(branch.then(), before);
                BitSet otherwise = after(branch.otherwise(), before);
                written = then;
                written.and(otherwise);
                yield op;
            }
            case Op.Scope _, Op.Loop _, Op.Foreach _, Op.ForeachBucket _, Op.Try _ -> {
                BitSet before = (BitSet) written.clone();
                super.rewrite(op);
                written = before;
                yield op;
            }
            default -> super.rewrite(op);
        };
    }

    /** What is written behind the region; everything where it never ends. */
    private BitSet after(Region region, BitSet before) {
        written = (BitSet) before.clone();
        region(region);
        List<Op> ops = region.ops();
        if (!ops.isEmpty() && leaves(ops.getLast())) {
            BitSet all = new BitSet();
            all.set(0, Math.max(early.size(), 1 << 16));
            return all;
        }
        return written;
    }

    private static boolean leaves(Op op) {
        return op instanceof Op.Return || op instanceof Op.LeaveHandler || op instanceof Op.LeaveScope || op instanceof Op.Break
                || op instanceof Op.Continue;
    }
}
