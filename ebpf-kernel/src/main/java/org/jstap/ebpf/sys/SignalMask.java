package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Holds back signals from the calling thread (rt_sigprocmask(2)), until closed by the same thread.
///
/// For BPF_PROG_LOAD: the verifier looks for pending signals and gives up with EAGAIN, so that a profiler's or the JVM's
/// own signals would make it start over again and again.
public final class SignalMask implements AutoCloseable {

    private static final int SIG_BLOCK = 0;
    private static final int SIG_SETMASK = 2;
    private static final int SET_BYTES = 8;

    private static final int SIGILL = 4;
    private static final int SIGTRAP = 5;
    private static final int SIGBUS = 7;
    private static final int SIGFPE = 8;
    private static final int SIGSEGV = 11;

    private final SystemCalls sys;
    private final long previous;

    private SignalMask(SystemCalls sys, long previous) {
        this.sys = sys;
        this.previous = previous;
    }

    /// Blocks all signals but those which the processor raises: the JVM needs SIGSEGV and its kin for null checks and
    /// safepoints, and the kernel kills a process that blocks them.
    public static SignalMask blockAsynchronous(SystemCalls sys) {
        long set = ~(bit(SIGILL) | bit(SIGTRAP) | bit(SIGBUS) | bit(SIGFPE) | bit(SIGSEGV));
        return new SignalMask(sys, change(sys, SIG_BLOCK, set));
    }

    private static long bit(int signal) {
        return 1L << (signal - 1);
    }

    private static long change(SystemCalls sys, int how, long set) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sets = arena.allocate(2L * SET_BYTES, 8);
            sets.set(JAVA_LONG, 0, set);
            SystemCallException.check(
                    "changing the signal mask",
                    sys.call(
                            SystemCallNumber.RT_SIGPROCMASK,
                            how,
                            sets.address(),
                            sets.address() + SET_BYTES,
                            SET_BYTES));
            return sets.get(JAVA_LONG, SET_BYTES);
        }
    }

    /// Puts back the mask as it was.
    @Override
    public void close() {
        change(sys, SIG_SETMASK, previous);
    }
}
