package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The variant `link_create` of `union bpf_attr` that attaches a program; the result is the link's descriptor.
public final class LinkCreateAttr extends BpfAttr {

    static final int PROG_FD = 0;
    static final int TARGET_FD = 4;
    static final int ATTACH_TYPE = 8;
    static final int FLAGS = 12;
    static final int PERF_EVENT_COOKIE = 16;
    static final int KPROBE_MULTI_FLAGS = 16;
    static final int KPROBE_MULTI_COUNT = 20;
    static final int KPROBE_MULTI_SYMBOLS = 24;
    static final int KPROBE_MULTI_ADDRESSES = 32;
    static final int KPROBE_MULTI_COOKIES = 40;
    static final int UPROBE_MULTI_PATH = 16;
    static final int UPROBE_MULTI_OFFSETS = 24;
    static final int UPROBE_MULTI_REF_CTR_OFFSETS = 32;
    static final int UPROBE_MULTI_COOKIES = 40;
    static final int UPROBE_MULTI_COUNT = 48;
    static final int UPROBE_MULTI_FLAGS = 52;
    static final int UPROBE_MULTI_PID = 56;
    static final int TRACING_COOKIE = 24;
    static final int NETFILTER_FAMILY = 16;
    static final int NETFILTER_HOOK = 20;
    static final int NETFILTER_PRIORITY = 24;
    private static final int SIZE = 64;

    private static final int BPF_LINK_CREATE = 28;

    /// A view of zeroes, in memory of the allocator.
    public LinkCreateAttr(SegmentAllocator allocator) {
        super(BPF_LINK_CREATE, allocator, SIZE);
    }

    /// Sets `prog_fd`.
    public LinkCreateAttr progFd(int value) {
        putInt(PROG_FD, value);
        return this;
    }

    /// Sets `target_fd`.
    public LinkCreateAttr targetFd(int value) {
        putInt(TARGET_FD, value);
        return this;
    }

    /// Sets `attach_type`.
    public LinkCreateAttr attachType(int value) {
        putInt(ATTACH_TYPE, value);
        return this;
    }

    /// Sets `flags`.
    public LinkCreateAttr flags(int value) {
        putInt(FLAGS, value);
        return this;
    }

    /// Sets `perf_event.bpf_cookie`.
    public LinkCreateAttr perfEventCookie(long value) {
        putLong(PERF_EVENT_COOKIE, value);
        return this;
    }

    /// Sets `kprobe_multi.flags`.
    public LinkCreateAttr kprobeMultiFlags(int value) {
        putInt(KPROBE_MULTI_FLAGS, value);
        return this;
    }

    /// Sets `kprobe_multi.cnt`.
    public LinkCreateAttr kprobeMultiCount(int value) {
        putInt(KPROBE_MULTI_COUNT, value);
        return this;
    }

    /// Points `kprobe_multi.syms` at the segment.
    public LinkCreateAttr kprobeMultiSymbols(MemorySegment value) {
        putPointer(KPROBE_MULTI_SYMBOLS, value);
        return this;
    }

    /// Points `kprobe_multi.addrs` at the segment.
    public LinkCreateAttr kprobeMultiAddresses(MemorySegment value) {
        putPointer(KPROBE_MULTI_ADDRESSES, value);
        return this;
    }

    /// Points `kprobe_multi.cookies` at the segment.
    public LinkCreateAttr kprobeMultiCookies(MemorySegment value) {
        putPointer(KPROBE_MULTI_COOKIES, value);
        return this;
    }

    /// Points `uprobe_multi.path` at the segment.
    public LinkCreateAttr uprobeMultiPath(MemorySegment value) {
        putPointer(UPROBE_MULTI_PATH, value);
        return this;
    }

    /// Points `uprobe_multi.offsets` at the segment.
    public LinkCreateAttr uprobeMultiOffsets(MemorySegment value) {
        putPointer(UPROBE_MULTI_OFFSETS, value);
        return this;
    }

    /// Points `uprobe_multi.ref_ctr_offsets` at the segment.
    public LinkCreateAttr uprobeMultiRefCtrOffsets(MemorySegment value) {
        putPointer(UPROBE_MULTI_REF_CTR_OFFSETS, value);
        return this;
    }

    /// Points `uprobe_multi.cookies` at the segment.
    public LinkCreateAttr uprobeMultiCookies(MemorySegment value) {
        putPointer(UPROBE_MULTI_COOKIES, value);
        return this;
    }

    /// Sets `uprobe_multi.cnt`.
    public LinkCreateAttr uprobeMultiCount(int value) {
        putInt(UPROBE_MULTI_COUNT, value);
        return this;
    }

    /// Sets `uprobe_multi.flags`.
    public LinkCreateAttr uprobeMultiFlags(int value) {
        putInt(UPROBE_MULTI_FLAGS, value);
        return this;
    }

    /// Sets `uprobe_multi.pid`.
    public LinkCreateAttr uprobeMultiPid(int value) {
        putInt(UPROBE_MULTI_PID, value);
        return this;
    }

    /// Sets `tracing.cookie`.
    public LinkCreateAttr tracingCookie(long value) {
        putLong(TRACING_COOKIE, value);
        return this;
    }

    /// Sets `netfilter.pf`.
    public LinkCreateAttr netfilterFamily(int value) {
        putInt(NETFILTER_FAMILY, value);
        return this;
    }

    /// Sets `netfilter.hooknum`.
    public LinkCreateAttr netfilterHook(int value) {
        putInt(NETFILTER_HOOK, value);
        return this;
    }

    /// Sets `netfilter.priority`.
    public LinkCreateAttr netfilterPriority(int value) {
        putInt(NETFILTER_PRIORITY, value);
        return this;
    }
}
