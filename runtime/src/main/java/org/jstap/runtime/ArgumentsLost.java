package org.jstap.runtime;

/**
 * The kernel has no trampoline that would keep the arguments of a function until it returns. Nothing of the script has run. Analysed
 * again with {@code AnalysisOptions.savesArguments}, it does without.
 */
public final class ArgumentsLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArgumentsLost() {
        super("a return handler needs a trampoline", null, false, false);
    }
}
