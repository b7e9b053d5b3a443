package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;

/** From which to which operation, counted in the order of emission, a variable is in use, and how often it is touched. */
final class Lifetimes extends OpRewriter {
    private final int[] first;
    private final int[] last;
    private final int[] touches;
    private final boolean[] inLoop;
    private int position;
    private int loopDepth;

    private Lifetimes(int variables) {
        first = new int[variables];
        last = new int[variables];
        touches = new int[variables];
        inLoop = new boolean[variables];
        java.util.Arrays.fill(first, Integer.MAX_VALUE);
        java.util.Arrays.fill(last, -1);
    }

    static Lifetimes of(Code code) {
        Lifetimes lifetimes = new Lifetimes(code.variables().size());
        for (Variable parameter : code.parameters()) {
            lifetimes.touch(parameter);
        }
        lifetimes.region(code.body());
        return lifetimes;
    }

    int first(Variable variable) {
        return first[variable.id()];
    }

    int last(Variable variable) {
        return last[variable.id()];
    }

    int touches(Variable variable) {
        return touches[variable.id()];
    }

    /** Whether a loop body, which is a function of its own, touches it. */
    boolean inLoop(Variable variable) {
        return inLoop[variable.id()];
    }

    /** Lets the variable live from the start, since it may be read before it is written. */
    void fromStart(Variable variable) {
        if (touches[variable.id()] > 0) {
            first[variable.id()] = -1;
        }
    }

    @Override
    protected Operand use(Operand operand) {
        if (operand instanceof Variable variable) {
            touch(variable);
        }
        return operand;
    }

    @Override
    protected Variable define(Variable variable) {
        touch(variable);
        return variable;
    }

    private void touch(Variable variable) {
        int id = variable.id();
        first[id] = Math.min(first[id], position);
        last[id] = Math.max(last[id], position);
        touches[id]++;
        inLoop[id] |= loopDepth > 0;
    }

    @Override
    public Op rewrite(Op op) {
        position++;
        if (!(op instanceof Op.Loop)) {
            return super.rewrite(op);
        }
        int start = position;
        loopDepth++;
        super.rewrite(op);
        loopDepth--;
        position++;
        for (int id = 0; id < first.length; id++) {
            if (last[id] >= start) {
                first[id] = Math.min(first[id], start);
                last[id] = position;
            }
        }
        return op;
    }

    @Override
    protected Region region(Region region) {
        Region same = super.region(region);
        position++;
        return same;
    }

    /** Whether the code has a loop. */
    static boolean hasLoop(Region region) {
        for (Op op : region.ops()) {
            boolean found = switch (op) {
                case Op.Loop _ -> true;
                case Op.If o -> hasLoop(o.then()) || hasLoop(o.otherwise());
                case Op.Scope o -> hasLoop(o.body());
                case Op.Try o -> hasLoop(o.body()) || hasLoop(o.handler());
                default -> false;
            };
            if (found) {
                return true;
            }
        }
        return false;
    }
}
