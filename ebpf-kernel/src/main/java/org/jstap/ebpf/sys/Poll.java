package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Waits for descriptors to become readable (ppoll(2)), with a timeout in nanoseconds. For one thread at a time.
public final class Poll implements AutoCloseable {

    private static final short POLLIN = 1;
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RESULTS = 6;
    private static final long NANOS = 1_000_000_000L;

    private final SystemCalls sys;
    private final int count;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment entries;
    private final MemorySegment timeout;

    /// @param fds the descriptors, at most 64, which stay the caller's
    public Poll(SystemCalls sys, int... fds) {
        if (fds.length > Long.SIZE) {
            throw new IllegalArgumentException("at most 64 descriptors, not " + fds.length);
        }
        this.sys = sys;
        this.count = fds.length;
        this.entries = arena.allocate(Math.max(1, count) * (long) ENTRY_BYTES, 8);
        this.timeout = arena.allocate(16, 8);
        for (int i = 0; i < count; i++) {
            entries.set(JAVA_INT, (long) i * ENTRY_BYTES, fds[i]);
            entries.set(JAVA_SHORT, (long) i * ENTRY_BYTES + EVENTS, POLLIN);
        }
    }

    /// Waits until one is readable, closed at its other end, or in error, or until the time is over.
    ///
    /// @param nanos how long to wait at most; negative for as long as it takes
    /// @return bit i is set if the descriptor number i in the constructor's order is ready; zero after the time is over or if a
    ///     signal came
    public long await(long nanos) {
        long timeoutAddress = 0;
        if (nanos >= 0) {
            timeout.set(JAVA_LONG, 0, nanos / NANOS);
            timeout.set(JAVA_LONG, 8, nanos % NANOS);
            timeoutAddress = timeout.address();
        }
        long result = sys.call(SystemCallNumber.PPOLL, entries.address(), count, timeoutAddress, 0, 8);
        if (result == -Errno.EINTR) {
            return 0;
        }
        SystemCallException.check("waiting for events", result);
        long ready = 0;
        for (int i = 0; i < count && result > 0; i++) {
            if (entries.get(JAVA_SHORT, (long) i * ENTRY_BYTES + RESULTS) != 0) {
                ready |= 1L << i;
            }
        }
        return ready;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
