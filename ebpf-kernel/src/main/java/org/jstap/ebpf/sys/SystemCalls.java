package org.jstap.ebpf.sys;

/// The door to the kernel: one call, seven longs, as in syscall(2).
///
/// Pointers are passed as addresses of off-heap memory, which the caller keeps alive during the call. The result is
/// the kernel's own convention: a value from -4095 to -1 is a negated errno (see [Errno]), anything else is
/// the result. No call is ever restarted here: a caller that wants to go on after `EINTR` says so itself.
public interface SystemCalls {

    /// Does the system call.
    ///
    /// @param number the number of the call on this architecture, see [SystemCallNumber]
    /// @return the result, or the negated errno
    long call(long number, long a1, long a2, long a3, long a4, long a5, long a6);

    /// Does the system call with the arguments not given being zero.
    default long call(SystemCallNumber call) {
        return call(call.number(), 0, 0, 0, 0, 0, 0);
    }

    /// Does the system call with the arguments not given being zero.
    default long call(SystemCallNumber call, long a1) {
        return call(call.number(), a1, 0, 0, 0, 0, 0);
    }

    /// Does the system call with the arguments not given being zero.
    default long call(SystemCallNumber call, long a1, long a2) {
        return call(call.number(), a1, a2, 0, 0, 0, 0);
    }

    /// Does the system call with the arguments not given being zero.
    default long call(SystemCallNumber call, long a1, long a2, long a3) {
        return call(call.number(), a1, a2, a3, 0, 0, 0);
    }

    /// Does the system call with the arguments not given being zero.
    default long call(SystemCallNumber call, long a1, long a2, long a3, long a4) {
        return call(call.number(), a1, a2, a3, a4, 0, 0);
    }

    /// Does the system call with the arguments not given being zero.
    default long call(SystemCallNumber call, long a1, long a2, long a3, long a4, long a5) {
        return call(call.number(), a1, a2, a3, a4, a5, 0);
    }

    /// Does the system call.
    default long call(SystemCallNumber call, long a1, long a2, long a3, long a4, long a5, long a6) {
        return call(call.number(), a1, a2, a3, a4, a5, a6);
    }

    /// True if a result is a negated errno.
    static boolean failed(long result) {
        return result < 0 && result >= -4095;
    }
}
