package org.jstap.runtime;

import java.util.concurrent.locks.LockSupport;

/** Sleeps without the kernel's help: all that scripts without kernel probes need, and it links no system calls. */
final class ParkingWaiter implements Waiter {
    private final Thread loop = Thread.currentThread();
    private volatile boolean woken;

    @Override
    public void await(long nanos) {
        if (!woken) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        woken = false;
    }

    @Override
    public void wake() {
        woken = true;
        LockSupport.unpark(loop);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
