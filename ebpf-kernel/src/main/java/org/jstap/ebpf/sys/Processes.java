package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// System calls on processes and threads.
public final class Processes {

    public static final int SIGINT = 2;
    public static final int SIGTERM = 15;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;

    private static final int AT_FDCWD = -100;
    private static final int O_WRONLY = 1;
    private static final int O_CLOEXEC = 0x80000;
    private static final int STANDARD_OUTPUT = 1;
    private static final int RLIMIT_MEMLOCK = 8;
    private static final int SIGNAL_SET_BYTES = 8;
    private static final int CPU_SET_BYTES = 1024;

    private Processes() {}

    /// The process id of this JVM, in its own pid namespace.
    public static int pid(SystemCalls sys) {
        return (int) sys.call(SystemCallNumber.GETPID);
    }

    /// The thread id of the calling thread, in its own pid namespace.
    public static int tid(SystemCalls sys) {
        return (int) sys.call(SystemCallNumber.GETTID);
    }

    /// Sends a signal; signal 0 only asks whether the process is there (kill(2)).
    ///
    /// @return zero or the negated errno
    public static long kill(SystemCalls sys, int pid, int signal) {
        return sys.call(SystemCallNumber.KILL, pid, signal);
    }

    /// Gives a signal its default action again, for the whole process (rt_sigaction(2)).
    ///
    /// @return zero or the negated errno
    public static long takeDefaultAction(SystemCalls sys, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            // struct sigaction of the kernel: handler (0 is SIG_DFL), flags, restorer, mask; aarch64 reads no restorer.
            MemorySegment action = arena.allocate(32, 8);
            return sys.call(SystemCallNumber.RT_SIGACTION, signal, action.address(), 0, SIGNAL_SET_BYTES);
        }
    }

    /// Makes this process the only one of a session without a terminal (setsid(2)), and its standard output goes nowhere from now on.
    public static void leaveTerminal(SystemCalls sys) {
        sys.call(SystemCallNumber.SETSID);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/dev/null");
            int nowhere = (int) sys.call(SystemCallNumber.OPENAT, AT_FDCWD, path.address(), O_WRONLY | O_CLOEXEC, 0);
            if (nowhere >= 0) {
                sys.call(SystemCallNumber.DUP3, nowhere, STANDARD_OUTPUT, 0);
                sys.call(SystemCallNumber.CLOSE, nowhere);
            }
        }
    }

    /// Binds the calling thread to one processor, from 0 to 8191.
    ///
    /// @return zero or the negated errno
    public static long runOn(SystemCalls sys, int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CPU_SET_BYTES, 8);
            set.set(JAVA_BYTE, cpu / 8, (byte) (1 << cpu % 8));
            return sys.call(SystemCallNumber.SCHED_SETAFFINITY, 0, CPU_SET_BYTES, set.address());
        }
    }

    /// Lifts this process's limit on locked memory, which kernels before 5.11 charge maps and programs to.
    ///
    /// @return zero, or the negated errno: a process without CAP_SYS_RESOURCE may not, which only matters if the kernel is that
    ///     old
    public static long liftMemoryLockLimit(SystemCalls sys) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(16, 8);
            limit.set(JAVA_LONG, 0, -1L);
            limit.set(JAVA_LONG, 8, -1L);
            return sys.call(SystemCallNumber.PRLIMIT64, 0, RLIMIT_MEMLOCK, limit.address(), 0);
        }
    }
}
