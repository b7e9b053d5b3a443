package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.PerfEventAttr;
import org.jstap.ebpf.sys.SystemCalls;

/// A program on an instruction of a user-space file, or on the return of the function that starts there (perf uprobes since Linux
/// 4.17, CONFIG_UPROBES).
public final class UprobeLink extends FdLink {

    private UprobeLink(String description, List<Fd> descriptors) {
        super(description, descriptors);
    }

    /// Attaches.
    ///
    /// @param path the executable or library
    /// @param offset where in the file, in bytes
    /// @param pid only in this process; -1 for all that map the file
    /// @param referenceCounter where in the file the counter of a USDT probe's users is (Linux 4.20), or zero
    /// @param cookie what bpf_get_attach_cookie gives to the program (Linux 5.15), or zero
    static UprobeLink attach(
            SystemCalls sys,
            EventSource source,
            Program program,
            String path,
            long offset,
            int pid,
            boolean atReturn,
            long referenceCounter,
            long cookie)
            throws AttachException {
        String target = (atReturn ? "uretprobe " : "uprobe ") + path + "+0x" + Long.toHexString(offset)
                + (pid == -1 ? "" : " of process " + pid);
        int type = source.type(target);
        long config = atReturn ? 1L << source.configBit("retprobe", target) : 0;
        if (referenceCounter != 0) {
            config |= referenceCounter << source.configBit("ref_ctr_offset", target);
        }
        long event;
        try (Arena arena = Arena.ofConfined()) {
            event = new PerfEventAttr(arena, type, config)
                    .config1(NativeMemory.string(arena, path).address())
                    .config2(offset)
                    .open(sys, pid, pid == -1 ? 0 : -1);
        }
        if (SystemCalls.failed(event)) {
            throw new AttachException(target, "perf_event_open", (int) -event, why((int) -event));
        }
        return new UprobeLink(target, PerfAttachment.attach(sys, program, new Fd(sys, (int) event), cookie, target));
    }

    /// What uprobes are made by.
    static EventSource source(SystemCalls sys) {
        return new EventSource(
                sys, "uprobe", "this kernel has no uprobes for perf events (CONFIG_UPROBES or CONFIG_UPROBE_EVENTS is off)");
    }

    private static String why(int errno) {
        return switch (errno) {
            case Errno.ENOENT -> "there is no such file";
            case Errno.ESRCH -> "there is no such process";
            case Errno.EINVAL -> "the offset is not one of an instruction in the file";
            case Errno.EIO -> "the file's file system has no pages that could be probed";
            case Errno.EOPNOTSUPP, Errno.ENOTSUPP -> "this instruction cannot be probed";
            case Errno.EPERM, Errno.EACCES -> "probing needs CAP_PERFMON or root";
            default -> "";
        };
    }
}
