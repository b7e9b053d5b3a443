package org.jstap.runtime;

/** How the event loop sleeps. Only {@link #wake()} may be called by other threads and signal handlers. */
interface Waiter extends AutoCloseable {
    /**
     * Sleeps until there is something to do or the time is over; may return early.
     *
     * @param nanos how long at most; {@link Long#MAX_VALUE} for as long as it takes
     */
    void await(long nanos);

    /** Makes a sleep that is under way, or else the next one, return at once. */
    void wake();

    @Override
    void close();
}
