package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// `struct perf_event_attr` of perf_event_open(2) and the call itself: a view of zeroed off-heap memory with the offsets of
/// include/uapi/linux/perf_event.h (the structure as of 4.8, 112 bytes, which every kernel with bpf links knows).
public final class PerfEventAttr {

    /// Events that the kernel counts itself.
    public static final int TYPE_HARDWARE = 0;
    public static final int TYPE_SOFTWARE = 1;
    public static final int TYPE_TRACEPOINT = 2;

    public static final int TYPE_BREAKPOINT = 5;

    /// The processor's time, as a software event: a timer of high resolution.
    public static final long SOFTWARE_CPU_CLOCK = 0;

    static final int TYPE = 0;
    static final int STRUCT_SIZE = 4;
    static final int CONFIG = 8;
    static final int SAMPLE_PERIOD = 16;
    static final int SAMPLE_TYPE = 24;
    static final int BITS = 40;
    static final int WAKEUP_EVENTS = 48;
    static final int BREAKPOINT_TYPE = 52;
    static final int CONFIG1 = 56;
    static final int CONFIG2 = 64;

    private static final int SIZE = 112;
    private static final int BREAKPOINT_READ = 1;
    private static final int BREAKPOINT_WRITE = 2;
    private static final long BIT_DISABLED = 1L;
    private static final long BIT_FREQ = 1L << 10;
    private static final long FLAG_FD_CLOEXEC = 8;

    private final MemorySegment attr;

    /// An event of the given kind.
    ///
    /// @param type one of the constants here, or the number of a kind from `/sys/bus/event_source/devices/*/type`
    /// @param config what to count, by the kind's own rules
    public PerfEventAttr(SegmentAllocator allocator, int type, long config) {
        attr = allocator.allocate(SIZE, 8).fill((byte) 0);
        attr.set(JAVA_INT, TYPE, type);
        attr.set(JAVA_INT, STRUCT_SIZE, SIZE);
        attr.set(JAVA_LONG, CONFIG, config);
    }

    /// Sets `config1` (for probes: the address of the symbol's name or of the file's path).
    public PerfEventAttr config1(long value) {
        attr.set(JAVA_LONG, CONFIG1, value);
        return this;
    }

    /// Sets `config2` (for probes: the address, or the offset in the file).
    public PerfEventAttr config2(long value) {
        attr.set(JAVA_LONG, CONFIG2, value);
        return this;
    }

    /// What a breakpoint watches; only for [#TYPE_BREAKPOINT].
    ///
    /// @param length bytes, as many as the processor can watch at once
    /// @param reads whether reading is an event too, and not only writing
    public PerfEventAttr breakpoint(long address, int length, boolean reads) {
        attr.set(JAVA_INT, BREAKPOINT_TYPE, reads ? BREAKPOINT_READ | BREAKPOINT_WRITE : BREAKPOINT_WRITE);
        return config1(address).config2(length).samplePeriod(1);
    }

    /// An event every so many counts; for the clocks, nanoseconds.
    public PerfEventAttr samplePeriod(long period) {
        attr.set(JAVA_LONG, SAMPLE_PERIOD, period);
        return this;
    }

    /// About so many events a second.
    public PerfEventAttr sampleFrequency(long hertz) {
        attr.set(JAVA_LONG, SAMPLE_PERIOD, hertz);
        attr.set(JAVA_LONG, BITS, attr.get(JAVA_LONG, BITS) | BIT_FREQ);
        return this;
    }

    /// Does not count until told to.
    public PerfEventAttr disabled() {
        attr.set(JAVA_LONG, BITS, attr.get(JAVA_LONG, BITS) | BIT_DISABLED);
        return this;
    }

    /// Opens the event.
    ///
    /// @param pid a process, 0 for the calling thread, -1 for all
    /// @param cpu a processor, -1 for any
    /// @return the descriptor, or the negated errno
    public long open(SystemCalls sys, int pid, int cpu) {
        return sys.call(SystemCallNumber.PERF_EVENT_OPEN, attr.address(), pid, cpu, -1, FLAG_FD_CLOEXEC);
    }
}
