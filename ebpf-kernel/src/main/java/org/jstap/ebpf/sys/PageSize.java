package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// The size of a page of memory.
public final class PageSize {

    private static final long AT_PAGESZ = 6;
    private static final int ENTRY_BYTES = 16;
    private static final int X86_PAGE = 4096;

    private PageSize() {}

    /// The page size of the running kernel in bytes. It is fixed on x86_64; elsewhere the auxiliary vector tells
    /// (getauxval(3)).
    public static int of(SystemCalls sys) {
        if (Architecture.current() == Architecture.X86_64) {
            return X86_PAGE;
        }
        byte[] vector = Files.read(sys, "/proc/self/auxv");
        MemorySegment entries = MemorySegment.ofArray(toLongs(vector));
        for (long at = 0; at + ENTRY_BYTES <= entries.byteSize(); at += ENTRY_BYTES) {
            if (entries.get(JAVA_LONG, at) == AT_PAGESZ) {
                return (int) entries.get(JAVA_LONG, at + 8);
            }
        }
        throw new IllegalStateException("the auxiliary vector has no page size");
    }

    private static long[] toLongs(byte[] bytes) {
        long[] longs = new long[bytes.length / 8];
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, MemorySegment.ofArray(longs), 0, longs.length * 8L);
        return longs;
    }
}
