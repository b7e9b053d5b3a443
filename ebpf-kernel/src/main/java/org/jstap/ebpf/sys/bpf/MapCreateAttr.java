package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.SegmentAllocator;

/// The variant of `union bpf_attr` that creates a map; the result is its descriptor.
public final class MapCreateAttr extends BpfAttr {

    static final int MAP_TYPE = 0;
    static final int KEY_SIZE = 4;
    static final int VALUE_SIZE = 8;
    static final int MAX_ENTRIES = 12;
    static final int MAP_FLAGS = 16;
    static final int INNER_MAP_FD = 20;
    static final int MAP_NAME = 28;
    static final int BTF_FD = 48;
    static final int BTF_KEY_TYPE_ID = 52;
    static final int BTF_VALUE_TYPE_ID = 56;
    static final int MAP_EXTRA = 64;
    private static final int SIZE = 72;

    private static final int BPF_MAP_CREATE = 0;

    /// A view of zeroes, in memory of the allocator.
    public MapCreateAttr(SegmentAllocator allocator) {
        super(BPF_MAP_CREATE, allocator, SIZE);
    }

    /// Sets `map_type`.
    public MapCreateAttr mapType(int value) {
        putInt(MAP_TYPE, value);
        return this;
    }

    /// Sets `key_size`.
    public MapCreateAttr keySize(int value) {
        putInt(KEY_SIZE, value);
        return this;
    }

    /// Sets `value_size`.
    public MapCreateAttr valueSize(int value) {
        putInt(VALUE_SIZE, value);
        return this;
    }

    /// Sets `max_entries`.
    public MapCreateAttr maxEntries(int value) {
        putInt(MAX_ENTRIES, value);
        return this;
    }

    /// Sets `map_flags`.
    public MapCreateAttr mapFlags(int value) {
        putInt(MAP_FLAGS, value);
        return this;
    }

    /// Sets `inner_map_fd`.
    public MapCreateAttr innerMapFd(int value) {
        putInt(INNER_MAP_FD, value);
        return this;
    }

    /// Sets `map_name`: what of the name fits and is allowed, see [#objectName].
    public MapCreateAttr mapName(String value) {
        putName(MAP_NAME, value);
        return this;
    }

    /// Sets `btf_fd`.
    public MapCreateAttr btfFd(int value) {
        putInt(BTF_FD, value);
        return this;
    }

    /// Sets `btf_key_type_id`.
    public MapCreateAttr btfKeyTypeId(int value) {
        putInt(BTF_KEY_TYPE_ID, value);
        return this;
    }

    /// Sets `btf_value_type_id`.
    public MapCreateAttr btfValueTypeId(int value) {
        putInt(BTF_VALUE_TYPE_ID, value);
        return this;
    }

    /// Sets `map_extra`.
    public MapCreateAttr mapExtra(long value) {
        putLong(MAP_EXTRA, value);
        return this;
    }
}
