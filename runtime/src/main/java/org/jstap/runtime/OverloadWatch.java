package org.jstap.runtime;

import java.util.Optional;

/**
 * Finds out whether handlers in the kernel take more of a processor than a script may have. The kernel measures programs only on
 * request, and at a price for each event; so the first question is a free one: a handler cannot take more of a processor than the
 * kernel took there. Only where that is above the limit, programs are measured for the last part of the interval, and only when two
 * intervals in a row are above it, the script has to end. Not for several threads.
 *
 * <p>SystemTap counts each processor by itself. The kernel gives one sum for a program; it is attributed to the processors by how
 * busy each was with the kernel.
 */
final class OverloadWatch {
    /** What is looked at. */
    interface Source {
        /** Whether the kernel measures how long programs run. Returns false where it cannot. */
        boolean measure(boolean on);

        /** Nanoseconds that programs have run for while that was measured. */
        long handlerNanos();

        /** Nanoseconds that each processor has been busy with the kernel for; empty where that is not known. */
        long[] busyNanos();
    }

    /** Shorter intervals would not see the accounting of the kernel, which goes by ticks, change. */
    private static final long SHORTEST = 200_000_000L;
    /** Part of an interval in which programs are measured. */
    private static final int PART = 10;
    /** Intervals in a row. */
    private static final int PATIENCE = 2;

    private final OverloadLimit limit;
    private final Source source;
    private final long interval;
    private long begun;
    private long next;
    private long[] busyBefore;
    private boolean measuring;
    private long windowBegun;
    private long before;
    private int strikes;
    private boolean blind;

    OverloadWatch(OverloadLimit limit, Source source, long now) {
        this.limit = limit;
        this.source = source;
        this.interval = Math.max(limit.interval(), SHORTEST);
        begin(now);
    }

    private void begin(long now) {
        begun = now;
        next = now + interval - interval / PART;
        busyBefore = source.busyNanos();
    }

    /** Nanoseconds until there is something to look at. */
    long untilNext(long now) {
        return blind ? Long.MAX_VALUE : Math.max(0, next - now);
    }

    /**
     * Looks, if it is time to.
     *
     * @return what to tell the user where the script has to end
     */
    Optional<String> look(long now) {
        if (blind || now < next) {
            return Optional.empty();
        }
        if (measuring) {
            return judge(now);
        }
        if (above(now - begun, busiest())) {
            if (!source.measure(true)) {
                blind = true;
                return Optional.empty();
            }
            measuring = true;
            before = source.handlerNanos();
            windowBegun = now;
            next = now + interval / PART;
        } else {
            strikes = 0;
            begin(now);
        }
        return Optional.empty();
    }

    private Optional<String> judge(long now) {
        long taken = source.handlerNanos() - before;
        source.measure(false);
        measuring = false;
        long time = now - windowBegun;
        double onBusiest = taken * share();
        begin(now);
        if (!above(time, onBusiest)) {
            strikes = 0;
            return Optional.empty();
        }
        if (++strikes < PATIENCE) {
            return Optional.empty();
        }
        long scaled = (long) (onBusiest / time * limit.interval());
        return Optional.of("probe overhead (" + scaled + " ns) exceeded threshold (" + limit.threshold() + " ns) in last "
                + limit.interval() + " ns");
    }

    /** Gives up measuring. */
    void end() {
        if (measuring) {
            source.measure(false);
            measuring = false;
        }
        blind = true;
    }

    private boolean above(long time, double taken) {
        return taken * limit.interval() > (double) limit.threshold() * time;
    }

    /** Nanoseconds that the busiest processor was busy for; as many as there are where it is not known. */
    private double busiest() {
        long[] now = source.busyNanos();
        if (now.length == 0 || now.length != busyBefore.length) {
            return Double.MAX_VALUE;
        }
        long most = 0;
        for (int i = 0; i < now.length; i++) {
            most = Math.max(most, now[i] - busyBefore[i]);
        }
        return most;
    }

    /** Part of all busy time that fell to the busiest processor. */
    private double share() {
        long[] now = source.busyNanos();
        if (now.length == 0 || now.length != busyBefore.length) {
            return 1;
        }
        long most = 0;
        long all = 0;
        for (int i = 0; i < now.length; i++) {
            most = Math.max(most, now[i] - busyBefore[i]);
            all += now[i] - busyBefore[i];
        }
        return all == 0 ? 1 : (double) most / all;
    }
}
