package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The variant `raw_tracepoint` of `union bpf_attr` that attaches a program to a raw tracepoint; the result is the link's descriptor.
public final class RawTracepointAttr extends BpfAttr {

    static final int NAME = 0;
    static final int PROG_FD = 8;
    static final int COOKIE = 16;
    private static final int SIZE = 24;

    private static final int BPF_RAW_TRACEPOINT_OPEN = 17;

    /// A view of zeroes, in memory of the allocator.
    public RawTracepointAttr(SegmentAllocator allocator) {
        super(BPF_RAW_TRACEPOINT_OPEN, allocator, SIZE);
    }

    /// Points `name` at the segment.
    public RawTracepointAttr name(MemorySegment value) {
        putPointer(NAME, value);
        return this;
    }

    /// Sets `prog_fd`.
    public RawTracepointAttr progFd(int value) {
        putInt(PROG_FD, value);
        return this;
    }

    /// Sets `cookie`.
    public RawTracepointAttr cookie(long value) {
        putLong(COOKIE, value);
        return this;
    }
}
