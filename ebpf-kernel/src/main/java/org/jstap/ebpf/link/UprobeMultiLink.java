package org.jstap.ebpf.link;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.spec.LinkSpec.UserTarget;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.LinkCreateAttr;

/// A program on many places of one user-space file in one call (Linux 6.6), which also is closed in one grace period instead of one
/// for each place.
public final class UprobeMultiLink extends FdLink {

    private static final int RETURN = 1;

    private UprobeMultiLink(String description, List<Fd> descriptors) {
        super(description, descriptors);
    }

    /// Attaches.
    ///
    /// @param program loaded for [org.jstap.ebpf.spec.AttachType#TRACE_UPROBE_MULTI] or a session
    /// @param path the executable or library
    /// @param pid only in this process; -1 for all
    public static UprobeMultiLink attach(
            SystemCalls sys, Program program, String path, List<UserTarget> targets, boolean atReturn, int pid)
            throws AttachException {
        int count = targets.size();
        long[] offsets = new long[count];
        long[] counters = new long[count];
        long[] cookies = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = targets.get(i).offset();
            counters[i] = targets.get(i).semaphoreOffset();
            cookies[i] = targets.get(i).cookie();
        }
        String target = (atReturn ? "uretprobe.multi " : "uprobe.multi ") + count + " places of " + path;
        try (Arena arena = Arena.ofConfined()) {
            long result = new LinkCreateAttr(arena)
                    .progFd(program.fd())
                    .attachType(program.attachType())
                    .uprobeMultiPath(NativeMemory.string(arena, path))
                    .uprobeMultiOffsets(arena.allocateFrom(JAVA_LONG, offsets))
                    .uprobeMultiRefCtrOffsets(arena.allocateFrom(JAVA_LONG, counters))
                    .uprobeMultiCookies(arena.allocateFrom(JAVA_LONG, cookies))
                    .uprobeMultiCount(count)
                    .uprobeMultiFlags(atReturn ? RETURN : 0)
                    .uprobeMultiPid(Math.max(0, pid))
                    .call(sys);
            if (SystemCalls.failed(result)) {
                throw new AttachException(target, "bpf(BPF_LINK_CREATE)", (int) -result, why((int) -result));
            }
            return new UprobeMultiLink(target, List.of(new Fd(sys, (int) result)));
        }
    }

    private static String why(int errno) {
        return switch (errno) {
            case Errno.ENOENT, Errno.EBADF -> "there is no such file";
            case Errno.ESRCH -> "there is no such process";
            case Errno.EINVAL -> "an offset is not one of an instruction, or this kernel has no uprobe.multi (Linux 6.6)";
            case Errno.EOPNOTSUPP, Errno.ENOTSUPP -> "this kernel is built without CONFIG_UPROBES";
            default -> "";
        };
    }
}
