package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.charset.StandardCharsets;

/// Helpers for off-heap memory that system calls read and write. All numbers in it are in native byte order.
public final class NativeMemory {

    private NativeMemory() {}

    /// Copies a string, in UTF-8 with a zero byte at its end.
    public static MemorySegment string(SegmentAllocator allocator, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment segment = allocator.allocate(bytes.length + 1L, 1);
        MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
        segment.set(JAVA_BYTE, bytes.length, (byte) 0);
        return segment;
    }

    /// Copies bytes to 8-byte aligned off-heap memory.
    public static MemorySegment bytes(SegmentAllocator allocator, byte[] bytes) {
        MemorySegment segment = allocator.allocate(Math.max(1, bytes.length), 8);
        MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    /// Copies the first bytes of a segment to the heap.
    public static byte[] toBytes(MemorySegment segment, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(segment, JAVA_BYTE, 0, bytes, 0, length);
        return bytes;
    }

    /// Reads a string that ends at a zero byte or with the segment.
    public static String toString(MemorySegment segment) {
        int length = 0;
        while (length < segment.byteSize() && segment.get(JAVA_BYTE, length) != 0) {
            length++;
        }
        return new String(toBytes(segment, length), StandardCharsets.UTF_8);
    }
}
