package org.jstap.ebpf.sys;

import java.util.concurrent.atomic.AtomicBoolean;

/// An open file descriptor that this object owns.
///
/// Closing twice does nothing the second time, so that a number which the kernel has given to somebody else meanwhile
/// is never closed.
public final class Fd implements AutoCloseable {

    private final SystemCalls sys;
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param number the open descriptor, owned by this object from now on
    public Fd(SystemCalls sys, int number) {
        this.sys = sys;
        this.number = number;
    }

    /// Takes the result of a call that opens something.
    ///
    /// @param what what was tried, for the error
    /// @throws SystemCallException if the result is a negated errno
    public static Fd opened(SystemCalls sys, String what, long result) {
        return new Fd(sys, (int) SystemCallException.check(what, result));
    }

    /// The descriptor's number.
    ///
    /// @throws IllegalStateException after [#close()]
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("the file descriptor " + number + " is closed");
        }
        return number;
    }

    /// True after [#close()].
    public boolean isClosed() {
        return closed.get();
    }

    /// Closes the descriptor. Whatever the kernel answers, the number is free afterwards (close(2)).
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            sys.call(SystemCallNumber.CLOSE, number);
        }
    }

    @Override
    public String toString() {
        return "fd " + number;
    }
}
