package org.jstap.compiler.kernel.emit;

import java.util.List;
import org.jstap.compiler.ir.IrHandler;

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
}
