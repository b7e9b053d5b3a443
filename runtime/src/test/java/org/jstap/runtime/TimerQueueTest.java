package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    private final TimerQueue timers = new TimerQueue(new SplittableRandom(1));

    @Test
    void aTimerIsFirstDueOnePeriodAfterItsStart() {
        timers.add(7, 100, 0, 1000);
        assertThat(timers.untilNext(1000)).isEqualTo(100);
        assertThat(timers.takeDue(1099)).isEmpty();
        assertThat(timers.takeDue(1100)).containsExactly(7);
        assertThat(timers.untilNext(1100)).isEqualTo(100);
    }

    @Test
    void latenessDoesNotAddUpAndMissedTurnsAreNotMadeUpFor() {
        timers.add(0, 100, 0, 0);
        assertThat(timers.takeDue(130)).containsExactly(0);
        assertThat(timers.untilNext(130)).as("the grid is kept").isEqualTo(70);
        assertThat(timers.takeDue(555)).containsExactly(0);
        assertThat(timers.takeDue(555)).isEmpty();
        assertThat(timers.untilNext(555)).isEqualTo(45);
    }

    @Test
    void theLongestOverdueComesFirstAndEqualOnesInTheOrderOfTheScript() {
        timers.add(0, 50, 0, 0);
        timers.add(1, 20, 0, 0);
        timers.add(2, 50, 0, 0);
        assertThat(timers.takeDue(50)).containsExactly(1, 0, 2);
    }

    @Test
    void aRandomOffsetMovesSingleTurnsWithinItsBounds() {
        timers.add(0, 1000, 300, 0);
        List<Long> at = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 200; i++) {
            now += timers.untilNext(now);
            assertThat(timers.takeDue(now)).containsExactly(0);
            at.add(now);
        }
        for (int i = 0; i < at.size(); i++) {
            assertThat(at.get(i)).isBetween((i + 1) * 1000L - 300, (i + 1) * 1000L + 300);
        }
        assertThat(at).anyMatch(time -> time % 1000 != 0);
    }

    @Test
    void withoutTimersNothingIsEverDue() {
        assertThat(timers.isEmpty()).isTrue();
        assertThat(timers.untilNext(5)).isEqualTo(Long.MAX_VALUE);
    }
}
