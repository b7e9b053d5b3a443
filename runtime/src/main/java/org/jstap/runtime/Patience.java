package org.jstap.runtime;

/**
 * How long a run waits for whoever reads what it writes: as long as it takes while it runs. After its end, a reader may still take its
 * time, as a pager does, but who has sent a signal wants an end, and a terminal that is stopped may stay so.
 */
final class Patience {
    private static final long MOST_NANOS = 5_000_000_000L;
    /** The same after another one has taken nothing: both may be one terminal. */
    private static final long LEAST_NANOS = 500_000_000L;
    private static final Runnable NOTHING = new Nothing();

    private Runnable atEnd = NOTHING;
    private boolean timed;
    private long endsAt;
    private boolean ended;
    private boolean told;
    private long most;

    Patience() {
        this(MOST_NANOS);
    }

    /** @param nanos how long a reader that nobody need wait for may take nothing */
    Patience(long nanos) {
        most = nanos;
    }

    /** @param action what must not wait at the end of the run; called at least once, by a thread that waits or by that of the run */
    synchronized void atEnd(Runnable action) {
        atEnd = action;
    }

    /** What must not wait is over, and its action can no longer be taken. */
    synchronized void nothingWaits() {
        atEnd = NOTHING;
    }

    /** @param nanos the time of {@link System#nanoTime} when the run is over */
    synchronized void endsAt(long nanos) {
        timed = true;
        endsAt = nanos;
    }

    /** The run is over. May be called by any thread. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The run has been told to end, by a signal. May be called by any thread. */
    synchronized void endNow() {
        told = true;
        end();
    }

    /**
     * Waits for a piece of work of another thread, which notifies this object of it.
     *
     * @param work     what is waited for
     * @param terminal whether it waits for a terminal
     * @return whether it is done; false where it was waited for long enough
     */
    synchronized boolean await(Work work, boolean terminal) {
        boolean acted = false;
        long since = System.nanoTime();
        int before = work.progress();
        while (!work.isDone()) {
            long now = System.nanoTime();
            boolean over = ended || timed && now - endsAt >= 0;
            if (over && !acted) {
                acted = true;
                since = now;
                atEnd.run();
            }
            if (work.progress() != before) {
                before = work.progress();
                since = now;
            }
            long left = Long.MAX_VALUE;
            if (over && (terminal || told)) {
                left = most - (now - since);
                if (left <= 0) {
                    most = Math.min(most, LEAST_NANOS);
                    return false;
                }
            } else if (timed && !over) {
                left = endsAt - now;
            }
            sleep(left);
        }
        return true;
    }

    private void sleep(long nanos) {
        try {
            // Rounded up, so that the time is over afterwards.
            wait(nanos == Long.MAX_VALUE ? 0 : nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What another thread does. Its methods are called under the lock of the patience. */
    interface Work {
        boolean isDone();

        /** Another number when it has come further. */
        int progress();
    }

    private static final class Nothing implements Runnable {
        @Override
        public void run() {
            // There is nothing that must not wait.
        }
    }
}
