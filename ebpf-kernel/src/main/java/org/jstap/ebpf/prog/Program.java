package org.jstap.ebpf.prog;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.ObjectInfoAttr;
import org.jstap.ebpf.sys.bpf.TestRunAttr;

/// A program that the kernel has accepted. The kernel frees it when it is closed here and no link holds it any more.
public final class Program implements AutoCloseable {

    private static final int INFO_BYTES = 232;
    static final int INFO_ID = 4;
    static final int INFO_TAG = 8;
    static final int INFO_RUN_TIME = 192;
    static final int INFO_RUN_COUNT = 200;
    static final int INFO_RECURSION_MISSES = 208;
    static final int INFO_VERIFIED = 216;
    private static final int TAG_BYTES = 8;
    private static final int TEST_RUN_ON_CPU = 1;

    private final SystemCalls sys;
    private final Fd fd;
    private final String name;
    private final ProgramType type;
    private final int attachType;

    Program(SystemCalls sys, Fd fd, String name, ProgramType type, int attachType) {
        this.sys = sys;
        this.fd = fd;
        this.name = name;
        this.type = type;
        this.attachType = attachType;
    }

    /// The descriptor.
    ///
    /// @throws IllegalStateException after [#close()]
    public int fd() {
        return fd.number();
    }

    /// The name in its specification.
    public String name() {
        return name;
    }

    /// The kind of program.
    public ProgramType type() {
        return type;
    }

    /// The expected attach type's number, zero if none was given ([AttachType#number()]).
    public int attachType() {
        return attachType;
    }

    /// Runs the program once in the calling thread, without its event (BPF_PROG_TEST_RUN; raw tracepoint programs since Linux
    /// 5.10, syscall programs since 5.14).
    ///
    /// @param context what the program gets: for a raw tracepoint up to 12 arguments of 8 bytes, for a syscall program any block,
    ///     which the program can write to
    /// @return the program's result
    /// @throws SystemCallException if the kernel cannot run programs of this kind so
    public int testRun(MemorySegment context) {
        return testRun(context, 0, 0);
    }

    /// Runs a raw tracepoint program once on the given processor.
    ///
    /// @see #testRun(MemorySegment)
    public int testRunOn(int cpu, MemorySegment context) {
        return testRun(context, TEST_RUN_ON_CPU, cpu);
    }

    private int testRun(MemorySegment context, int flags, int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            int size = (int) context.byteSize();
            MemorySegment buffer = context;
            if (!context.isNative() && size > 0) {
                buffer = arena.allocate(size, 8).copyFrom(context);
            }
            TestRunAttr attr = new TestRunAttr(arena).progFd(fd()).flags(flags).cpu(cpu);
            if (size > 0) {
                attr.ctxIn(buffer).ctxSizeIn(size);
            }
            SystemCallException.check("running the program '" + name + "'", attr.call(sys));
            if (buffer != context && !context.isReadOnly()) {
                context.copyFrom(buffer);
            }
            return attr.retval();
        }
    }

    /// Asks the kernel about the program.
    public ProgramStats stats() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = info(arena);
            byte[] tag = NativeMemory.toBytes(info.asSlice(INFO_TAG), TAG_BYTES);
            return new ProgramStats(
                    info.get(JAVA_INT, INFO_ID),
                    HexFormat.of().formatHex(tag),
                    info.get(JAVA_LONG, INFO_RUN_TIME),
                    info.get(JAVA_LONG, INFO_RUN_COUNT),
                    info.get(JAVA_LONG, INFO_RECURSION_MISSES),
                    info.get(JAVA_INT, INFO_VERIFIED));
        }
    }

    /// [ProgramStats#recursionMisses] alone.
    public long recursionMisses() {
        try (Arena arena = Arena.ofConfined()) {
            return info(arena).get(JAVA_LONG, INFO_RECURSION_MISSES);
        }
    }

    private MemorySegment info(Arena arena) {
        MemorySegment info = arena.allocate(INFO_BYTES, 8);
        ObjectInfoAttr attr = new ObjectInfoAttr(arena).bpfFd(fd()).infoLen(INFO_BYTES).info(info);
        SystemCallException.check("asking about the program '" + name + "'", attr.call(sys));
        return info;
    }

    @Override
    public void close() {
        fd.close();
    }

    @Override
    public String toString() {
        return "program '" + name + "'";
    }
}
