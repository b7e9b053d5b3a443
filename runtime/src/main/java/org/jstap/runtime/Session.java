package org.jstap.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jstap.compiler.host.Lifecycle;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.ir.Code;

/**
 * One run of a script, from attaching to the final report. Everything but {@link #requestExit()} happens on the thread that calls
 * {@link #run()}.
 *
 * <p>The order is SystemTap's: probes are attached but idle while the begin handlers run; then events count and the target command
 * starts; when the script ends, no further event counts, what was recorded is printed, and the end handlers come last.
 */
final class Session implements KernelSide.Events {
    private static final int FAILURE = 1;
    /** Characters of standard input between two looks at other events. */
    private static final int MOST_CHARACTERS = 1000;

    private final Lifecycle lifecycle;
    private final List<TimerEvent> timers;
    private final Optional<KernelSide> kernel;
    private final ScriptFiles files;
    private final Optional<TargetCommand> command;
    private final TargetCommand.Signals signals;
    private final OptionalLong timeout;
    private final ScriptOutput output;
    private final Complaints complaints;
    private final Waiter waiter;
    private final StartTimes times;
    private final Patience patience;
    private final Optional<Runnable> started;
    private volatile boolean exitRequested;
    private int exitCalls;
    /** Whether a part that a handler of an event left to the host has called {@code exit()}. */
    private boolean exitedInBlock;
    /** Whether events are being handled: begin handlers are done, end handlers not yet begun. */
    private boolean open;
    private boolean broken;
    private long skippedBefore;
    private final Optional<OverloadLimit> overload;
    private Optional<OverloadWatch> watch = Optional.empty();

    /**
     * What a session is made of.
     *
     * @param timers  those whose handlers run on the JVM
     * @param kernel  absent where all handlers run on the JVM
     * @param files   those of procfs probes, mounted where there are any
     * @param command the prepared command of {@code -c}
     * @param signals how it is told to go on
     * @param timeout nanoseconds after which the session ends
     * @param overload how much of a processor handlers in the kernel may take, absent for no limit
     * @param waiter  how the session sleeps
     * @param times   where the time went until now
     * @param patience how long it waits for who reads its output
     * @param started who wants to know when events count
     */
    record Parts(Lifecycle lifecycle, List<TimerEvent> timers, Optional<KernelSide> kernel, ScriptFiles files,
                 Optional<TargetCommand> command, TargetCommand.Signals signals, OptionalLong timeout, Optional<OverloadLimit> overload,
                 ScriptOutput output, Complaints complaints, Waiter waiter, StartTimes times,
                 Patience patience, Optional<Runnable> started) { }

    Session(Parts parts) {
        this.lifecycle = parts.lifecycle();
        this.timers = List.copyOf(parts.timers());
        this.kernel = parts.kernel();
        this.files = parts.files();
        this.command = parts.command();
        this.signals = parts.signals();
        this.timeout = parts.timeout();
        this.overload = parts.overload();
        this.output = parts.output();
        this.complaints = parts.complaints();
        this.waiter = parts.waiter();
        this.times = parts.times();
        this.patience = parts.patience();
        this.started = parts.started();
    }

    /** Asks the session to end, as {@code exit()} does. May be called by any thread. */
    void requestExit() {
        exitRequested = true;
        waiter.wake();
    }

    int exitCalls() {
        return exitCalls;
    }

    /** Makes the session look around: the command may have ended. May be called by any thread. */
    void wake() {
        waiter.wake();
    }

    /**
     * Runs the script to its end.
     *
     * @return the exit status of the process
     */
    int run() {
        boolean commandRuns = false;
        try {
            if (kernel.isPresent() && !kernel.get().attach(complaints)) {
                broken = true;
                return FAILURE;
            }
            times.lap(kernel.isPresent() ? "programs" : "handlers");
            complaints.note(times.finish());
            if (lifecycle.start()) {
                if (!lifecycle.hasFailed() && commandIsReady()) {
                    enable();
                    commandRuns = startCommand();
                    if (started.isPresent()) {
                        started.get().run();
                    }
                }
                open = true;
                loop();
                end();
            }
        } finally {
            if (!commandRuns && command.isPresent()) {
                command.get().abandon();
            }
            output.flush();
        }
        return report();
    }

    private void enable() {
        if (kernel.isPresent()) {
            kernel.get().enable();
        }
    }

    private boolean commandIsReady() {
        try {
            if (command.isPresent()) {
                command.get().awaitStop();
            }
            return true;
        } catch (IOException e) {
            return commandFailed(e);
        }
    }

    private boolean commandFailed(IOException why) {
        complaints.error("the command cannot be started: " + why.getMessage());
        broken = true;
        return false;
    }

    private boolean startCommand() {
        if (command.isEmpty()) {
            return true;
        }
        try {
            command.get().start(signals);
            return true;
        } catch (IOException e) {
            return commandFailed(e);
        }
    }

