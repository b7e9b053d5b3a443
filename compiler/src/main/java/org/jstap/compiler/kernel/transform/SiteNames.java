package org.jstap.compiler.kernel.transform;

import org.jstap.compiler.program.ProbeSite;

/** What {@code probefunc()} returns at a probe site. */
public final class SiteNames {
    private SiteNames() { }

    /** The probed function; "" where the site is in none. */
    public static String function(ProbeSite site) {
        return switch (site) {
            case ProbeSite.KernelFunction function -> function.name();
            case ProbeSite.UserCode code -> code.name();
            default -> "";
        };
    }
}
