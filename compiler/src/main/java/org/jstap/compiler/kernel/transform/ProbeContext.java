package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/**
 * Puts in what is known of the probe point where a handler has only one. Where that stands for many system calls, it is named after
 * the one that the handler runs for.
 */
final class ProbeContext extends OpRewriter {
    private final IrHandler handler;
    private final List<Variable> variables;
    private Optional<Variable> systemCall = Optional.empty();

    private ProbeContext(IrHandler handler, Code code) {
        this.handler = handler;
        this.variables = new ArrayList<>(code.variables());
    }

    static Code apply(IrHandler handler, Code code) {
        ProbeContext context = new ProbeContext(handler, code);
        Region body = context.region(code.body());
        return new Code(code.name(), code.parameters(), context.variables, code.result(), body, code.span());
    }

    @Override
    protected Region region(Region region) {
        List<Op> ops = new ArrayList<>();
        for (Op op : region.ops()) {
            if (op instanceof Op.CallIntrinsic call && call.intrinsic() == Intrinsic.SYSCALL_POINT) {
                systemCall = Optional.of(name(call.arguments(), ops, call.span()));
            } else {
                ops.add(rewrite(op));
            }
        }
        return new Region(ops);
    }

    @Override
    public Op rewrite(Op op) {
        if (op instanceof Op.CallIntrinsic call && call.to().isPresent()) {
            Optional<Operand> known = known(call.intrinsic());
            if (known.isPresent()) {
                return new Op.Move(call.to().get(), known.get(), call.span());
            }
        }
        return super.rewrite(op);
    }

    private Variable name(List<Operand> arguments, List<Op> ops, Span at) {
        Variable alias = fresh();
        ops.add(new Op.CallIntrinsic(Optional.of(alias), Intrinsic.SYSCALL_ALIAS, arguments.subList(0, 1), at));
        Variable front = fresh();
        ops.add(new Op.Concat(front, arguments.get(1), alias, at));
        Variable all = fresh();
        ops.add(new Op.Concat(all, front, arguments.get(2), at));
        return all;
    }

    private Variable fresh() {
        Variable variable = new Variable(variables.size(), "point." + variables.size(), Type.STRING);
        variables.add(variable);
        return variable;
    }

    private Optional<Operand> known(Intrinsic intrinsic) {
        List<ProbeSite> sites = handler.sites();
        if (systemCall.isPresent() && (intrinsic == Intrinsic.PP
                || intrinsic == Intrinsic.PN && handler.point().equals(sites.getFirst().text()))) {
            return Optional.of(systemCall.get());
        }
        if (intrinsic == Intrinsic.PN) {
            return Optional.of(new Operand.Text(handler.point()));
        }
        if (sites.size() != 1) {
            return Optional.empty();
        }
        return switch (intrinsic) {
            case PP -> Optional.of(new Operand.Text(sites.getFirst().text()));
            case PROBEFUNC -> Optional.of(new Operand.Text(SiteNames.function(sites.getFirst())));
            default -> Optional.empty();
        };
    }
}
