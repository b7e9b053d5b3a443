package org.jstap.ebpf.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinuxSystemCallsTest {

    private SystemCalls sys;

    @BeforeEach
    void open() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux"), "skipped: not Linux");
        sys = new LinuxSystemCalls();
    }

    @Test
    void answersAsTheKernelDoes() {
        assertThat(sys.call(SystemCallNumber.GETPID)).isEqualTo(ProcessHandle.current().pid());
        assertThat(Processes.kill(sys, Processes.pid(sys), 0)).isZero();
    }

    @Test
    void givesFailuresAsNegatedErrno() {
        assertThat(sys.call(SystemCallNumber.CLOSE, -1)).isEqualTo(-Errno.EBADF);
        assertThat(sys.call(SystemCallNumber.BPF, 9999, 0, 0)).isNegative();
    }

    @Test
    void keepsErrnoApartByThread() throws InterruptedException {
        long[] other = new long[1];
        Thread thread = new Thread(() -> other[0] = sys.call(SystemCallNumber.CLOSE, -1));
        long mine = Processes.kill(sys, Integer.MAX_VALUE, 0);
        thread.start();
        thread.join();
        assertThat(mine).isEqualTo(-Errno.ESRCH);
        assertThat(other[0]).isEqualTo(-Errno.EBADF);
    }

    @Test
    void readsFiles() {
        assertThat(new String(Files.read(sys, "/proc/self/comm")).strip()).isNotEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Files.read(sys, "/no/such/file"))
                .isInstanceOf(SystemCallException.class)
                .hasMessage("reading /no/such/file: ENOENT (no such file, object or element)");
    }

    @Test
    void givesThePageSizeOfTheKernel() {
        // The kernel maps whole pages only.
        int page = PageSize.of(sys);
        assertThat(Integer.bitCount(page)).isEqualTo(1);
        assertThat(sys.call(SystemCallNumber.MMAP, 0, page, 1, 0x22, -1, 0)).isPositive();
    }

    @Test
    void putsTheSignalMaskBack() {
        String before = blocked();
        try (SignalMask _ = SignalMask.blockAsynchronous(sys)) {
            // All but SIGILL, SIGTRAP, SIGBUS, SIGFPE and SIGSEGV; SIGKILL and SIGSTOP cannot be blocked.
            assertThat(blocked()).isEqualTo("fffffffffffbfa27");
        }
        assertThat(blocked()).isEqualTo(before);
    }

    private String blocked() {
        for (String line : new String(Files.read(sys, "/proc/thread-self/status")).split("\n")) {
            if (line.startsWith("SigBlk:")) {
                return line.substring(7).strip();
            }
        }
        throw new AssertionError("no SigBlk in /proc/thread-self/status");
    }

    @Test
    void pollsAnEventFd() {
        try (EventFd event = new EventFd(sys);
                EventFd other = new EventFd(sys);
                Poll poll = new Poll(sys, other.fd(), event.fd())) {
            assertThat(poll.await(0)).isZero();
            assertThat(poll.await(1_000_000)).isZero();
            event.signal();
            event.signal();
            assertThat(poll.await(-1)).isEqualTo(2);
            assertThat(event.take()).isEqualTo(2);
            assertThat(event.take()).isZero();
            assertThat(poll.await(0)).isZero();
        }
    }

    @Test
    void copiesStrings() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.string(arena, "grün");
            assertThat(text.byteSize()).isEqualTo(6);
            assertThat(NativeMemory.toString(text)).isEqualTo("grün");
            assertThat(NativeMemory.bytes(arena, new byte[0]).byteSize()).isPositive();
        }
    }
}
