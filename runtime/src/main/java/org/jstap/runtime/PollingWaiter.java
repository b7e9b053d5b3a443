package org.jstap.runtime;

import org.jstap.ebpf.sys.EventFd;
import org.jstap.ebpf.sys.Poll;
import org.jstap.ebpf.sys.SystemCalls;

/**
 * Sleeps until the kernel has records for us. A record wakes this thread, so that a single line appears at once. But a wake-up costs
 * the probed code far more than the record (an interrupt to its own CPU and often one to another), so where records come one upon
 * the other they stop waking it, and it looks every few milliseconds, for as long as there is something.
 */
class PollingWaiter implements Waiter {
    private static final long WAKE_UP = 2;
    private static final long MILLISECOND = 1_000_000L;
    /** Between two looks while records come. */
    private static final long LOOK = 4 * MILLISECOND;
    /** The same where a good part of the buffer was filled last time. */
    private static final long LOOK_SOON = MILLISECOND / 2;
    /** Records that come within this time of each other are a stream. */
    private static final long CLOSE = 2 * MILLISECOND;
    /** So many in a row. */
    private static final int STREAM = 8;
    /** After so many looks in vain the stream is over. */
    private static final int VAIN = 3;
    /**
     * A program that saw that no wake-up was wanted may hand over its record after that has changed and this thread has gone to
     * sleep. It runs for microseconds, longer only where it is preempted: so a few more looks, each after a longer time, and then none.
     */
    private static final long[] LAST_LOOKS = {2 * MILLISECOND, 20 * MILLISECOND, 200 * MILLISECOND};

    private final EventFd wakeUp;
    private final Poll both;
    private final Poll wakeUpOnly;
    private final RecordFlow flow;
    private long takenBefore;
    private long asleepSince;
    private boolean looking;
    /** Wake-ups close upon each other; while looking: looks in vain. */
    private int count;
    private int lastLooks = LAST_LOOKS.length;

    /** @param records readable when there are records; stays the caller's */
    PollingWaiter(SystemCalls sys, int records, RecordFlow flow) {
        this.wakeUp = new EventFd(sys);
        this.both = new Poll(sys, records, wakeUp.fd());
        this.wakeUpOnly = new Poll(sys, wakeUp.fd());
        this.flow = flow;
    }

    /** Tests have a clock of their own. */
    long now() {
        return System.nanoTime();
    }

    @Override
    public final void await(long nanos) {
        long taken = flow.taken() - takenBefore;
        takenBefore += taken;
        if (looking) {
            count = taken > 0 ? 0 : count + 1;
            if (count >= VAIN) {
                looking = false;
                count = 0;
                lastLooks = 0;
                flow.wakeReader(true);
            }
        } else if (taken > 0) {
            count = now() - asleepSince < CLOSE ? count + 1 : 0;
            if (count >= STREAM) {
                looking = true;
                count = 0;
                flow.wakeReader(false);
            }
        }
        if (looking) {
            look(nanos, taken);
        } else {
            sleep(nanos);
        }
    }

    private void look(long nanos, long taken) {
        if (taken < flow.capacity() / 8) {
            long pause = taken < flow.capacity() / 64 ? LOOK : LOOK_SOON;
            if (wakeUpOnly.await(Math.min(nanos, pause)) != 0) {
                wakeUp.take();
            }
        }
    }

    private void sleep(long nanos) {
        asleepSince = now();
        long most = nanos;
        if (lastLooks < LAST_LOOKS.length) {
            most = Math.min(nanos, LAST_LOOKS[lastLooks++]);
        }
        if ((both.await(most == Long.MAX_VALUE ? -1 : most) & WAKE_UP) != 0) {
            wakeUp.take();
        }
    }

    @Override
    public final void wake() {
        wakeUp.signal();
    }

    @Override
    public final void close() {
        both.close();
        wakeUpOnly.close();
        wakeUp.close();
    }
}
