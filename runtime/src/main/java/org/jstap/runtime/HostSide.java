package org.jstap.runtime;

import java.util.List;

/** The part of a script that runs on the JVM, as the session sees it. All calls come from the session's one thread. */
public interface HostSide {
    /** Runs the begin handlers in their order. */
    void begin();

    /** The periodic timers of the script. */
    List<Timer> timers();

    /** Runs the handler of a timer once. */
    void fire(Timer timer);

    /** Runs the end handlers, or after an error the error handlers, and shows the globals that nobody has read. */
    void end();

    /** Whether the script has asked to end, or has to after an error. */
    boolean ending();

    /** Run-time errors so far, on both sides. */
    long errors();

    /** Whether the errors make the session a failure. */
    boolean failed();

    /**
     * A timer.
     *
     * @param handler   position among the handlers
     * @param site      position among the sites of the handler
     * @param period    nanoseconds
     * @param randomize nanoseconds by which a turn is early or late at most
     */
    record Timer(int handler, int site, long period, long randomize) { }
}
