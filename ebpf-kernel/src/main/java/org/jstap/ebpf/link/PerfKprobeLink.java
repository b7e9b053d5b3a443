package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.PerfEventAttr;
import org.jstap.ebpf.sys.SystemCalls;

/// A program on one kernel instruction or one function's return, by a kprobe or kretprobe that a perf event makes (Linux 4.17,
/// CONFIG_KPROBES).
public final class PerfKprobeLink extends FdLink {

    private final SystemCalls sys;

    private PerfKprobeLink(SystemCalls sys, String description, List<Fd> descriptors) {
        super(description, descriptors);
        this.sys = sys;
    }

    @Override
    public long missed() {
        return LinkInfo.read(sys, fd(), LinkInfo.KPROBE_MISSED);
    }

    /// Attaches by name.
    ///
    /// @param symbol a function's name, or `module:function`
    /// @param offset bytes after its start; zero for a return probe
    /// @param cookie what bpf_get_attach_cookie gives to the program (Linux 5.15), or zero
    static PerfKprobeLink attach(
            SystemCalls sys, EventSource source, Program program, String symbol, long offset, boolean atReturn, long cookie)
            throws AttachException {
        String target = describe(symbol, offset, atReturn);
        try (Arena arena = Arena.ofConfined()) {
            Fd event = open(sys, source, arena, NativeMemory.string(arena, symbol).address(), offset, atReturn, target);
            return new PerfKprobeLink(sys, target, PerfAttachment.attach(sys, program, event, cookie, target));
        }
    }

    /// Attaches at an address.
    ///
    /// @param address the address of an instruction, not zero
    static PerfKprobeLink attach(
            SystemCalls sys, EventSource source, Program program, long address, boolean atReturn, long cookie)
            throws AttachException {
        String target = describe(address, atReturn);
        try (Arena arena = Arena.ofConfined()) {
            Fd event = open(sys, source, arena, 0, address, atReturn, target);
            return new PerfKprobeLink(sys, target, PerfAttachment.attach(sys, program, event, cookie, target));
        }
    }

    /// Makes the event of a probe and takes it away.
    static void check(SystemCalls sys, EventSource source, String symbol, long offset, boolean atReturn) throws AttachException {
        try (Arena arena = Arena.ofConfined()) {
            open(sys, source, arena, NativeMemory.string(arena, symbol).address(), offset, atReturn, describe(symbol, offset, atReturn))
                    .close();
        }
    }

    /// Makes the event of a probe and takes it away.
    static void check(SystemCalls sys, EventSource source, long address, boolean atReturn) throws AttachException {
        try (Arena arena = Arena.ofConfined()) {
            open(sys, source, arena, 0, address, atReturn, describe(address, atReturn)).close();
        }
    }

    private static String describe(String symbol, long offset, boolean atReturn) {
        return (atReturn ? "kretprobe " : "kprobe ") + symbol + (offset == 0 ? "" : "+0x" + Long.toHexString(offset));
    }

    private static String describe(long address, boolean atReturn) {
        return (atReturn ? "kretprobe 0x" : "kprobe 0x") + Long.toHexString(address);
    }

    /// What kprobes are made by.
    static EventSource source(SystemCalls sys) {
        return new EventSource(
                sys, "kprobe", "this kernel has no kprobes for perf events (CONFIG_KPROBES or CONFIG_KPROBE_EVENTS is off)");
    }

    private static Fd open(
            SystemCalls sys, EventSource source, Arena arena, long nameAddress, long addressOrOffset, boolean atReturn, String target)
            throws AttachException {
        int type = source.type(target);
        long config = atReturn ? 1L << source.configBit("retprobe", target) : 0;
        long event = new PerfEventAttr(arena, type, config)
                .config1(nameAddress)
                .config2(addressOrOffset)
                .open(sys, -1, 0);
        if (SystemCalls.failed(event)) {
            throw new AttachException(target, "perf_event_open", (int) -event, why((int) -event));
        }
        return new Fd(sys, (int) event);
    }

    private static String why(int errno) {
        return switch (errno) {
            case Errno.ENOENT -> "this kernel has no such function";
            case Errno.EINVAL -> "the place cannot be probed (on the kprobe blacklist, or not the start of an instruction)";
            case Errno.EILSEQ -> "the offset is not the start of an instruction";
            case Errno.EPERM, Errno.EACCES ->
                "probing needs CAP_PERFMON or root, and a kernel that is not locked down for confidentiality";
            default -> "";
        };
    }
}
