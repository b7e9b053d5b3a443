package org.jstap.ebpf.map;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.MapType;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.Processes;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.MapCreateAttr;
import org.jstap.ebpf.sys.bpf.MapElementAttr;
import org.jstap.ebpf.sys.bpf.ObjectInfoAttr;

/// A map in the kernel. The kernel frees it when it is closed here and no program or other map holds it any more.
///
/// Keys and values are bytes in native order. A value of a per-CPU map is, for system calls, an array with one entry for each
/// possible processor, each rounded up to 8 bytes (kernel: kernel/bpf/hashtab.c).
///
/// Safe for use by many threads; each call is one system call.
public final class KernelMap implements AutoCloseable {

    /// Update flags (BPF_ANY, BPF_NOEXIST, BPF_EXIST): whatever is there, only a new key, only a key that is there.
    public static final long ANY = 0;

    public static final long NO_EXIST = 1;
    public static final long EXIST = 2;

    private static final int INFO_BYTES = 88;
    private static final int INFO_ID = 4;

    private final SystemCalls sys;
    private final Fd fd;
    private final MapSpec spec;
    private final int stride;
    private final int valueBytes;

    private KernelMap(SystemCalls sys, Fd fd, MapSpec spec) {
        this.sys = sys;
        this.fd = fd;
        this.spec = spec;
        boolean perCpu = spec.type().isPerCpu();
        this.stride = perCpu ? (spec.valueSize() + 7) & ~7 : spec.valueSize();
        this.valueBytes = perCpu ? stride * Cpus.possible(sys) : spec.valueSize();
    }

    /// Creates a map, puts its contents in, and freezes it if its specification says so.
    ///
    /// For a map of maps a prototype of the inner maps is made and given up again, see [MapInMap].
    ///
    /// @throws SystemCallException if the kernel refuses
    public static KernelMap create(SystemCalls sys, MapSpec spec) {
        if (spec.inner().isPresent()) {
            try (KernelMap prototype = create(sys, spec.inner().get())) {
                return create(sys, spec, prototype);
            }
        }
        return create(sys, spec, 0);
    }

    /// Creates a map of maps whose inner maps are like the prototype, which stays the caller's.
    static KernelMap create(SystemCalls sys, MapSpec spec, KernelMap prototype) {
        return create(sys, spec, prototype.fd());
    }

    private static KernelMap create(SystemCalls sys, MapSpec spec, int innerFd) {
        long result = create0(sys, spec, innerFd);
        // Before Linux 5.11 maps are charged to the limit on locked memory, which is low where nobody has raised it.
        if (result == -Errno.EPERM && Processes.liftMemoryLockLimit(sys) == 0) {
            result = create0(sys, spec, innerFd);
        }
        KernelMap map = new KernelMap(sys, Fd.opened(sys, describe(spec), result), spec);
        boolean complete = false;
        try {
            map.fill();
            complete = true;
        } finally {
            if (!complete) {
                map.close();
            }
        }
        return map;
    }

    private static long create0(SystemCalls sys, MapSpec spec, int innerFd) {
        boolean forEachCpu = spec.type() == MapType.PERF_EVENT_ARRAY && spec.maxEntries() == 0;
        try (Arena arena = Arena.ofConfined()) {
            return new MapCreateAttr(arena)
                    .mapType(spec.type().number())
                    .keySize(spec.keySize())
                    .valueSize(spec.valueSize())
                    .maxEntries(forEachCpu ? Cpus.possible(sys) : spec.maxEntries())
                    .mapFlags(spec.flags())
                    .innerMapFd(innerFd)
                    .mapName(spec.name())
                    .call(sys);
        }
    }

    private static String describe(MapSpec spec) {
        return "creating the map '" + spec.name() + "' (" + spec.type() + ", " + spec.maxEntries() + " entries of "
                + spec.keySize() + "+" + spec.valueSize() + " bytes)";
    }

    private void fill() {
        for (MapEntry entry : spec.contents()) {
            update(entry.key(), everywhere(entry.value()));
        }
        if (spec.frozen()) {
            freeze();
        }
    }

    private byte[] everywhere(byte[] value) {
        if (valueBytes == value.length) {
            return value;
        }
        byte[] values = new byte[valueBytes];
        for (int at = 0; at < valueBytes; at += stride) {
            System.arraycopy(value, 0, values, at, value.length);
        }
        return values;
    }

    /// The descriptor.
    ///
    /// @throws IllegalStateException after [#close()]
    public int fd() {
        return fd.number();
    }

    /// What the map was made from.
    public MapSpec spec() {
        return spec;
    }

    /// Bytes of a key.
    public int keyBytes() {
        return spec.keySize();
    }

    /// Bytes of a value as system calls read and write it: of a per-CPU map, the values of all possible processors.
    public int valueBytes() {
        return valueBytes;
    }

    /// Bytes from one processor's value to the next one's; of other maps, the bytes of a value.
    public int stride() {
        return stride;
    }

