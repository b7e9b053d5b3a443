package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The variant `info` of `union bpf_attr` that describes the object behind a descriptor.
public final class ObjectInfoAttr extends BpfAttr {

    static final int BPF_FD = 0;
    static final int INFO_LEN = 4;
    static final int INFO = 8;
    private static final int SIZE = 16;

    private static final int BPF_OBJ_GET_INFO_BY_FD = 15;

    /// A view of zeroes, in memory of the allocator.
    public ObjectInfoAttr(SegmentAllocator allocator) {
        super(BPF_OBJ_GET_INFO_BY_FD, allocator, SIZE);
    }

    /// Sets `bpf_fd`.
    public ObjectInfoAttr bpfFd(int value) {
        putInt(BPF_FD, value);
        return this;
    }

    /// Sets `info_len`.
    public ObjectInfoAttr infoLen(int value) {
        putInt(INFO_LEN, value);
        return this;
    }

    /// What the kernel has written into `info_len`.
    public int infoLen() {
        return getInt(INFO_LEN);
    }

    /// Points `info` at the segment.
    public ObjectInfoAttr info(MemorySegment value) {
        putPointer(INFO, value);
        return this;
    }
}
