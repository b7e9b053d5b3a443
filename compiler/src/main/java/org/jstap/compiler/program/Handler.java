package org.jstap.compiler.program;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jstap.language.source.Span;

/**
 * One body of code and the probe sites at which it runs. Sites share a handler only where all its target variables resolve alike.
 *
 * @param id        position in {@link Program#handlers()}
 * @param point     the probe point as the script spells it, for {@code pp()} and messages
 * @param sites     where it runs, in order
 * @param optional  positions of sites that the script marks with {@code ?}: they may be missing on a kernel
 * @param condition the probe condition ({@code if (…)} behind the probe point)
 */
public record Handler(int id, String point, List<ProbeSite> sites, Set<Integer> optional, Optional<Expr> condition,
                      List<Local> locals, Stmt body, Span span) {
    public Handler {
        sites = List.copyOf(sites);
        optional = Set.copyOf(optional);
        locals = List.copyOf(locals);
    }
}
