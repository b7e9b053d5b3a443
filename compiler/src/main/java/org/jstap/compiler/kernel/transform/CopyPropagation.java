package org.jstap.compiler.kernel.transform;

import java.util.HashMap;
import java.util.Map;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Uses;
import org.jstap.compiler.ir.Variable;

/** Reads the source of a copy instead of the copy, where both are written once and before they are read. */
final class CopyPropagation {
    private CopyPropagation() { }

    static Code apply(Code code) {
        Uses uses = Uses.of(code);
        Availability availability = Availability.of(code);
        Map<Variable, Operand> sources = new HashMap<>();
        OpRewriter collector = new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.Move move && stable(move.to(), uses, availability)
                        && (!(move.from() instanceof Variable from) || stable(from, uses, availability))) {
                    sources.put(move.to(), move.from());
                }
                return super.rewrite(op);
            }
        };
        for (Op op : code.body().ops()) {
            collector.rewrite(op);
        }
        if (sources.isEmpty()) {
            return code;
        }
        Region body = new Replacer(sources).region(code.body());
        return new Code(code.name(), code.parameters(), code.variables(), code.result(), body, code.span());
    }

    private static boolean stable(Variable variable, Uses uses, Availability availability) {
        return uses.definitions(variable) == 1 && availability.alwaysWritten(variable);
    }

    private static final class Replacer extends OpRewriter {
        private final Map<Variable, Operand> sources;

        Replacer(Map<Variable, Operand> sources) {
            this.sources = sources;
        }

        @Override
        protected Operand use(Operand operand) {
            Operand now = operand;
            while (now instanceof Variable variable && sources.containsKey(variable)) {
                now = sources.get(variable);
            }
            return now;
        }

        @Override
        protected Region region(Region region) {
            return super.region(region);
        }
    }
}
