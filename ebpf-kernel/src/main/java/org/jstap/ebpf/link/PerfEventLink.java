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
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttr attr = new PerfEventAttr(arena, type, config);
            if (frequency) {
                attr.sampleFrequency(period);
            } else {
                attr.samplePeriod(period);
            }
            return open(sys, program, attr, pid, cpus, cookie, target, false);
        }
    }

    /// Has a debug register of several processors watch kernel memory; the program runs after each access.
    ///
    /// @param length bytes
    /// @param reads whether reading counts too, and not only writing
    /// @param cpus the processors, each of which must be running
    /// @param cookie what bpf_get_attach_cookie gives to the program (Linux 5.15), or zero
    public static PerfEventLink watch(
            SystemCalls sys, Program program, long address, int length, boolean reads, int[] cpus, long cookie)
            throws AttachException {
        String target = "hardware breakpoint on " + length + (length == 1 ? " byte" : " bytes") + " at 0x"
                + Long.toHexString(address);
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttr attr = new PerfEventAttr(arena, PerfEventAttr.TYPE_BREAKPOINT, 0).breakpoint(address, length, reads);
            return open(sys, program, attr, -1, cpus, cookie, target, true);
        }
    }

    private static PerfEventLink open(
            SystemCalls sys,
            Program program,
            PerfEventAttr attr,
            int pid,
            int[] cpus,
            long cookie,
            String target,
            boolean breakpoint)
            throws AttachException {
        List<Fd> opened = new ArrayList<>();
        boolean complete = false;
        try {
            for (int cpu : cpus) {
                long event = attr.open(sys, pid, cpu);
                if (SystemCalls.failed(event)) {
                    int errno = (int) -event;
                    String why = breakpoint ? whyNoBreakpoint(errno) : why(errno);
                    throw new AttachException(target + " on processor " + cpu, "perf_event_open", errno, why);
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

    private static String whyNoBreakpoint(int errno) {
        return switch (errno) {
            case Errno.ENOSPC -> "all debug registers of the processor are in use (x86-64 has four)";
            case Errno.ENOENT, Errno.EOPNOTSUPP, Errno.ENOTSUPP, Errno.ENODEV ->
                "this kernel or machine has no hardware breakpoints (CONFIG_HAVE_HW_BREAKPOINT)";
            case Errno.EINVAL ->
                "the processor cannot watch these bytes: the address must be a multiple of the length, and not one that the kernel"
                        + " keeps from breakpoints";
            case Errno.EPERM, Errno.EACCES -> "watching the kernel's memory needs CAP_PERFMON or root";
            default -> "";
        };
    }

    static String name(int type, long config) {
        return switch (type) {
            case PerfEventAttr.TYPE_HARDWARE -> "hardware counter " + config;
            case PerfEventAttr.TYPE_SOFTWARE ->
                config == PerfEventAttr.SOFTWARE_CPU_CLOCK ? "cpu clock" : "software counter " + config;
            default -> "perf event " + type + "/" + config;
        };
    }

    static String why(int errno) {
        return switch (errno) {
            case Errno.ENOENT, Errno.EOPNOTSUPP, Errno.ENOTSUPP -> "this machine does not have that counter";
            case Errno.ENODEV -> "the processor is not running, or it does not have that counter";
            case Errno.EPERM, Errno.EACCES -> "sampling all processes needs CAP_PERFMON or root";
            case Errno.EINVAL -> "the period may be too short or too long for this kernel";
            default -> "";
        };
    }
}
