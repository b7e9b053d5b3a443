package org.jstap.runtime;

import org.jstap.ebpf.sys.EventFd;
import org.jstap.ebpf.sys.Poll;
import org.jstap.ebpf.sys.SystemCalls;

/** Sleeps until the kernel has records for us. */
final class PollingWaiter implements Waiter {
    private static final long WAKE_UP = 2;

    private final EventFd wakeUp;
    private final Poll poll;

    /** @param records readable when there are records; stays the caller's */
    PollingWaiter(SystemCalls sys, int records) {
        this.wakeUp = new EventFd(sys);
        this.poll = new Poll(sys, records, wakeUp.fd());
    }

    @Override
    public void await(long nanos) {
        if ((poll.await(nanos == Long.MAX_VALUE ? -1 : nanos) & WAKE_UP) != 0) {
            wakeUp.take();
        }
    }

    @Override
    public void wake() {
        wakeUp.signal();
    }

    @Override
    public void close() {
        poll.close();
        wakeUp.close();
    }
}
