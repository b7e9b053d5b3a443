package org.jstap.compiler.program;

/** Buckets of a histogram, as drawn by {@code @hist_log} and {@code @hist_linear}. */
public sealed interface HistogramShape {
    /** 128 buckets by powers of two; bucket 64 holds zero. */
    record Log() implements HistogramShape { }

    /** Buckets of {@code width} from {@code low} to {@code high}, with one below and one above. */
    record Linear(long low, long high, long width) implements HistogramShape { }
}
