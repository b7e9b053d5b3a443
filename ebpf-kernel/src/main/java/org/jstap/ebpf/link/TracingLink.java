package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.LinkCreateAttr;
import org.jstap.ebpf.sys.bpf.RawTracepointAttr;

/// A program whose target was chosen when it was loaded: fentry, fexit, fmod_ret and tp_btf (Linux 5.5, BTF needed).
public final class TracingLink extends FdLink {

    private TracingLink(String description, List<Fd> descriptors) {
        super(description, descriptors);
    }

    /// Attaches the program to what it was loaded for.
    ///
    /// @param target words for the target, for example `fentry vfs_read`
    /// @param cookie what bpf_get_attach_cookie gives to the program (Linux 5.19; tp_btf 6.10), or zero
    public static TracingLink attach(SystemCalls sys, Program program, String target, long cookie) throws AttachException {
        try (Arena arena = Arena.ofConfined()) {
            // A name of zero means the target chosen at load time; every kernel with such programs knows this form.
            String tried = cookie == 0 ? "bpf(BPF_RAW_TRACEPOINT_OPEN)" : "bpf(BPF_LINK_CREATE)";
            long result = cookie == 0
                    ? new RawTracepointAttr(arena).progFd(program.fd()).call(sys)
                    : new LinkCreateAttr(arena)
                            .progFd(program.fd())
                            .attachType(program.attachType())
                            .tracingCookie(cookie)
                            .call(sys);
            if (SystemCalls.failed(result)) {
                throw new AttachException(target, tried, (int) -result, why((int) -result, cookie));
            }
            return new TracingLink(target, List.of(new Fd(sys, (int) result)));
        }
    }

    private static String why(int errno, long cookie) {
        return switch (errno) {
            case Errno.E2BIG -> "at most 38 programs can be attached to one function";
            case Errno.EBUSY -> "the function is patched by somebody else";
            case Errno.EINVAL -> cookie != 0 ? "cookies need Linux 5.19 (for tracepoints 6.10)" : "";
            case Errno.EPERM, Errno.ENODEV, Errno.EOPNOTSUPP, Errno.ENOTSUPP ->
                "this kernel does not let its functions be patched";
            default -> "";
        };
    }
}
