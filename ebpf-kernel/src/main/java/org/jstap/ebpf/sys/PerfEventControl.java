package org.jstap.ebpf.sys;

/// The ioctls of a perf event (perf_event_open(2)). Each gives the kernel's result.
public final class PerfEventControl {

    private static final long IOC_ENABLE = 0x2400;
    private static final long IOC_DISABLE = 0x2401;
    private static final long IOC_SET_BPF = 0x40042408L;

    private PerfEventControl() {}

    /// Starts counting.
    public static long enable(SystemCalls sys, int eventFd) {
        return sys.call(SystemCallNumber.IOCTL, eventFd, IOC_ENABLE, 0);
    }

    /// Stops counting.
    public static long disable(SystemCalls sys, int eventFd) {
        return sys.call(SystemCallNumber.IOCTL, eventFd, IOC_DISABLE, 0);
    }

    /// Runs a program at each event, until the event is closed; for kernels without perf links (before 5.15).
    public static long setProgram(SystemCalls sys, int eventFd, int programFd) {
        return sys.call(SystemCallNumber.IOCTL, eventFd, IOC_SET_BPF, programFd);
    }
}
