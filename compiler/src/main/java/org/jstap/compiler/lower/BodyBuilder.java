package org.jstap.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Local;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** Collects the operations and variables of one handler or function. */
final class BodyBuilder {
    private final List<Variable> variables = new ArrayList<>();
    private List<Op> ops = new ArrayList<>();

    BodyBuilder(List<Local> locals) {
        for (Local local : locals) {
            Type type = local.type() == Type.STRING ? Type.STRING : Type.LONG;
            variables.add(new Variable(variables.size(), local.name(), type));
        }
    }

    Variable local(Local local) {
        return variables.get(local.id());
    }

    Variable temporary(Type type) {
        Variable variable = new Variable(variables.size(), "t" + variables.size(), type == Type.STRING ? Type.STRING : Type.LONG);
        variables.add(variable);
        return variable;
    }

    void add(Op op) {
        ops.add(op);
    }

    /** Collects what {@code part} adds into a region of its own. */
    Region region(Runnable part) {
        List<Op> outer = ops;
        ops = new ArrayList<>();
        part.run();
        Region region = new Region(ops);
        ops = outer;
        return region;
    }

    Code finish(String name, int parameters, Type result, Span span) {
        return new Code(name, variables.subList(0, parameters), variables, result, new Region(ops), span);
    }
}