    /// The map's id in this kernel.
    public int id() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, 8);
            ObjectInfoAttr attr = new ObjectInfoAttr(arena).bpfFd(fd()).infoLen(INFO_BYTES).info(info);
            check("asking about", attr.call(sys));
            return info.get(JAVA_INT, INFO_ID);
        }
    }

    /// Reads the value of a key.
    ///
    /// @return empty if the key is not there
    public Optional<byte[]> lookup(byte[] key) {
        checkSize("key", key.length, keyBytes());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(Math.max(1, valueBytes), 8);
            return lookup(NativeMemory.bytes(arena, key), value)
                    ? Optional.of(NativeMemory.toBytes(value, valueBytes))
                    : Optional.empty();
        }
    }

    /// Reads the value of a key, from and to off-heap memory of at least the right size.
    ///
    /// @return false if the key is not there
    public boolean lookup(MemorySegment key, MemorySegment value) {
        checkSize("key", key.byteSize(), keyBytes());
        checkSize("value", value.byteSize(), valueBytes);
        try (Arena arena = Arena.ofConfined()) {
            long result = MapElementAttr.lookup(arena).mapFd(fd()).key(key).value(value).call(sys);
            return found("reading", result);
        }
    }

    /// Writes the value of a key.
    ///
    /// @throws SystemCallException if the kernel refuses, for example with E2BIG if the map is full
    public void update(byte[] key, byte[] value) {
        int errno = tryUpdate(key, value, ANY);
        if (errno != 0) {
            throw new SystemCallException("writing to the map '" + spec.name() + "'", errno);
        }
    }

    /// Writes the value of a key under a condition.
    ///
    /// @param flags [#ANY], [#NO_EXIST] or [#EXIST]
    /// @return zero, or the errno: EEXIST or ENOENT if the condition was not met, E2BIG if the map is full, or any other
    public int tryUpdate(byte[] key, byte[] value, long flags) {
        checkSize("key", key.length, keyBytes());
        checkSize("value", value.length, valueBytes);
        try (Arena arena = Arena.ofConfined()) {
            return tryUpdate(NativeMemory.bytes(arena, key), NativeMemory.bytes(arena, value), flags);
        }
    }

    /// Writes the value of a key from off-heap memory of at least the right size.
    ///
    /// @see #tryUpdate(byte[], byte[], long)
    public int tryUpdate(MemorySegment key, MemorySegment value, long flags) {
        checkSize("key", key.byteSize(), keyBytes());
        checkSize("value", value.byteSize(), valueBytes);
        try (Arena arena = Arena.ofConfined()) {
            return (int) -MapElementAttr.update(arena).mapFd(fd()).key(key).value(value).flags(flags).call(sys);
        }
    }

    /// Deletes a key. Elements of arrays cannot be deleted.
    ///
    /// @return false if it was not there
    public boolean delete(byte[] key) {
        checkSize("key", key.length, keyBytes());
        try (Arena arena = Arena.ofConfined()) {
            return delete(NativeMemory.bytes(arena, key));
        }
    }

    /// Deletes a key that is in off-heap memory.
    ///
    /// @return false if it was not there
    public boolean delete(MemorySegment key) {
        checkSize("key", key.byteSize(), keyBytes());
        try (Arena arena = Arena.ofConfined()) {
            return found("deleting from", MapElementAttr.delete(arena).mapFd(fd()).key(key).call(sys));
        }
    }

    /// The first key in the kernel's order.
    ///
    /// @return empty if the map is
    public Optional<byte[]> firstKey() {
        try (Arena arena = Arena.ofConfined()) {
            return nextKey(arena, MemorySegment.NULL);
        }
    }

    /// The key after the given one in the kernel's order. A hash starts from its first key again if the given one is gone.
    ///
    /// @return empty if it was the last one
    public Optional<byte[]> nextKey(byte[] key) {
        checkSize("key", key.length, keyBytes());
        try (Arena arena = Arena.ofConfined()) {
            return nextKey(arena, NativeMemory.bytes(arena, key));
        }
    }

    private Optional<byte[]> nextKey(Arena arena, MemorySegment key) {
        MemorySegment next = arena.allocate(Math.max(1, keyBytes()), 8);
        long result = MapElementAttr.nextKey(arena).mapFd(fd()).key(key).value(next).call(sys);
        return found("listing", result) ? Optional.of(NativeMemory.toBytes(next, keyBytes())) : Optional.empty();
    }

    /// Hands every element to the taker, by batches where the kernel can (Linux 5.6). What programs insert or delete meanwhile may or
    /// may not be seen.
    ///
    /// @return how many elements were handed over
    public int forEach(ElementConsumer taker) {
        return new BatchReader(sys, this).read(taker, false);
    }

    /// Hands every element to the taker and deletes it. In a hash each element is read and deleted at once, so that
    /// nothing a program counts in it is lost, provided the kernel has batches (Linux 5.6).
    ///
    /// @return how many elements were handed over
    public int drain(ElementConsumer taker) {
        return new BatchReader(sys, this).read(taker, true);
    }

    /// Deletes every element.
    ///
    /// @return how many elements were deleted
    public int clear() {
        return drain(KernelMap::ignore);
    }

    private static void ignore(MemorySegment key, MemorySegment value) {
        // Deleting is all that was asked for.
    }

    /// Makes the map read-only for system calls, for good (Linux 5.2).
    public void freeze() {
        try (Arena arena = Arena.ofConfined()) {
            check("freezing", MapElementAttr.freeze(arena).mapFd(fd()).call(sys));
        }
    }

    private boolean found(String what, long result) {
        if (result == -Errno.ENOENT) {
            return false;
        }
        check(what, result);
        return true;
    }

    private void check(String what, long result) {
        if (SystemCalls.failed(result)) {
            throw new SystemCallException(what + " the map '" + spec.name() + "'", (int) -result);
        }
    }

    private void checkSize(String what, long size, int expected) {
        if (size < expected) {
            throw new IllegalArgumentException(
                    "a " + what + " of the map '" + spec.name() + "' has " + expected + " bytes, not " + size);
        }
    }

    @Override
    public void close() {
        fd.close();
    }

    @Override
    public String toString() {
        return "map '" + spec.name() + "'";
    }
}
