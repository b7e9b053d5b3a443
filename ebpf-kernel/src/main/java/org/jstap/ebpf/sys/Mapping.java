package org.jstap.ebpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// A shared memory mapping of a file descriptor (mmap(2)).
///
/// The segment belongs to a shared arena: an access after [#close()] throws instead of hitting an unmapped page.
public final class Mapping implements AutoCloseable {

    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;

    private final Arena arena;
    private final MemorySegment segment;

    private Mapping(Arena arena, MemorySegment segment) {
        this.arena = arena;
        this.segment = segment;
    }

    /// Maps part of a file.
    ///
    /// @param fd the open file
    /// @param offset where to start, a multiple of the page size
    /// @param size in bytes
    /// @throws SystemCallException if the kernel refuses
    public static Mapping shared(SystemCalls sys, int fd, long offset, long size, boolean writable) {
        int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
        long address = SystemCallException.check(
                "mapping memory", sys.call(SystemCallNumber.MMAP, 0, size, protection, MAP_SHARED, fd, offset));
        Arena arena = Arena.ofShared();
        MemorySegment segment = MemorySegment.ofAddress(address)
                .reinterpret(size, arena, new Unmap(sys));
        return new Mapping(arena, writable ? segment : segment.asReadOnly());
    }

    // A class where a lambda would do, because this runs at start-up.
    private record Unmap(SystemCalls sys) implements Consumer<MemorySegment> {
        @Override
        public void accept(MemorySegment segment) {
            sys.call(SystemCallNumber.MUNMAP, segment.address(), segment.byteSize());
        }
    }

    /// The mapped bytes; read-only if the mapping is.
    public MemorySegment segment() {
        return segment;
    }

    /// Unmaps. Closing twice does nothing the second time.
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
