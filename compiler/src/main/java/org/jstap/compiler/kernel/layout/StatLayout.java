package org.jstap.compiler.kernel.layout;

import java.util.Set;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.StatShape;

/**
 * A statistic as a kernel handler accumulates it, per CPU. Only what some extractor needs has a place; an offset of -1 is absent.
 *
 * @param count   number of values
 * @param sum     their sum
 * @param min     least value; with count 0 meaningless
 * @param max     greatest value
 * @param mean    running mean, shifted left by the bit shift of the statistic
 * @param squares sum of products of the distances from the mean before and after each value, shifted left by twice that
 * @param buckets offset of the first bucket count
 * @param bucketCount number of buckets, 0 without a histogram
 * @param size    bytes of all
 */
public record StatLayout(int count, int sum, int min, int max, int mean, int squares, int buckets, int bucketCount, int size) {
    /** Buckets of a logarithmic histogram; bucket 64 holds zero. */
    public static final int LOG_BUCKETS = 128;

    /** More buckets than any histogram may have. */
    private static final int LARGEST = 1024;

    public static StatLayout of(StatShape shape) {
        Set<StatKind> kinds = shape.extractors();
        boolean all = kinds.isEmpty() && shape.histogram().isEmpty();
        int next = 8;
        int sum = -1;
        int min = -1;
        int max = -1;
        int mean = -1;
        int squares = -1;
        if (all || kinds.contains(StatKind.SUM) || kinds.contains(StatKind.AVG) || kinds.contains(StatKind.VARIANCE)) {
            sum = next;
            next += 8;
        }
        if (all || kinds.contains(StatKind.MIN)) {
            min = next;
            next += 8;
        }
        if (all || kinds.contains(StatKind.MAX)) {
            max = next;
            next += 8;
        }
        if (kinds.contains(StatKind.VARIANCE)) {
            mean = next;
            squares = next + 8;
            next += 16;
        }
        int bucketCount = shape.histogram().isEmpty() ? 0 : buckets(shape.histogram().get());
        return new StatLayout(0, sum, min, max, mean, squares, bucketCount == 0 ? -1 : next, bucketCount, next + 8 * bucketCount);
    }

    /** How many buckets a histogram has, with those below and above a linear one. */
    public static int buckets(HistogramShape shape) {
        return switch (shape) {
            case HistogramShape.Log _ -> LOG_BUCKETS;
            // With such parameters the session does not start, and says why.
            case HistogramShape.Linear linear when linear.width() <= 0 || linear.high() < linear.low() -> 1;
            case HistogramShape.Linear linear -> (int) Math.min((linear.high() - linear.low()) / linear.width() + 3, LARGEST);
        };
    }
}
