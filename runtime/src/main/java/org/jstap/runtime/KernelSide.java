package org.jstap.runtime;

/**
 * The part of a script that runs in the kernel, as the session sees it. All calls come from the session's one thread.
 */
public interface KernelSide extends AutoCloseable {
    /** Attaches all probes; their handlers do nothing yet. */
    void attach();

    /** From now on handlers run. */
    void enable();

    /** From now on no handler starts; what they have written so far can still be drained. */
    void disable();

    /** A descriptor that is readable while there are records. */
    int descriptor();

    /** Hands over the records that are there, in the order of the events. */
    void drain();

    /** Output records that were lost for want of room in the buffer. */
    long lost();

    /** Handler runs that were skipped, because what they needed was taken. */
    long skipped();

    /** Detaches and gives everything back. */
    @Override
    void close();
}
