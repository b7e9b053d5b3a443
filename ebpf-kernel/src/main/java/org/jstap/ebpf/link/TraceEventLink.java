package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.PerfEventAttr;
import org.jstap.ebpf.sys.SystemCalls;

/// A program on a trace event: a tracepoint with a record whose layout tracefs describes.
public final class TraceEventLink extends FdLink {

    private TraceEventLink(String description, List<Fd> descriptors) {
        super(description, descriptors);
    }

    /// Attaches to a trace event, which needs no tracefs once its number is known.
    ///
    /// @param id the event's number, see [TraceFs#eventId]
    /// @param cookie what bpf_get_attach_cookie gives to the program (Linux 5.15), or zero
    public static TraceEventLink attach(SystemCalls sys, Program program, String category, String name, int id, long cookie)
            throws AttachException {
        String target = "trace event " + category + ":" + name;
        long event;
        try (Arena arena = Arena.ofConfined()) {
            // The program runs for the events of all processors, whichever one the perf event is on.
            event = new PerfEventAttr(arena, PerfEventAttr.TYPE_TRACEPOINT, id).samplePeriod(1).open(sys, -1, 0);
        }
        if (SystemCalls.failed(event)) {
            throw new AttachException(target, "perf_event_open", (int) -event, "");
        }
        return new TraceEventLink(target, PerfAttachment.attach(sys, program, new Fd(sys, (int) event), cookie, target));
    }
}
