package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// A terminal that hands over each character as it is typed and does not show it (ioctl_tty(2)), until it is closed.
public final class Terminal implements AutoCloseable {

    private static final long TCGETS = 0x5401;
    private static final long TCSETS = 0x5402;
    /// Size of the kernel's `struct termios`: four words of flags, the line discipline, 19 characters.
    private static final int SIZE = 36;
    private static final int LOCAL_FLAGS = 12;
    private static final int CHARACTERS = 17;
    private static final int VTIME = 5;
    private static final int VMIN = 6;
    private static final int ICANON = 2;
    private static final int ECHO = 8;

    private final SystemCalls sys;
    private final int fd;
    private final byte[] before;

    private Terminal(SystemCalls sys, int fd, byte[] before) {
        this.sys = sys;
        this.fd = fd;
        this.before = before;
    }

    /// Sets a terminal; empty where the descriptor is none.
    public static Optional<Terminal> of(SystemCalls sys, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment settings = arena.allocate(SIZE, 8);
            if (SystemCalls.failed(sys.call(SystemCallNumber.IOCTL, fd, TCGETS, settings.address()))) {
                return Optional.empty();
            }
            byte[] before = settings.toArray(JAVA_BYTE);
            settings.set(JAVA_INT, LOCAL_FLAGS, settings.get(JAVA_INT, LOCAL_FLAGS) & ~(ICANON | ECHO));
            settings.set(JAVA_BYTE, CHARACTERS + VMIN, (byte) 1);
            settings.set(JAVA_BYTE, CHARACTERS + VTIME, (byte) 0);
            return SystemCalls.failed(sys.call(SystemCallNumber.IOCTL, fd, TCSETS, settings.address())) ? Optional.empty()
                    : Optional.of(new Terminal(sys, fd, before));
        }
    }

    /// Sets it as it was. A terminal that has gone stays as it is.
    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment settings = arena.allocate(SIZE, 8);
            MemorySegment.copy(before, 0, settings, JAVA_BYTE, 0, SIZE);
            sys.call(SystemCallNumber.IOCTL, fd, TCSETS, settings.address());
        }
    }
}
