package org.jstap.ebpf.vm;

/** Results of helpers that failed: negated numbers of {@code errno.h}. */
final class Errno {
    static final long EPERM = -1;
    static final long ENOENT = -2;
    static final long E2BIG = -7;
    static final long EFAULT = -14;
    static final long ENOSPC = -28;
    static final long EEXIST = -17;
    static final long EINVAL = -22;

    private Errno() {
    }
}
