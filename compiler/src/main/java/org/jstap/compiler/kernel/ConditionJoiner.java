package org.jstap.compiler.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;

/** Puts the condition of a probe point in front of its handler. */
final class ConditionJoiner {
    private ConditionJoiner() { }

    static Code join(Code condition, Code code) {
        List<Variable> variables = new ArrayList<>(code.variables());
        Map<Variable, Variable> renamed = new HashMap<>();
        for (Variable variable : condition.variables()) {
            Variable now = new Variable(variables.size(), "if." + variable.name(), variable.type());
            renamed.put(variable, now);
            variables.add(now);
        }
        OpRewriter rename = new OpRewriter() {
            @Override
            protected Operand use(Operand operand) {
                return operand instanceof Variable variable ? renamed.get(variable) : operand;
            }

            @Override
            protected Variable define(Variable variable) {
                return renamed.get(variable);
            }

            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.Return leave && leave.value().isPresent()) {
                    Region stop = new Region(List.of(new Op.LeaveHandler(op.span())));
                    return new Op.If(use(leave.value().get()), Region.EMPTY, stop, op.span());
                }
                return super.rewrite(op);
            }
        };
        List<Op> ops = new ArrayList<>();
        for (Op op : condition.body().ops()) {
            ops.add(rename.rewrite(op));
        }
        ops.addAll(code.body().ops());
        return new Code(code.name(), code.parameters(), variables, code.result(), new Region(ops), code.span());
    }
}
