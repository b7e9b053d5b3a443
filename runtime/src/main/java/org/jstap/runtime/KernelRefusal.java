package org.jstap.runtime;

import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallException;

/** What a refused system call means to the user, and what to do. */
final class KernelRefusal {
    private KernelRefusal() { }

    static String explain(SystemCallException e) {
        String advice = switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES -> "\n  Kernel probes need rights: run as root, or grant CAP_BPF and CAP_PERFMON.";
            case Errno.ENOSYS, Errno.EINVAL -> "\n  This kernel does not know what jstap asked for; Linux 6.1 is the oldest it is made for.";
            case Errno.ENOMEM, Errno.E2BIG -> "\n  The kernel has not the memory for it: smaller arrays (-D MAXMAPENTRIES=N) need less.";
            default -> "";
        };
        return e.getMessage() + advice;
    }
}
