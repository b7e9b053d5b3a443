package org.jstap.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When periodic timers are due. Knows no clock: the caller says what time it is, in nanoseconds of any monotonic clock.
 *
 * <p>A timer keeps to the grid of its start, so that late turns do not add up; turns that were missed altogether are not made up
 * for. A random offset moves single turns only.
 */
public final class TimerQueue {
    private final List<Entry> entries = new ArrayList<>();
    private final RandomGenerator random;

    private static final class Entry {
        final int id;
        final long period;
        final long randomize;
        long turn;
        long due;

        Entry(int id, long period, long randomize) {
            this.id = id;
            this.period = period;
            this.randomize = randomize;
        }
    }

    /** @param random where random offsets come from */
    public TimerQueue(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Adds a timer whose first turn is one period after {@code now}.
     *
     * @param id        what {@link #takeDue} answers
     * @param period    nanoseconds, at least 1
     * @param randomize nanoseconds that a turn comes earlier or later at most
     */
    public void add(int id, long period, long randomize, long now) {
        if (period < 1) {
            throw new IllegalArgumentException("a period of " + period + " ns");
        }
        Entry entry = new Entry(id, period, randomize);
        entry.turn = now;
        advance(entry, now);
        entries.add(entry);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Nanoseconds from {@code now} to the next turn, 0 if one is due; {@link Long#MAX_VALUE} where there are no timers. */
    public long untilNext(long now) {
        long least = Long.MAX_VALUE;
        for (Entry entry : entries) {
            least = Math.min(least, Math.max(0, entry.due - now));
        }
        return least;
    }

    /** The timers that are due, the longest overdue first, each once; their next turns are after {@code now}. */
    public int[] takeDue(long now) {
        List<Entry> due = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.due - now <= 0) {
                // An insertion sort: few are due at once, and those due at the same time stay in the order of the script.
                int at = due.size();
                while (at > 0 && due.get(at - 1).due - entry.due > 0) {
                    at--;
                }
                due.add(at, entry);
            }
        }
        int[] ids = new int[due.size()];
        for (int i = 0; i < ids.length; i++) {
            Entry entry = due.get(i);
            ids[i] = entry.id;
            advance(entry, now);
        }
        return ids;
    }

    private void advance(Entry entry, long now) {
        entry.turn += entry.period;
        if (entry.turn - now <= 0) {
            entry.turn += (now - entry.turn) / entry.period * entry.period + entry.period;
        }
        long offset = entry.randomize == 0 ? 0 : random.nextLong(-entry.randomize, entry.randomize + 1);
        entry.due = Math.max(entry.turn + offset, now + 1);
    }
}