    private void loop() {
        long start = System.nanoTime();
        patience.atEnd(new KernelStops());
        if (timeout.isPresent()) {
            patience.endsAt(start + timeout.getAsLong());
        }
        TimerQueue queue = new TimerQueue(new SplittableRandom());
        for (int i = 0; i < timers.size(); i++) {
            queue.add(i, timers.get(i).period(), timers.get(i).randomize(), start);
        }
        if (kernel.isPresent() && overload.isPresent()) {
            watch = Optional.of(new OverloadWatch(overload.get(), new Measured(kernel.get()), start));
        }
        while (!over()) {
            drain();
            int[] due = queue.takeDue(System.nanoTime());
            for (int i = 0; i < due.length && !over(); i++) {
                lifecycle.event(timers.get(due[i]).point(), timers.get(due[i]).handlers());
            }
            serve();
            output.flush();
            long now = System.nanoTime();
            if (isOverloaded(now)) {
                return;
            }
            long left = timeout.isPresent() ? timeout.getAsLong() - (now - start) : Long.MAX_VALUE;
            if (left <= 0 || output.state() != ScriptOutput.State.OPEN) {
                return;
            }
            long pause = Math.min(Math.min(left, queue.untilNext(now)), watch.isPresent() ? watch.get().untilNext(now) : Long.MAX_VALUE);
            if (pause > 0 && !over()) {
                waiter.await(pause);
            }
        }
    }

    /** Ends the session where handlers take too much of a processor: whatever number of errors it may survive, not this one. */
    private boolean isOverloaded(long now) {
        if (watch.isEmpty()) {
            return false;
        }
        Optional<String> problem = watch.get().look(now);
        if (problem.isPresent()) {
            lifecycle.fail("ERROR: " + problem.get());
        }
        return problem.isPresent();
    }

    /** What happens in the kernel after the end does not count, however long this thread waits for who reads its output. */
    private final class KernelStops implements Runnable {
        @Override
        public void run() {
            if (kernel.isPresent()) {
                kernel.get().disable();
            }
        }
    }

    /** Handlers of the kernel and its processors. */
    private record Measured(KernelSide kernel) implements OverloadWatch.Source {
        @Override
        public boolean measure(boolean on) {
            return kernel.measure(on);
        }

        @Override
        public long handlerNanos() {
            return kernel.handlerNanos();
        }

        @Override
        public long[] busyNanos() {
            return BusyTimes.now();
        }
    }

    private void serve() {
        files.serve(lifecycle);
        for (int i = 0; i < MOST_CHARACTERS && !over(); i++) {
            if (!files.serveInput(lifecycle)) {
                return;
            }
        }
        // There may be more, after other events.
        waiter.wake();
    }

    private boolean over() {
        return exitRequested || broken || lifecycle.hasFailed() || command.isPresent() && command.get().hasEnded();
    }

    private void drain() {
        if (kernel.isPresent()) {
            kernel.get().drain(this);
            long skipped = kernel.get().skipped();
            if (skipped > skippedBefore) {
                lifecycle.skip(skipped - skippedBefore);
                skippedBefore = skipped;
            }
        }
    }

    private void end() {
        patience.end();
        if (watch.isPresent()) {
            watch.get().end();
        }
        if (kernel.isPresent()) {
            kernel.get().disable();
            lifecycle.miss(kernel.get().missed());
        }
        files.close();
        drain();
        open = false;
        lifecycle.finish();
        drain();
    }

    private int report() {
        int status = broken ? FAILURE : lifecycle.status();
        if (command.isPresent() && !command.get().complaint().isEmpty()) {
            complaints.warning(command.get().complaint());
            status = FAILURE;
        }
        long lost = kernel.isPresent() ? kernel.get().lost() : 0;
        if (lost > 0) {
            complaints.warning("There were " + lost + " records lost: a larger buffer (-s MB) holds more");
        }
        if (output.state() == ScriptOutput.State.FAILED) {
            complaints.error("output cannot be written: " + output.failure() + "; up to " + output.lost() + " bytes are lost");
            status = FAILURE;
        }
        return status;
    }

    @Override
    public void print(byte[] bytes, int offset, int length) {
        output.print(bytes, offset, length);
    }

    @Override
    public void error(String line) {
        lifecycle.report(line);
    }

    @Override
    public void warning(String text) {
        complaints.warning(text);
    }

    @Override
    public void exit() {
        exitCalls++;
        exitRequested = true;
    }

    @Override
    public void block(String point, String name, Code block, Arguments arguments) {
        int before = exitCalls;
        lifecycle.block(point, name, block, arguments);
        if (open && exitCalls > before) {
            exitedInBlock = true;
            kernel.orElseThrow().disable();
        }
    }

    @Override
    public boolean isOver() {
        return open && exitedInBlock;
    }
}
