package org.jstap.compiler.probe;

import java.util.List;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.Statement;

/**
 * One site of a probe, and what the aliases on the way to it add.
 *
 * @param name       as the script spells it, an alias with its wildcards resolved; what {@code pn()} returns
 * @param before     bodies of aliases that run before that of the probe, in order
 * @param after      bodies that run after it
 * @param conditions all of which must hold
 * @param written    the point that the script wrote
 */
public record ResolvedPoint(String name, ProbeSite site, ProbeContext context, List<Statement.Block> before,
                            List<Statement.Block> after, List<Expression> conditions, ProbePoint written) {
    public ResolvedPoint {
        before = List.copyOf(before);
        after = List.copyOf(after);
        conditions = List.copyOf(conditions);
    }

    /** Whether an alias led here, and did not only lend its name. */
    public boolean isOfAlias() {
        for (Statement.Block block : before) {
            if (!Snippets.isOne(block)) {
                return true;
            }
        }
        return !after.isEmpty();
    }
}
