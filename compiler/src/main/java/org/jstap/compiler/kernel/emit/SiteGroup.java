package org.jstap.compiler.kernel.emit;

import java.util.List;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.program.ProbeSite;

/**
 * Sites of one handler that are attached in the same way.
 *
 * @param sites      positions among the handler's sites
 * @param mechanisms ways to attach, best first
 */
public record SiteGroup(IrHandler handler, List<Integer> sites, List<Mechanism> mechanisms) {
    public SiteGroup {
        sites = List.copyOf(sites);
        mechanisms = List.copyOf(mechanisms);
    }

    /** Whether the handler can only run where a trampoline keeps the arguments of a function until it returns. */
    public boolean needsArgumentsAtReturn() {
        for (Mechanism mechanism : mechanisms) {
            if (mechanism != Mechanism.FEXIT && mechanism != Mechanism.FEXIT_READING) {
                return false;
            }
        }
        return true;
    }

    /** Whether a mechanism can serve a site as far as is known here: a trampoline needs a function that BTF describes. */
    public boolean isPossible(Mechanism mechanism, int site) {
        return !(handler.sites().get(site) instanceof ProbeSite.KernelFunction function) || !mechanism.onePerSite()
                || function.funcId().isPresent();
    }
}
