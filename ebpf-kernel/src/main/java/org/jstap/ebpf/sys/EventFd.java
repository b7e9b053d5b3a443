package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A counter in the kernel that makes poll(2) return (eventfd2(2)), to wake a thread that waits.
public final class EventFd implements AutoCloseable {

    private static final long EFD_CLOEXEC = 0x80000;
    private static final long EFD_NONBLOCK = 0x800;

    private final SystemCalls sys;
    private final Fd fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment one;

    /// Opens one with the count zero.
    ///
    /// @throws SystemCallException if there are no descriptors left
    public EventFd(SystemCalls sys) {
        this.sys = sys;
        this.fd = Fd.opened(sys, "opening an eventfd", sys.call(SystemCallNumber.EVENTFD2, 0, EFD_CLOEXEC | EFD_NONBLOCK));
        this.one = arena.allocate(8, 8);
        one.set(JAVA_LONG, 0, 1L);
    }

    /// The descriptor, readable while the count is not zero.
    public int fd() {
        return fd.number();
    }

    /// Adds one. May be called by any thread.
    public void signal() {
        SystemCallException.check("signalling an eventfd", sys.call(SystemCallNumber.WRITE, fd.number(), one.address(), 8));
    }

    /// Takes the count and leaves zero.
    ///
    /// @return the count, zero if there was none
    public long take() {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment value = local.allocate(8, 8);
            long result = sys.call(SystemCallNumber.READ, fd.number(), value.address(), 8);
            if (result == -Errno.EAGAIN) {
                return 0;
            }
            SystemCallException.check("reading an eventfd", result);
            return value.get(JAVA_LONG, 0);
        }
    }

    @Override
    public void close() {
        if (!fd.isClosed()) {
            fd.close();
            arena.close();
        }
    }
}
