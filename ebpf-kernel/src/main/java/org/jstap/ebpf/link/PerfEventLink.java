package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.PerfEventAttr;
import org.jstap.ebpf.sys.SystemCalls;

/// A program that samples: it runs on each of some processors whenever a counter has gone a period further (perf programs since Linux
/// 4.9).
public final class PerfEventLink extends FdLink {

    private PerfEventLink(String description, List<Fd> descriptors) {
        super(description, descriptors);
    }

    /// Attaches on several processors, for all processes.
    ///
    /// @param type the kind of counter, for example [PerfEventAttr#TYPE_SOFTWARE]
    /// @param config the counter, for example [PerfEventAttr#SOFTWARE_CPU_CLOCK]
    /// @param period counts between two runs (for a clock: nanoseconds), or if `frequency` is true, runs a second
    /// @param cpus the processors, each of which must be running
    /// @param cookie what bpf_get_attach_cookie gives to the program (Linux 5.15), or zero
    public static PerfEventLink attach(
            SystemCalls sys,
            Program program,
            int type,
            long config,
            long period,
            boolean frequency,
            int pid,
            int[] cpus,
            long cookie)
            throws AttachException {
        String target = name(type, config) + (frequency ? ", " + period + " times a second" : ", every " + period + " counts");
        List<Fd> opened = new ArrayList<>();
        boolean complete = false;
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttr attr = new PerfEventAttr(arena, type, config);
            if (frequency) {
                attr.sampleFrequency(period);
            } else {
                attr.samplePeriod(period);
            }
            for (int cpu : cpus) {
                long event = attr.open(sys, pid, cpu);
                if (SystemCalls.failed(event)) {
                    String where = target + " on processor " + cpu;
                    throw new AttachException(where, "perf_event_open", (int) -event, why((int) -event));
                }
                opened.addAll(PerfAttachment.attach(sys, program, new Fd(sys, (int) event), cookie, target));
            }
            complete = true;
        } finally {
            if (!complete) {
                for (Fd fd : opened) {
                    fd.close();
                }
            }
        }
        return new PerfEventLink(target, opened);
    }

    private static String name(int type, long config) {
        return switch (type) {
            case PerfEventAttr.TYPE_HARDWARE -> "hardware counter " + config;
            case PerfEventAttr.TYPE_SOFTWARE ->
                config == PerfEventAttr.SOFTWARE_CPU_CLOCK ? "cpu clock" : "software counter " + config;
            default -> "perf event " + type + "/" + config;
        };
    }

    private static String why(int errno) {
        return switch (errno) {
            case Errno.ENOENT, Errno.EOPNOTSUPP, Errno.ENOTSUPP -> "this machine does not have that counter";
            case Errno.ENODEV -> "the processor is not running, or it does not have that counter";
            case Errno.EPERM, Errno.EACCES -> "sampling all processes needs CAP_PERFMON or root";
            case Errno.EINVAL -> "the period may be too short or too long for this kernel";
            default -> "";
        };
    }
}
