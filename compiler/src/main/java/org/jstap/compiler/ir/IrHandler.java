package org.jstap.compiler.ir;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.program.ProbeSite;

/**
 * A handler in intermediate form.
 *
 * @param id        position in {@link IrProgram#handlers()}
 * @param point     the probe point as the script spells it
 * @param sites     where it runs
 * @param optional  positions of sites that may be missing on a kernel
 * @param condition code whose result switches the handler on or off; reads globals only
 */
public record IrHandler(int id, String point, List<ProbeSite> sites, Set<Integer> optional, Optional<Code> condition,
                        Code code) {
    public IrHandler {
        sites = List.copyOf(sites);
        optional = Set.copyOf(optional);
    }
}
