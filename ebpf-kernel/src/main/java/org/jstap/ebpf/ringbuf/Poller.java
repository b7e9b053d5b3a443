package org.jstap.ebpf.ringbuf;

import org.jstap.ebpf.sys.EventFd;
import org.jstap.ebpf.sys.Poll;
import org.jstap.ebpf.sys.SystemCalls;

/// Lets one thread wait for records of ring buffers, until another one wakes it or the time is over.
public final class Poller implements AutoCloseable {

    private final EventFd wake;
    private final Poll poll;

    /// @param fds ring buffers' descriptors (or any that poll(2) takes), at most 63; they stay the caller's
    public Poller(SystemCalls sys, int... fds) {
        wake = new EventFd(sys);
        int[] all = new int[fds.length + 1];
        all[0] = wake.fd();
        System.arraycopy(fds, 0, all, 1, fds.length);
        poll = new Poll(sys, all);
    }

    /// Waits.
    ///
    /// @param nanos how long at most; negative for as long as it takes
    /// @return bit i is set if the descriptor number i is readable; zero after the time is over, a wake-up or a signal
    public long await(long nanos) {
        long ready = poll.await(nanos);
        if ((ready & 1) != 0) {
            wake.take();
        }
        return ready >>> 1;
    }

    /// Makes the wait that is going on, or else the next one, return. May be called by any thread.
    public void wake() {
        wake.signal();
    }

    /// Not while a thread waits: wake it and let it come back first.
    @Override
    public void close() {
        poll.close();
        wake.close();
    }
}
