package org.jstap.ebpf.spec;

/** Flags of BPF_MAP_CREATE, from the kernel's {@code include/uapi/linux/bpf.h} ({@code BPF_F_…}); to be combined with or. */
public final class MapFlags {
    /** A hash takes memory for an element when it is inserted, not all at the start. */
    public static final int NO_PREALLOC = 1;
    /** An LRU hash has a list per CPU. */
    public static final int NO_COMMON_LRU = 1 << 1;
    /** Memory from a chosen NUMA node. */
    public static final int NUMA_NODE = 1 << 2;
    /** System calls may only read. */
    public static final int RDONLY = 1 << 3;
    /** System calls may only write. */
    public static final int WRONLY = 1 << 4;
    /** Stacks are stored as build identifiers and offsets. */
    public static final int STACK_BUILD_ID = 1 << 5;
    /** The hash has no random seed, for tests. */
    public static final int ZERO_SEED = 1 << 6;
    /** Programs may only read (kernel 5.2). */
    public static final int RDONLY_PROG = 1 << 7;
    /** Programs may only write (kernel 5.2). */
    public static final int WRONLY_PROG = 1 << 8;
    /** The values of an array can be mapped into memory (kernel 5.5). */
    public static final int MMAPABLE = 1 << 10;
    /** An array that is the value of a map of maps may differ in size from its prototype (kernel 5.10). */
    public static final int INNER_MAP = 1 << 12;

    private MapFlags() {
    }
}
