package org.jstap.compiler.host.stat;

import java.util.Arrays;
import java.util.Optional;

/**
 * A statistic: what {@code <<<} has collected. Variance is collected the way SystemTap does, in integers: each part (a CPU there,
 * a {@link #merge} here) keeps a running mean and the sum of squared distances from it, and the parts are put together by the law
 * of total variance, so the cut-off fractions come out alike.
 */
public final class StatValue {
    private final Optional<Buckets> buckets;
    private final long[] histogram;
    private final int shift;
    private long count;
    private long sum;
    private long min;
    private long max;
    private long partCount;
    private long partMean;
    private long partSquares;
    private long foldedCount;
    private long foldedSum;
    private long foldedSquares;

    /**
     * An empty statistic.
     *
     * @param shift bit shift of {@code @variance}
     */
    public StatValue(int shift, Optional<Buckets> buckets) {
        this.shift = shift;
        this.buckets = buckets;
        this.histogram = new long[buckets.isPresent() ? buckets.get().count() : 0];
    }

    /** A statistic with no buckets. */
    public static StatValue plain() {
        return new StatValue(0, Optional.empty());
    }

    /** An empty statistic that remembers the same things. */
    public StatValue empty() {
        return new StatValue(shift, buckets);
    }

    public void add(long value) {
        if (count == 0) {
            min = value;
            max = value;
        } else {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        count++;
        sum += value;
        if (partCount++ == 0) {
            partMean = value << shift;
        } else {
            long delta = (value << shift) - partMean;
            partMean += delta / partCount;
            partSquares += delta * ((value << shift) - partMean);
        }
        if (histogram.length > 0) {
            histogram[buckets.get().indexOf(value)]++;
        }
    }

    /**
     * Adds what was collected elsewhere, as on one CPU by a kernel handler. Counts for nothing where {@code addedCount} is 0.
     *
     * @param mean    running mean, shifted left by the bit shift
     * @param squares sum of squared distances from the running mean, shifted left by twice the bit shift
     * @param counts  buckets, empty where none are kept
     */
    public void merge(long addedCount, long addedSum, long addedMin, long addedMax, long mean, long squares, long[] counts) {
        if (addedCount == 0) {
            return;
        }
        if (count == 0) {
            min = addedMin;
            max = addedMax;
            partCount = addedCount;
            partMean = mean;
            partSquares = squares;
        } else {
            min = Math.min(min, addedMin);
            max = Math.max(max, addedMax);
            long total = foldedCount + partCount + addedCount;
            long totalMean = ((foldedSum + addedSum + (sum - foldedSum)) << shift) / total;
            foldedSquares = squares() + distance(partCount, partMean, totalMean) + squaresOf(addedCount, squares)
                    + distance(addedCount, mean, totalMean);
            foldedCount = total;
            foldedSum = sum + addedSum;
            partCount = 0;
            partMean = 0;
            partSquares = 0;
        }
        count += addedCount;
        sum += addedSum;
        for (int i = 0; i < counts.length && i < histogram.length; i++) {
            histogram[i] += counts[i];
        }
    }

    public void merge(StatValue other) {
        if (other.foldedCount > 0) {
            merge(other.count, other.sum, other.min, other.max, (other.sum << shift) / other.count,
                    other.totalSquares(), other.histogram);
        } else {
            merge(other.count, other.sum, other.min, other.max, other.partMean, other.partSquares, other.histogram);
        }
    }

    public void clear() {
        count = 0;
        sum = 0;
        min = 0;
        max = 0;
        partCount = 0;
        partMean = 0;
        partSquares = 0;
        foldedCount = 0;
        foldedSum = 0;
        foldedSquares = 0;
        Arrays.fill(histogram, 0);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public long count() {
        return count;
    }

    public long sum() {
        return sum;
    }

    public long min() {
        return min;
    }

    public long max() {
        return max;
    }

    /** Mean, cut towards zero; 0 where empty. */
    public long average() {
        return count == 0 ? 0 : sum / count;
    }

    /** Sample variance as SystemTap computes it; 0 for a single value. */
    public long variance() {
        if (count < 2) {
            return 0;
        }
        return totalSquares() / (count - 1) >> (2 * shift);
    }

    /** Count of a bucket. */
    public long bucket(int index) {
        return histogram[index];
    }

    /** How values fall into buckets, where the statistic keeps any. */
    public Optional<Buckets> buckets() {
        return buckets;
    }

    private long totalSquares() {
        return squares() + distance(partCount, partMean, (sum << shift) / count);
    }

    /** Within the parts, each part's own variance cut off as SystemTap does. */
    private long squares() {
        return foldedSquares + squaresOf(partCount, partSquares);
    }

    private static long squaresOf(long count, long squares) {
        return count < 2 ? 0 : squares / (count - 1) * (count - 1);
    }

    private static long distance(long count, long mean, long totalMean) {
        return count * (mean - totalMean) * (mean - totalMean);
    }
}
