package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The variant `batch` of `union bpf_attr` that works on many elements of a map.
public final class MapBatchAttr extends BpfAttr {

    static final int IN_BATCH = 0;
    static final int OUT_BATCH = 8;
    static final int KEYS = 16;
    static final int VALUES = 24;
    static final int COUNT = 32;
    static final int MAP_FD = 36;
    static final int ELEM_FLAGS = 40;
    static final int FLAGS = 48;
    private static final int SIZE = 56;

    private static final int BPF_MAP_LOOKUP_BATCH = 24;
    private static final int BPF_MAP_LOOKUP_AND_DELETE_BATCH = 25;
    private static final int BPF_MAP_UPDATE_BATCH = 26;
    private static final int BPF_MAP_DELETE_BATCH = 27;

    private MapBatchAttr(int command, SegmentAllocator allocator) {
        super(command, allocator, SIZE);
    }

    /// Reads the next elements.
    public static MapBatchAttr lookup(SegmentAllocator allocator) {
        return new MapBatchAttr(BPF_MAP_LOOKUP_BATCH, allocator);
    }

    /// Reads the next elements and deletes them.
    public static MapBatchAttr lookupAndDelete(SegmentAllocator allocator) {
        return new MapBatchAttr(BPF_MAP_LOOKUP_AND_DELETE_BATCH, allocator);
    }

    /// Writes elements.
    public static MapBatchAttr update(SegmentAllocator allocator) {
        return new MapBatchAttr(BPF_MAP_UPDATE_BATCH, allocator);
    }

    /// Deletes the given keys.
    public static MapBatchAttr delete(SegmentAllocator allocator) {
        return new MapBatchAttr(BPF_MAP_DELETE_BATCH, allocator);
    }

    /// Points `in_batch` at the segment.
    public MapBatchAttr inBatch(MemorySegment value) {
        putPointer(IN_BATCH, value);
        return this;
    }

    /// Points `out_batch` at the segment.
    public MapBatchAttr outBatch(MemorySegment value) {
        putPointer(OUT_BATCH, value);
        return this;
    }

    /// Points `keys` at the segment.
    public MapBatchAttr keys(MemorySegment value) {
        putPointer(KEYS, value);
        return this;
    }

    /// Points `values` at the segment.
    public MapBatchAttr values(MemorySegment value) {
        putPointer(VALUES, value);
        return this;
    }

    /// Sets `count`.
    public MapBatchAttr count(int value) {
        putInt(COUNT, value);
        return this;
    }

    /// What the kernel has written into `count`.
    public int count() {
        return getInt(COUNT);
    }

    /// Sets `map_fd`.
    public MapBatchAttr mapFd(int value) {
        putInt(MAP_FD, value);
        return this;
    }

    /// Sets `elem_flags`.
    public MapBatchAttr elemFlags(long value) {
        putLong(ELEM_FLAGS, value);
        return this;
    }

    /// Sets `flags`.
    public MapBatchAttr flags(long value) {
        putLong(FLAGS, value);
        return this;
    }
}
