package org.jstap.runtime;

import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.Processes;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What the signals that end a process do to a running script: the first asks it to end as {@code exit()} does, the next, half a
 * second later or more, ends this process without delay. SIGINT, SIGTERM and SIGHUP. SIGTERM and SIGHUP stay ignored if they were
 * when the process started, as {@code nohup} wants; SIGINT does not, since shells without job control start that way whatever they
 * put into the background, and a script there is to end with its end probes too.
 */
final class Interrupts implements AutoCloseable {
    private static final String[] NAMES = {"INT", "TERM", "HUP"};
    /** timeout(1) and terminals signal a process and its group, so that one request can arrive twice. */
    private static final long ONE_REQUEST_NANOS = 500_000_000L;
    /** The shell's convention for a process that a signal ended. */
    private static final int STATUS_BASE = 128;

    private final SignalHandler[] before = new SignalHandler[NAMES.length];
    private final Runnable onFirst;
    private boolean received;
    private long firstAt;

    /** @param onFirst called by the JVM's thread for signals, must not block */
    Interrupts(Runnable onFirst) {
        this.onFirst = onFirst;
        for (int i = 0; i < NAMES.length; i++) {
            before[i] = Signal.handle(new Signal(NAMES[i]), new Handler());
        }
        // The JVM does not touch a signal that it finds ignored. System calls are linked only here: that takes a while.
        if (before[0].equals(SignalHandler.SIG_IGN)
                && Processes.takeDefaultAction(new LinuxSystemCalls(), Processes.SIGINT) == 0) {
            Signal.handle(new Signal(NAMES[0]), new Handler());
        }
    }

    private final class Handler implements SignalHandler {
        @Override
        public void handle(Signal signal) {
            received(signal);
        }
    }

    private synchronized void received(Signal signal) {
        long now = System.nanoTime();
        if (!received) {
            received = true;
            firstAt = now;
            onFirst.run();
        } else if (now - firstAt > ONE_REQUEST_NANOS) {
            // The kernel detaches what this process has attached. No end probe, no hook of the JVM may delay that.
            Runtime.getRuntime().halt(STATUS_BASE + signal.getNumber());
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < NAMES.length; i++) {
            Signal.handle(new Signal(NAMES[i]), before[i]);
        }
    }
}
