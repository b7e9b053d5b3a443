package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.RawTracepointAttr;

/// A program on a kernel tracepoint, with the tracepoint's own arguments (raw tracepoints since Linux 4.17).
public final class RawTracepointLink extends FdLink {

    private RawTracepointLink(String description, List<Fd> descriptors) {
        super(description, descriptors);
    }

    /// Attaches a raw tracepoint program.
    ///
    /// @param tracepoint the tracepoint's name without its category, for example `sched_switch`
    /// @param cookie what bpf_get_attach_cookie gives to the program (Linux 6.10), or zero
    public static RawTracepointLink attach(SystemCalls sys, Program program, String tracepoint, long cookie)
            throws AttachException {
        String target = "raw tracepoint " + tracepoint;
        try (Arena arena = Arena.ofConfined()) {
            RawTracepointAttr attr = new RawTracepointAttr(arena)
                    .name(NativeMemory.string(arena, tracepoint))
                    .progFd(program.fd())
                    .cookie(cookie);
            long result = attr.call(sys);
            if (SystemCalls.failed(result)) {
                throw new AttachException(target, "bpf(BPF_RAW_TRACEPOINT_OPEN)", (int) -result, why((int) -result, cookie));
            }
            return new RawTracepointLink(target, List.of(new Fd(sys, (int) result)));
        }
    }

    private static String why(int errno, long cookie) {
        return switch (errno) {
            case Errno.ENOENT -> "this kernel has no tracepoint of that name";
            case Errno.E2BIG, Errno.EINVAL -> cookie != 0 ? "cookies on raw tracepoints need Linux 6.10" : "";
            case Errno.EPERM, Errno.EACCES -> "attaching needs CAP_BPF and CAP_PERFMON, or root";
            default -> "";
        };
    }
}
