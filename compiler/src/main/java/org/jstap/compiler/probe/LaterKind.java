package org.jstap.compiler.probe;

import java.util.List;
import org.jstap.language.tree.ProbePoint;

/** What SystemTap knows and jstap does not yet: refused by name, so that nobody looks for a misspelling. */
final class LaterKind implements ProbeKind {
    private static final List<String> WORDS = List.of("java", "python2",
            "python3", "vm", "vfs", "scheduler", "scsi", "signal", "socket", "tcp", "udp",
            "irq_handler", "softirq", "workqueue", "ioblock", "ioblock_trace", "ioscheduler",
            "ioscheduler_trace", "kprocess", "generic", "nfs", "nfsd", "sunrpc", "tty", "stap", "nd_process", "pagefault",
            "memory", "debuginfod", "glib");

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        throw Points.unsupported(point.components().getFirst().name(), point.components().getFirst());
    }
}
