package org.jstap.ebpf.sys;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Files that are read relative to an open directory or written in one go, where java.nio cannot.
public final class Files {

    private static final int AT_FDCWD = -100;
    private static final long O_CLOEXEC = 0x80000;
    private static final int CHUNK = 16 * 1024;

    private Files() {}

    /// Reads a whole file, below an open directory.
    ///
    /// @param directoryFd the directory, or -100 (AT_FDCWD) for the working directory
    /// @throws SystemCallException if it cannot be opened or read
    public static byte[] read(SystemCalls sys, int directoryFd, String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = NativeMemory.string(arena, path);
            String what = "reading " + path;
            try (Fd fd = Fd.opened(sys, what, sys.call(SystemCallNumber.OPENAT, directoryFd, name.address(), O_CLOEXEC))) {
                MemorySegment chunk = arena.allocate(CHUNK);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                while (true) {
                    long count = SystemCallException.check(
                            what, sys.call(SystemCallNumber.READ, fd.number(), chunk.address(), CHUNK));
                    if (count == 0) {
                        return bytes.toByteArray();
                    }
                    bytes.writeBytes(NativeMemory.toBytes(chunk, (int) count));
                }
            }
        }
    }

    /// Reads a whole file.
    ///
    /// @throws SystemCallException if it cannot be opened or read
    public static byte[] read(SystemCalls sys, String path) {
        return read(sys, AT_FDCWD, path);
    }
}
