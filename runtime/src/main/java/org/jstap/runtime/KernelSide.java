package org.jstap.runtime;

import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.ir.Code;

/**
 * The part of a script that runs in the kernel, as the session sees it. All calls come from the session's one thread.
 */
public interface KernelSide extends AutoCloseable {
    /**
     * Attaches all probes; their handlers do nothing yet. Tells what cannot be attached and why.
     *
     * @return false where a probe that the script does not mark as optional cannot be attached
     * @throws ArgumentsLost where it could, were the script analysed in another way
     */
    boolean attach(Complaints complaints);

    /** From now on handlers run. */
    void enable();

    /** From now on no handler starts; what they have written so far can still be drained. May be called again. */
    void disable();

    /** A descriptor that is readable while there are records. */
    int descriptor();

    /** Hands over the records that are there, in the order of the events. */
    void drain(Events events);

    /** Output records that were lost for want of room in the buffer, so far. */
    long lost();

    /** Handler runs that were skipped because what they needed was taken, so far. */
    long skipped();

    /** Events since {@link #enable} for which the kernel did not run a handler at all, as far as it tells. */
    long missed();

    /**
     * Makes the kernel measure how long handlers run, or lets it stop to.
     *
     * @return false where it cannot
     */
    boolean measure(boolean on);

    /** Nanoseconds that handlers have run for while that was measured. */
    long handlerNanos();

    /** Detaches and gives everything back. */
    @Override
    void close();

    /** What records amount to. */
    interface Events {
        /** Script output. */
        void print(byte[] bytes, int offset, int length);

        /** A run-time error, as {@code ErrorText} tells it, with the word ERROR. */
        void error(String line);

        /** A warning of the script, without the word WARNING. */
        void warning(String text);

        /** The script called {@code exit()}. */
        void exit();

        /**
         * A handler has left something to the host.
         *
         * @param point     the probe point, resolved
         * @param name      the probe point as the script has it
         * @param block     takes {@code arguments} as its parameters
         */
        void block(String point, String name, Code block, Arguments arguments);

        /**
         * Whether what a handler left to the host has called {@code exit()}. Handlers of later events would not have run then, so that
         * what they recorded in the meantime is not wanted.
         */
        boolean isOver();
    }
}
