package org.jstap.ebpf.link;

import org.jstap.ebpf.sys.Errno;

/// An attachment that was not possible: what was tried, what the kernel answered, and why it may have.
public final class AttachException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String target;
    private final String tried;
    private final int errno;
    private final String reason;

    /// @param target what was to be attached to, for example `kprobe vfs_read`
    /// @param tried the call that failed, for example `perf_event_open`
    /// @param errno the kernel's answer, positive
    /// @param reason what the answer means here; may be empty
    public AttachException(String target, String tried, int errno, String reason) {
        super("cannot attach to " + target + ": " + tried + " answered " + Errno.describe(errno)
                + (reason.isEmpty() ? "" : ": " + reason));
        this.target = target;
        this.tried = tried;
        this.errno = errno;
        this.reason = reason;
    }

    /// What was to be attached to.
    public String target() {
        return target;
    }

    /// The call that failed.
    public String tried() {
        return tried;
    }

    /// The kernel's answer, positive.
    public int errno() {
        return errno;
    }

    /// What the answer means here; may be empty.
    public String reason() {
        return reason;
    }
}
