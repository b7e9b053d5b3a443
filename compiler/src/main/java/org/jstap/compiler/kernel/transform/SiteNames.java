package org.jstap.compiler.kernel.transform;

import org.jstap.compiler.program.ProbeSite;

/** What {@code probefunc()} and {@code probe_type()} return at a probe site. */
public final class SiteNames {
    private static final String NOWHERE = "0x0";

    private SiteNames() { }

    /** The probed function; "" where the site is in none. */
    public static String function(ProbeSite site) {
        return switch (site) {
            case ProbeSite.KernelFunction function -> function.name();
            case ProbeSite.UserCode code -> code.name();
            // The name of the address 0, as in SystemTap.
            case ProbeSite.Begin _, ProbeSite.End _, ProbeSite.Error _, ProbeSite.Timer _ -> NOWHERE;
            default -> "";
        };
    }

    /** SystemTap's word for the kind of probe. */
    public static String type(ProbeSite site) {
        return switch (site) {
            case ProbeSite.Begin _, ProbeSite.End _, ProbeSite.Error _, ProbeSite.Never _ -> "begin_end";
            case ProbeSite.Timer timer -> timer.text().startsWith("timer.jiffies") ? "timer" : "hrtimer";
            case ProbeSite.ProcFile _ -> "procfs";
            case ProbeSite.Tracepoint point -> !point.text().startsWith("process") ? "kernel_tracepoint"
                    : point.text().contains("syscall") ? "utrace_syscall" : "utrace";
            case ProbeSite.KernelFunction function -> function.isReturn() ? "kretprobe" : "kprobe";
            case ProbeSite.Statement _ -> "kprobe";
            case ProbeSite.UserCode code -> code.isReturn() ? "uretprobe" : "uprobe";
            case ProbeSite.Watchpoint _ -> "hardware_data_breakpoint";
            case ProbeSite.PerfCounter _, ProbeSite.Counter _ -> "perf_event";
            case ProbeSite.Netfilter _ -> "netfilter";
        };
    }
}
