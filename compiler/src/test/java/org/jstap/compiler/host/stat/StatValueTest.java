package org.jstap.compiler.host.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jstap.compiler.program.HistogramShape;
import org.junit.jupiter.api.Test;

class StatValueTest {
    @Test
    void extractorsOfOneToFive() {
        StatValue value = collect(0, 1, 2, 3, 4, 5);
        assertThat(value.count()).isEqualTo(5);
        assertThat(value.sum()).isEqualTo(15);
        assertThat(value.min()).isEqualTo(1);
        assertThat(value.max()).isEqualTo(5);
        assertThat(value.average()).isEqualTo(3);
    }

    @Test
    void varianceIsCutOffAsSystemTapDoes() {
        assertThat(collect(0, 1, 2, 3, 4, 5).variance()).isEqualTo(12);
        assertThat(collect(10, 1, 2, 3, 4, 5).variance()).isEqualTo(2);
    }

    @Test
    void recordedVariancesWithOtherShifts() {
        StatValue squares = collect(1);
        StatValue falling = collect(4);
        StatValue constant = collect(8);
        for (int i = 0; i < 20; i++) {
            squares.add((long) i * i);
            falling.add(-i);
            constant.add(7);
        }
        assertThat(squares.variance()).isEqualTo(13967);
        assertThat(falling.variance()).isEqualTo(35);
        assertThat(constant.variance()).isZero();
    }

    @Test
    void averageCutsTowardsZero() {
        assertThat(collect(0, -1, -2).average()).isEqualTo(-1);
    }

    @Test
    void largeSumsWrap() {
        StatValue value = collect(0, Long.MAX_VALUE, 1);
        assertThat(value.sum()).isEqualTo(Long.MIN_VALUE);
        assertThat(value.max()).isEqualTo(Long.MAX_VALUE);
        assertThat(value.min()).isEqualTo(1);
    }

    @Test
    void mergingIntoNothingKeepsEverything() {
        StatValue whole = collect(0, 1, 2, 3, 4, 5);
        StatValue merged = StatValue.plain();
        merged.merge(whole);
        assertThat(merged.variance()).isEqualTo(12);
        assertThat(merged.sum()).isEqualTo(15);
        assertThat(merged.max()).isEqualTo(5);
    }

    @Test
    void mergingPartsAddsUpAndSpreadsTheVariance() {
        StatValue merged = collect(10, 1, 2, 3);
        merged.merge(collect(10, 4, 5));
        merged.merge(collect(10));
        assertThat(merged.count()).isEqualTo(5);
        assertThat(merged.sum()).isEqualTo(15);
        assertThat(merged.min()).isEqualTo(1);
        assertThat(merged.max()).isEqualTo(5);
        assertThat(merged.variance()).isEqualTo(2);
    }

    @Test
    void clearedIsEmptyAgain() {
        StatValue value = new StatValue(0, Optional.of(new Buckets.Log()));
        value.add(3);
        value.clear();
        assertThat(value.isEmpty()).isTrue();
        assertThat(value.bucket(66)).isZero();
        value.add(-4);
        assertThat(value.max()).isEqualTo(-4);
    }

    @Test
    void logBucketsGoByPowersOfTwoTowardsZero() {
        Buckets log = new Buckets.Log();
        assertThat(new int[] {log.indexOf(0), log.indexOf(1), log.indexOf(2), log.indexOf(3), log.indexOf(-1), log.indexOf(-2),
            log.indexOf(-3)}).containsExactly(64, 65, 66, 66, 63, 62, 62);
        assertThat(log.valueOf(62)).isEqualTo(-2);
        assertThat(log.valueOf(66)).isEqualTo(2);
        assertThat(log.indexOf(Long.MIN_VALUE)).isZero();
        assertThat(log.indexOf(Long.MAX_VALUE)).isEqualTo(127);
    }

    @Test
    void linearBucketsTakeTheirWholeWidth() {
        Buckets linear = Buckets.of(new HistogramShape.Linear(0, 10, 4));
        assertThat(linear.count()).isEqualTo(5);
        assertThat(new int[] {linear.indexOf(-3), linear.indexOf(0), linear.indexOf(4), linear.indexOf(11), linear.indexOf(12),
            linear.indexOf(30)}).containsExactly(0, 1, 2, 3, 4, 4);
    }

    @Test
    void shapesThatCannotBe() {
        assertThat(Buckets.problem(new HistogramShape.Linear(0, 10, 0))).hasValue("histogram: interval cannot be zero.");
        assertThat(Buckets.problem(new HistogramShape.Linear(0, 1000, 5)).orElseThrow()).contains("between 1 and 126");
        assertThat(Buckets.problem(new HistogramShape.Linear(10, 0, 2))).isPresent();
        assertThat(Buckets.problem(new HistogramShape.Linear(0, 625, 5))).isEmpty();
        assertThat(Buckets.problem(new HistogramShape.Log())).isEmpty();
    }

    private static StatValue collect(int shift, long... values) {
        StatValue value = new StatValue(shift, Optional.empty());
        for (long v : values) {
            value.add(v);
        }
        return value;
    }
}
