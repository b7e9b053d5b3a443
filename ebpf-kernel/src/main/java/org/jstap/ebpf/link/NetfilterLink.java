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
    private static final int MOST_AT_ONE = 32;

    private NetfilterLink(String description, List<Fd> descriptors) {
        super(description, descriptors);
    }

    /// Attaches the program in the network namespace of this process. Hooks of one priority run in the order of registration,
    /// but the kernel gives a priority to one BPF program only: one that comes later gets the next that is free.
    public static NetfilterLink attach(SystemCalls sys, Program program, LinkSpec.Netfilter spec) throws AttachException {
        long result = 0;
        for (int after = 0; after < MOST_AT_ONE; after++) {
            result = create(sys, program, spec, spec.priority() + after);
            if (result != -Errno.EBUSY || spec.priority() + after + 1 == Integer.MAX_VALUE) {
                break;
            }
        }
        String target = "netfilter hook " + spec.hook() + " of family " + spec.family() + " at priority " + spec.priority();
        if (SystemCalls.failed(result)) {
            throw new AttachException(target, "bpf(BPF_LINK_CREATE)", (int) -result, why((int) -result));
        }
        return new NetfilterLink(target, List.of(new Fd(sys, (int) result)));
    }

    private static long create(SystemCalls sys, Program program, LinkSpec.Netfilter spec, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            return new LinkCreateAttr(arena)
                    .progFd(program.fd())
                    .attachType(AttachType.NETFILTER.number())
                    .netfilterFamily(spec.family())
                    .netfilterHook(spec.hook())
                    .netfilterPriority(priority)
                    .call(sys);
        }
    }

    private static String why(int errno) {
        return switch (errno) {
            case Errno.EBUSY -> "other BPF programs are at this hook with the same priority, and with those that follow";
            case Errno.EAFNOSUPPORT -> "this kernel takes programs for IPv4 and IPv6 only";
            case Errno.ERANGE -> "this priority is kept for the reassembly of fragments";
            default -> "";
        };
    }
}
