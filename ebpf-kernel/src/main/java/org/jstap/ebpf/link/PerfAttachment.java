package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.util.List;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.PerfEventControl;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.LinkCreateAttr;

/// Puts a program on an open perf event, by the way the kernel knows.
final class PerfAttachment {

    private PerfAttachment() {}

    /// Attaches by a perf link (Linux 5.15), or where there is none by the event's ioctl, which has no cookie.
    ///
    /// The event is enabled in either case and is closed if the attachment fails.
    ///
    /// @return what has to be closed for detaching
    static List<Fd> attach(SystemCalls sys, Program program, Fd event, long cookie, String target) throws AttachException {
        boolean attached = false;
        try {
            List<Fd> result = attachOpen(sys, program, event, cookie, target);
            attached = true;
            return result;
        } finally {
            if (!attached) {
                event.close();
            }
        }
    }

    private static List<Fd> attachOpen(SystemCalls sys, Program program, Fd event, long cookie, String target)
            throws AttachException {
        long result;
        try (Arena arena = Arena.ofConfined()) {
            result = new LinkCreateAttr(arena)
                    .progFd(program.fd())
                    .targetFd(event.number())
                    .attachType(AttachType.PERF_EVENT.number())
                    .perfEventCookie(cookie)
                    .call(sys);
        }
        if (!SystemCalls.failed(result)) {
            return List.of(new Fd(sys, (int) result), event);
        }
        if (cookie != 0 || result != -Errno.EINVAL && result != -Errno.E2BIG) {
            String reason = cookie != 0 && result == -Errno.EINVAL ? "cookies need Linux 5.15" : "";
            throw new AttachException(target, "bpf(BPF_LINK_CREATE)", (int) -result, reason);
        }
        long set = PerfEventControl.setProgram(sys, event.number(), program.fd());
        if (SystemCalls.failed(set)) {
            throw new AttachException(target, "ioctl(PERF_EVENT_IOC_SET_BPF)", (int) -set, "");
        }
        long enabled = PerfEventControl.enable(sys, event.number());
        if (SystemCalls.failed(enabled)) {
            throw new AttachException(target, "ioctl(PERF_EVENT_IOC_ENABLE)", (int) -enabled, "");
        }
        return List.of(event);
    }
}
