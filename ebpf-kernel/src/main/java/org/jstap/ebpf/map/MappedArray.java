package org.jstap.ebpf.map;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.MapType;
import org.jstap.ebpf.sys.Mapping;
import org.jstap.ebpf.sys.PageSize;
import org.jstap.ebpf.sys.SystemCalls;

/// The values of an array map in shared memory: programs and this JVM read and write the same bytes without system calls (BPF_F_MMAPABLE,
/// Linux 5.5).
///
/// Values lie [#stride()] bytes apart. The atomic operations are on 8-byte words at multiples of 8 and mean the same as the
/// programs' atomic instructions.
public final class MappedArray implements AutoCloseable {

    private static final VarHandle LONG = JAVA_LONG.varHandle();

    private final Mapping mapping;
    private final MemorySegment memory;
    private final int stride;
    private final int count;

    private MappedArray(Mapping mapping, int stride, int count) {
        this.mapping = mapping;
        this.memory = mapping.segment();
        this.stride = stride;
        this.count = count;
    }

    /// Maps an array's values, writable unless the map is frozen. The map stays the caller's and can be closed before this.
    ///
    /// @throws IllegalArgumentException if the map is no array made with BPF_F_MMAPABLE
    /// @throws org.jstap.ebpf.sys.SystemCallException if the kernel refuses
    public static MappedArray of(SystemCalls sys, KernelMap map) {
        MapSpec spec = map.spec();
        if (spec.type() != MapType.ARRAY || (spec.flags() & MapFlags.MMAPABLE) == 0) {
            throw new IllegalArgumentException("the map '" + spec.name() + "' cannot be mapped into memory");
        }
        int stride = (spec.valueSize() + 7) & ~7;
        long page = PageSize.of(sys);
        long size = ((long) stride * spec.maxEntries() + page - 1) / page * page;
        return new MappedArray(Mapping.shared(sys, map.fd(), 0, size, !spec.frozen()), stride, spec.maxEntries());
    }

    /// Bytes from one value to the next.
    public int stride() {
        return stride;
    }

    /// The memory of one value.
    public MemorySegment value(int index) {
        return memory.asSlice(offset(index, 0), stride);
    }

    /// Reads a word.
    ///
    /// @param index the element
    /// @param offset bytes from the start of its value, a multiple of 8
    public long get(int index, int offset) {
        return (long) LONG.getVolatile(memory, offset(index, offset));
    }

    /// Writes a word.
    public void set(int index, int offset, long value) {
        LONG.setVolatile(memory, offset(index, offset), value);
    }

    /// Adds to a word.
    ///
    /// @return the word before
    public long getAndAdd(int index, int offset, long amount) {
        return (long) LONG.getAndAdd(memory, offset(index, offset), amount);
    }

    /// Replaces a word.
    ///
    /// @return the word before
    public long getAndSet(int index, int offset, long value) {
        return (long) LONG.getAndSet(memory, offset(index, offset), value);
    }

    /// Replaces a word if it has the expected value.
    ///
    /// @return whether it had
    public boolean compareAndSet(int index, int offset, long expected, long value) {
        return LONG.compareAndSet(memory, offset(index, offset), expected, value);
    }

    private long offset(int index, int offset) {
        if (index < 0 || index >= count || offset < 0 || offset >= stride) {
            throw new IndexOutOfBoundsException("byte " + offset + " of element " + index + " of " + count);
        }
        return (long) index * stride + offset;
    }

    /// Unmaps. An access afterwards throws IllegalStateException.
    @Override
    public void close() {
        mapping.close();
    }
}
