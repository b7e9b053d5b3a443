package org.jstap.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * One run of a script, from attaching to the final report. Everything but {@link #interrupt()} happens on the thread that calls
 * {@link #run()}.
 *
 * <p>The order is SystemTap's: probes are attached but idle while the begin handlers run; then events count and the target command
 * starts; when the script ends, no further event counts, what was recorded is printed, and the end handlers come last.
 */
public final class Session {
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;

    private final HostSide host;
    private final Optional<KernelSide> kernel;
    private final Optional<TargetCommand> command;
    private final TargetCommand.Signals signals;
    private final OptionalLong timeout;
    private final ScriptOutput output;
    private final Complaints complaints;
    private final Waiter waiter;
    private volatile boolean interrupted;

    /**
     * What a session is made of.
     *
     * @param kernel  absent where all handlers run on the JVM
     * @param command the prepared command of {@code -c}
     * @param signals how it is told to go on
     * @param timeout nanoseconds after which the session ends
     * @param waiter  how the session sleeps
     */
    record Parts(HostSide host, Optional<KernelSide> kernel, Optional<TargetCommand> command, TargetCommand.Signals signals,
                 OptionalLong timeout, ScriptOutput output, Complaints complaints, Waiter waiter) { }

    Session(Parts parts) {
        this.host = parts.host();
        this.kernel = parts.kernel();
        this.command = parts.command();
        this.signals = parts.signals();
        this.timeout = parts.timeout();
        this.output = parts.output();
        this.complaints = parts.complaints();
        this.waiter = parts.waiter();
    }

    /** Asks the session to end, as {@code exit()} does. May be called by any thread. */
    void interrupt() {
        interrupted = true;
        waiter.wake();
    }

    /**
     * Runs the script to its end.
     *
     * @return the exit status of the process
     */
    int run() {
        boolean commandStarted = false;
        try {
            if (kernel.isPresent()) {
                kernel.get().attach();
            }
            host.begin();
            if (!host.failed() || !host.ending()) {
                commandStarted = startCommand();
            }
            if (!over()) {
                loop();
            }
            end();
        } finally {
            if (!commandStarted && command.isPresent()) {
                command.get().abandon();
            }
            output.flush();
        }
        return report();
    }

    private boolean startCommand() {
        if (kernel.isPresent()) {
            kernel.get().enable();
        }
        if (command.isEmpty()) {
            return true;
        }
        try {
            command.get().start(signals);
            return true;
        } catch (IOException e) {
            complaints.error("the command cannot be started: " + e.getMessage());
            interrupted = true;
            return false;
        }
    }

    private void loop() {
        long start = System.nanoTime();
        List<HostSide.Timer> timers = host.timers();
        TimerQueue queue = new TimerQueue(new SplittableRandom());
        for (int i = 0; i < timers.size(); i++) {
            queue.add(i, timers.get(i).period(), timers.get(i).randomize(), start);
        }
        while (true) {
            if (kernel.isPresent()) {
                kernel.get().drain();
            }
            if (over()) {
                return;
            }
            for (int due : queue.takeDue(System.nanoTime())) {
                host.fire(timers.get(due));
                if (over()) {
                    return;
                }
            }
            output.flush();
            long now = System.nanoTime();
            long left = timeout.isPresent() ? timeout.getAsLong() - (now - start) : Long.MAX_VALUE;
            if (left <= 0 || output.state() != ScriptOutput.State.OPEN) {
                return;
            }
            long pause = Math.min(left, queue.untilNext(now));
            if (pause > 0) {
                waiter.await(pause);
            }
        }
    }

    private boolean over() {
        return interrupted || host.ending() || command.isPresent() && command.get().hasEnded();
    }

    private void end() {
        if (kernel.isPresent()) {
            kernel.get().disable();
            kernel.get().drain();
        }
        host.end();
        if (kernel.isPresent()) {
            kernel.get().drain();
        }
    }

    private int report() {
        boolean failed = host.failed();
        if (command.isPresent() && !command.get().complaint().isEmpty()) {
            complaints.warning(command.get().complaint());
            failed = true;
        }
        long skipped = kernel.isPresent() ? kernel.get().skipped() : 0;
        if (host.errors() > 0 || skipped > 0) {
            complaints.warning("Number of errors: " + host.errors() + ", skipped probes: " + skipped);
        }
        long lost = kernel.isPresent() ? kernel.get().lost() : 0;
        if (lost > 0) {
            complaints.warning("There were " + lost + " output records lost: a larger buffer (-s MB) holds more");
        }
        if (output.state() == ScriptOutput.State.FAILED) {
            complaints.error("output cannot be written: " + output.failure());
            failed = true;
        }
        return failed ? FAILURE : SUCCESS;
    }
}
