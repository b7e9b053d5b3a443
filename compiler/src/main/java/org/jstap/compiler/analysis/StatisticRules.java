package org.jstap.compiler.analysis;

import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;
import org.jstap.language.source.Span;

/** A statistic remembers for one bit shift and one histogram only. */
final class StatisticRules {
    private static final long LARGEST_SHIFT = 62;

    private StatisticRules() { }

    static void shift(Variable statistic, long shift, Span at, Diagnostics diagnostics) {
        if (shift < 0 || shift > LARGEST_SHIFT) {
            diagnostics.add(Diagnostic.semanticError("bit-shift-range",
                    "bit shift (" + shift + ") out of range <0.." + LARGEST_SHIFT + ">", at).seeing("operator '@variance'"));
        } else if (statistic.bitShift.isEmpty()) {
            statistic.bitShift = OptionalInt.of((int) shift);
        } else if (statistic.bitShift.getAsInt() != shift) {
            diagnostics.add(Diagnostic.semanticError("bit-shift-conflict",
                    "conflicting bit shifts declared (previously " + statistic.bitShift.getAsInt() + ")", at)
                    .seeing("operator '@variance'").withRelated("the statistic", statistic.span));
        }
    }

    static void histogram(Variable statistic, HistogramShape shape, Span at, Diagnostics diagnostics) {
        if (statistic.histogram.isEmpty()) {
            statistic.histogram = Optional.of(shape);
        } else if (!statistic.histogram.get().equals(shape)) {
            diagnostics.add(Diagnostic.semanticError("histogram-conflict",
                    "multiple histogram types declared on '" + statistic.statisticName() + "'", at)
                    .seeing("operator '" + at.text() + "'").withRelated("the statistic", statistic.span));
        }
    }
}
