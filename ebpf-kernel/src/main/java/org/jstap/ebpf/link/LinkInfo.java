package org.jstap.ebpf.link;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.ObjectInfoAttr;

/// What the kernel says about a link (`struct bpf_link_info` of include/uapi/linux/bpf.h), as far as it is of use here.
final class LinkInfo {

    static final int KPROBE_MULTI_MISSED = 32;
    static final int KPROBE_MISSED = 48;
    private static final int BYTES = 64;

    private LinkInfo() {}

    /// A number of 8 bytes at an offset; zero where the kernel writes none there, or where the descriptor is that of an event, which
    /// old kernels attach without a link.
    static long read(SystemCalls sys, int fd, int offset) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(BYTES, 8);
            new ObjectInfoAttr(arena).bpfFd(fd).infoLen(BYTES).info(info).call(sys);
            return info.get(JAVA_LONG, offset);
        }
    }
}
