package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a script ends because its handlers take too much, with times that are made up. */
class OverloadWatchTest {
    private static final long SECOND = 1_000_000_000L;

    /** Two processors and one program, all of which go on at a steady pace. */
    private static final class Steady implements OverloadWatch.Source {
        private long now;
        private double[] busy = {0, 0};
        private double handlers;
        private boolean possible = true;
        private boolean measuring;
        private long measuredFor;
        private long measuredSince;
        private int windows;

        @Override
        public boolean measure(boolean on) {
            if (measuring && !on) {
                measuredFor += now - measuredSince;
            }
            if (on && possible) {
                windows++;
                measuredSince = now;
            }
            measuring = on && possible;
            return possible;
        }

        @Override
        public long handlerNanos() {
            return (long) (handlers * (measuredFor + (measuring ? now - measuredSince : 0)));
        }

        @Override
        public long[] busyNanos() {
            return new long[] {(long) (busy[0] * now), (long) (busy[1] * now)};
        }

        Optional<String> watch(OverloadLimit limit, int seconds) {
            OverloadWatch watch = new OverloadWatch(limit, this, 0);
            while (now < seconds * SECOND) {
                long pause = watch.untilNext(now);
                if (pause == Long.MAX_VALUE) {
                    return Optional.empty();
                }
                now += pause;
                Optional<String> problem = watch.look(now);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        }
    }

    private final Steady source = new Steady();

    private static OverloadLimit limit(Map<String, String> definitions) {
        return OverloadLimit.of(definitions).orElseThrow();
    }

    @Test
    void nothingIsMeasuredWhereTheKernelTakesLess() {
        source.busy = new double[] {0.4, 0.4};
        source.handlers = 0.8;
        assertThat(source.watch(limit(Map.of()), 10)).isEmpty();
        assertThat(source.windows).isZero();
    }

    @Test
    void theSecondIntervalAboveTheLimitEndsTheScript() {
        source.busy = new double[] {0.9, 0};
        source.handlers = 0.75;
        assertThat(source.watch(limit(Map.of()), 10))
                .contains("probe overhead (750000000 ns) exceeded threshold (500000000 ns) in last 1000000000 ns");
        assertThat(source.windows).isEqualTo(2);
        assertThat(source.now).isEqualTo(2 * SECOND);
        assertThat(source.measuring).isFalse();
    }

    @Test
    void eachProcessorCountsByItself() {
        source.busy = new double[] {0.9, 0.9};
        source.handlers = 0.9;
        assertThat(source.watch(limit(Map.of()), 10)).isEmpty();
        source.handlers = 1.1;
        assertThat(source.watch(limit(Map.of()), 20)).isPresent();
    }

    @Test
    void definitionsScaleItAndTurnItOff() {
        source.busy = new double[] {0.9, 0};
        source.handlers = 0.2;
        assertThat(source.watch(limit(Map.of("STP_OVERLOAD_THRESHOLD", "400LL", "STP_OVERLOAD_INTERVAL", "4000")), 10))
                .contains("probe overhead (800 ns) exceeded threshold (400 ns) in last 4000 ns");
        assertThat(OverloadLimit.of(Map.of("STP_NO_OVERLOAD", ""))).isEmpty();
    }

    @Test
    void aKernelThatCannotMeasureIsNotAskedAgain() {
        source.busy = new double[] {1, 1};
        source.possible = false;
        assertThat(source.watch(limit(Map.of()), 10)).isEmpty();
        assertThat(source.now).isLessThan(SECOND);
    }

    @Test
    void busyTimesAreThoseOfTheKernelOnEachProcessor() {
        assertThat(BusyTimes.of("""
                cpu  9 9 9 9 9 9 9 0 0 0
                cpu0 100 2 30 4000 5 6 7 8 9 10
                cpu1 1 1 1 1 1 0 0
                intr 1 2 3
                """)).containsExactly(430_000_000L, 10_000_000L);
    }
}
