package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.LinkCreateAttr;

/// A program at a hook of the packet filter (Linux 6.4, `CONFIG_NETFILTER_BPF_LINK`).
public final class NetfilterLink extends FdLink {

    private NetfilterLink(String description, List<Fd> descriptors) {
        super(description, descriptors);
    }

    /// Attaches the program in the network namespace of this process.
    public static NetfilterLink attach(SystemCalls sys, Program program, LinkSpec.Netfilter spec) throws AttachException {
        String target = "netfilter hook " + spec.hook() + " of family " + spec.family() + " at priority " + spec.priority();
        try (Arena arena = Arena.ofConfined()) {
            long result = new LinkCreateAttr(arena)
                    .progFd(program.fd())
                    .attachType(AttachType.NETFILTER.number())
                    .netfilterFamily(spec.family())
                    .netfilterHook(spec.hook())
                    .netfilterPriority(spec.priority())
                    .call(sys);
            if (SystemCalls.failed(result)) {
                throw new AttachException(target, "bpf(BPF_LINK_CREATE)", (int) -result, why((int) -result));
            }
            return new NetfilterLink(target, List.of(new Fd(sys, (int) result)));
        }
    }

    private static String why(int errno) {
        return switch (errno) {
            case Errno.EBUSY -> "another BPF program is at this hook with the same priority";
            case Errno.EAFNOSUPPORT -> "this kernel takes programs for IPv4 and IPv6 only";
            case Errno.ERANGE -> "this priority is kept for the reassembly of fragments";
            default -> "";
        };
    }
}
