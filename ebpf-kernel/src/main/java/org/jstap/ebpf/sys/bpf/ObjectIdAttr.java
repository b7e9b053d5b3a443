package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.SegmentAllocator;

/// The variant of `union bpf_attr` that walks the ids of programs, maps and links, or opens one by its id.
public final class ObjectIdAttr extends BpfAttr {

    static final int START_ID = 0;
    static final int NEXT_ID = 4;
    static final int OPEN_FLAGS = 8;
    private static final int SIZE = 12;

    private static final int BPF_PROG_GET_NEXT_ID = 11;
    private static final int BPF_MAP_GET_NEXT_ID = 12;
    private static final int BPF_PROG_GET_FD_BY_ID = 13;
    private static final int BPF_MAP_GET_FD_BY_ID = 14;
    private static final int BPF_BTF_GET_FD_BY_ID = 19;
    private static final int BPF_BTF_GET_NEXT_ID = 23;
    private static final int BPF_LINK_GET_FD_BY_ID = 30;
    private static final int BPF_LINK_GET_NEXT_ID = 31;

    private ObjectIdAttr(int command, SegmentAllocator allocator) {
        super(command, allocator, SIZE);
    }

    /// Finds the next program's id after `start_id`.
    public static ObjectIdAttr nextProgram(SegmentAllocator allocator) {
        return new ObjectIdAttr(BPF_PROG_GET_NEXT_ID, allocator);
    }

    /// Finds the next map's id after `start_id`.
    public static ObjectIdAttr nextMap(SegmentAllocator allocator) {
        return new ObjectIdAttr(BPF_MAP_GET_NEXT_ID, allocator);
    }

    /// Opens the program with the id `start_id`.
    public static ObjectIdAttr programFd(SegmentAllocator allocator) {
        return new ObjectIdAttr(BPF_PROG_GET_FD_BY_ID, allocator);
    }

    /// Opens the map with the id `start_id`.
    public static ObjectIdAttr mapFd(SegmentAllocator allocator) {
        return new ObjectIdAttr(BPF_MAP_GET_FD_BY_ID, allocator);
    }

    /// Opens the type information with the id `start_id`.
    public static ObjectIdAttr btfFd(SegmentAllocator allocator) {
        return new ObjectIdAttr(BPF_BTF_GET_FD_BY_ID, allocator);
    }

    /// Finds the next type information's id after `start_id`.
    public static ObjectIdAttr nextBtf(SegmentAllocator allocator) {
        return new ObjectIdAttr(BPF_BTF_GET_NEXT_ID, allocator);
    }

    /// Opens the link with the id `start_id`.
    public static ObjectIdAttr linkFd(SegmentAllocator allocator) {
        return new ObjectIdAttr(BPF_LINK_GET_FD_BY_ID, allocator);
    }

    /// Finds the next link's id after `start_id`.
    public static ObjectIdAttr nextLink(SegmentAllocator allocator) {
        return new ObjectIdAttr(BPF_LINK_GET_NEXT_ID, allocator);
    }

    /// Sets `start_id`.
    public ObjectIdAttr startId(int value) {
        putInt(START_ID, value);
        return this;
    }

    /// What the kernel has written into `next_id`.
    public int nextId() {
        return getInt(NEXT_ID);
    }

    /// Sets `open_flags`.
    public ObjectIdAttr openFlags(int value) {
        putInt(OPEN_FLAGS, value);
        return this;
    }
}
