package org.jstap.runtime;

/** How records come in from the kernel, for whoever waits for them. */
public interface RecordFlow {
    /** Bytes of records that the buffer holds. */
    int capacity();

    /** Bytes of records that have been taken out since the start. */
    long taken();

    /**
     * Whether a new record shall wake the reader; else it is for the reader to look. A program that is running while this changes may
     * still do the one or the other.
     */
    void wakeReader(boolean wanted);
}
