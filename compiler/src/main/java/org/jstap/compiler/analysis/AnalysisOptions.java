package org.jstap.compiler.analysis;

import java.util.Map;
import java.util.Optional;

/**
 * What analysis depends on besides the script.
 *
 * @param guru      whether the script may change the probed context and use constants of the kernel
 * @param overrides initial values of globals given on the command line ({@code -G name=value})
 * @param module    what {@code module_name()} returns
 * @param verbose   whether to warn of optional probe points that were left out
 * @param program   what {@code -c} starts, or the one of {@code -x} runs, which {@code process} without a path means
 * @param savesArguments whether return handlers take arguments from a handler at the entry, since no trampoline is to be had that
 *                 still knows them at the return
 */
public record AnalysisOptions(boolean guru, Map<String, String> overrides, String module, boolean verbose, Optional<String> program,
                              boolean savesArguments) {
    public static final AnalysisOptions DEFAULT = new AnalysisOptions(false, Map.of(), false, Optional.empty());

    public AnalysisOptions(boolean guru, Map<String, String> overrides, boolean verbose, Optional<String> program) {
        this(guru, overrides, "jstap", verbose, program, false);
    }

    public AnalysisOptions {
        overrides = Map.copyOf(overrides);
    }
}
