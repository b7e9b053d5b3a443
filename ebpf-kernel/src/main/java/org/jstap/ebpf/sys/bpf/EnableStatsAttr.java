package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.SegmentAllocator;

/// The variant `enable_stats` of `union bpf_attr` that makes the kernel measure programs' run times; the result is a descriptor, and
/// the measuring lasts until it is closed (Linux 5.8).
public final class EnableStatsAttr extends BpfAttr {

    static final int TYPE = 0;
    private static final int SIZE = 4;
    private static final int BPF_ENABLE_STATS = 32;

    /// A view of zeroes, which means run times.
    public EnableStatsAttr(SegmentAllocator allocator) {
        super(BPF_ENABLE_STATS, allocator, SIZE);
    }
}
