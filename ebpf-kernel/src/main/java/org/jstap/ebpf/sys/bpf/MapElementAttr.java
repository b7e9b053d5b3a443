package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The variant of `union bpf_attr` that works on one element of a map, or with BPF_MAP_FREEZE on the map itself.
public final class MapElementAttr extends BpfAttr {

    static final int MAP_FD = 0;
    static final int KEY = 8;
    static final int VALUE = 16;
    static final int FLAGS = 24;
    private static final int SIZE = 32;

    private static final int BPF_MAP_LOOKUP_ELEM = 1;
    private static final int BPF_MAP_UPDATE_ELEM = 2;
    private static final int BPF_MAP_DELETE_ELEM = 3;
    private static final int BPF_MAP_GET_NEXT_KEY = 4;
    private static final int BPF_MAP_LOOKUP_AND_DELETE_ELEM = 21;
    private static final int BPF_MAP_FREEZE = 22;

    private MapElementAttr(int command, SegmentAllocator allocator) {
        super(command, allocator, SIZE);
    }

    /// Reads the value of a key.
    public static MapElementAttr lookup(SegmentAllocator allocator) {
        return new MapElementAttr(BPF_MAP_LOOKUP_ELEM, allocator);
    }

    /// Writes the value of a key.
    public static MapElementAttr update(SegmentAllocator allocator) {
        return new MapElementAttr(BPF_MAP_UPDATE_ELEM, allocator);
    }

    /// Deletes a key.
    public static MapElementAttr delete(SegmentAllocator allocator) {
        return new MapElementAttr(BPF_MAP_DELETE_ELEM, allocator);
    }

    /// Writes the key after `key` into `value`; the first one where `key` is zero.
    public static MapElementAttr nextKey(SegmentAllocator allocator) {
        return new MapElementAttr(BPF_MAP_GET_NEXT_KEY, allocator);
    }

    /// Reads the value of a key and deletes it.
    public static MapElementAttr lookupAndDelete(SegmentAllocator allocator) {
        return new MapElementAttr(BPF_MAP_LOOKUP_AND_DELETE_ELEM, allocator);
    }

    /// Makes a map read-only for system calls.
    public static MapElementAttr freeze(SegmentAllocator allocator) {
        return new MapElementAttr(BPF_MAP_FREEZE, allocator);
    }

    /// Sets `map_fd`.
    public MapElementAttr mapFd(int value) {
        putInt(MAP_FD, value);
        return this;
    }

    /// Points `key` at the segment.
    public MapElementAttr key(MemorySegment value) {
        putPointer(KEY, value);
        return this;
    }

    /// Points `value` at the segment.
    public MapElementAttr value(MemorySegment value) {
        putPointer(VALUE, value);
        return this;
    }

    /// Sets `flags`.
    public MapElementAttr flags(long value) {
        putLong(FLAGS, value);
        return this;
    }
}
