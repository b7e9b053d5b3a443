package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The variant `test` of `union bpf_attr` that runs a program once, without its event.
public final class TestRunAttr extends BpfAttr {

    static final int PROG_FD = 0;
    static final int RETVAL = 4;
    static final int DATA_SIZE_IN = 8;
    static final int DATA_SIZE_OUT = 12;
    static final int DATA_IN = 16;
    static final int DATA_OUT = 24;
    static final int REPEAT = 32;
    static final int DURATION = 36;
    static final int CTX_SIZE_IN = 40;
    static final int CTX_SIZE_OUT = 44;
    static final int CTX_IN = 48;
    static final int CTX_OUT = 56;
    static final int FLAGS = 64;
    static final int CPU = 68;
    private static final int SIZE = 80;

    private static final int BPF_PROG_TEST_RUN = 10;

    /// A view of zeroes, in memory of the allocator.
    public TestRunAttr(SegmentAllocator allocator) {
        super(BPF_PROG_TEST_RUN, allocator, SIZE);
    }

    /// Sets `prog_fd`.
    public TestRunAttr progFd(int value) {
        putInt(PROG_FD, value);
        return this;
    }

    /// What the kernel has written into `retval`.
    public int retval() {
        return getInt(RETVAL);
    }

    /// Sets `data_size_in`.
    public TestRunAttr dataSizeIn(int value) {
        putInt(DATA_SIZE_IN, value);
        return this;
    }

    /// Sets `data_size_out`.
    public TestRunAttr dataSizeOut(int value) {
        putInt(DATA_SIZE_OUT, value);
        return this;
    }

    /// What the kernel has written into `data_size_out`.
    public int dataSizeOut() {
        return getInt(DATA_SIZE_OUT);
    }

    /// Points `data_in` at the segment.
    public TestRunAttr dataIn(MemorySegment value) {
        putPointer(DATA_IN, value);
        return this;
    }

    /// Points `data_out` at the segment.
    public TestRunAttr dataOut(MemorySegment value) {
        putPointer(DATA_OUT, value);
        return this;
    }

    /// Sets `repeat`.
    public TestRunAttr repeat(int value) {
        putInt(REPEAT, value);
        return this;
    }

    /// What the kernel has written into `duration`.
    public int duration() {
        return getInt(DURATION);
    }

    /// Sets `ctx_size_in`.
    public TestRunAttr ctxSizeIn(int value) {
        putInt(CTX_SIZE_IN, value);
        return this;
    }

    /// Sets `ctx_size_out`.
    public TestRunAttr ctxSizeOut(int value) {
        putInt(CTX_SIZE_OUT, value);
        return this;
    }

    /// What the kernel has written into `ctx_size_out`.
    public int ctxSizeOut() {
        return getInt(CTX_SIZE_OUT);
    }

    /// Points `ctx_in` at the segment.
    public TestRunAttr ctxIn(MemorySegment value) {
        putPointer(CTX_IN, value);
        return this;
    }

    /// Points `ctx_out` at the segment.
    public TestRunAttr ctxOut(MemorySegment value) {
        putPointer(CTX_OUT, value);
        return this;
    }

    /// Sets `flags`.
    public TestRunAttr flags(int value) {
        putInt(FLAGS, value);
        return this;
    }

    /// Sets `cpu`.
    public TestRunAttr cpu(int value) {
        putInt(CPU, value);
        return this;
    }
}
