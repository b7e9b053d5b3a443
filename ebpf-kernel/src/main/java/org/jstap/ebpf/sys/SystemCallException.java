package org.jstap.ebpf.sys;

/// A system call that failed where the caller had no reason to expect it.
///
/// Failures that a caller is expected to deal with (a refused program, an attachment that is not possible) have checked
/// exceptions of their own in the packages above.
public final class SystemCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /// @param what what was tried, for example `creating the map 'counts'`
    /// @param errno the kernel's answer, positive
    public SystemCallException(String what, int errno) {
        super(what + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    /// The kernel's answer, positive.
    public int errno() {
        return errno;
    }

    /// Gives back the result, or throws if it is a negated errno.
    ///
    /// @param what what was tried; only a constant should be given where the call is frequent
    public static long check(String what, long result) {
        if (SystemCalls.failed(result)) {
            throw new SystemCallException(what, (int) -result);
        }
        return result;
    }
}
