package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The variant of `union bpf_attr` that loads type information; the result is its descriptor.
public final class BtfLoadAttr extends BpfAttr {

    static final int BTF = 0;
    static final int BTF_LOG_BUF = 8;
    static final int BTF_SIZE = 16;
    static final int BTF_LOG_SIZE = 20;
    static final int BTF_LOG_LEVEL = 24;
    static final int BTF_LOG_TRUE_SIZE = 28;
    private static final int SIZE = 32;

    private static final int BPF_BTF_LOAD = 18;

    /// A view of zeroes, in memory of the allocator.
    public BtfLoadAttr(SegmentAllocator allocator) {
        super(BPF_BTF_LOAD, allocator, SIZE);
    }

    /// Points `btf` at the segment.
    public BtfLoadAttr btf(MemorySegment value) {
        putPointer(BTF, value);
        return this;
    }

    /// Points `btf_log_buf` at the segment.
    public BtfLoadAttr btfLogBuf(MemorySegment value) {
        putPointer(BTF_LOG_BUF, value);
        return this;
    }

    /// Sets `btf_size`.
    public BtfLoadAttr btfSize(int value) {
        putInt(BTF_SIZE, value);
        return this;
    }

    /// Sets `btf_log_size`.
    public BtfLoadAttr btfLogSize(int value) {
        putInt(BTF_LOG_SIZE, value);
        return this;
    }

    /// Sets `btf_log_level`.
    public BtfLoadAttr btfLogLevel(int value) {
        putInt(BTF_LOG_LEVEL, value);
        return this;
    }

    /// What the kernel has written into `btf_log_true_size`.
    public int btfLogTrueSize() {
        return getInt(BTF_LOG_TRUE_SIZE);
    }
}
