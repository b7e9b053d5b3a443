package org.jstap.compiler.program;

import java.util.Optional;
import java.util.Set;

/**
 * What a statistic has to remember, from all its extractors in the script.
 *
 * @param extractors extractors in use, {@code HIST} not among them
 * @param bitShift   bit shift of {@code @variance}, 0 where none is given
 * @param histogram  the one histogram of the statistic, where there is one
 */
public record StatShape(Set<StatKind> extractors, int bitShift, Optional<HistogramShape> histogram) {
    public static final StatShape NONE = new StatShape(Set.of(), 0, Optional.empty());

    public StatShape {
        extractors = Set.copyOf(extractors);
    }
}
