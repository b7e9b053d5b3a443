package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.SystemCalls;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** System calls of this process with known arguments, as probes see them. */
class SystemCallsLiveTest {
    private static final long GETTID = 186;
    private static final long GETPGID = 121;
    private static final long LAST = 0x4a53;
    private static final int MANY = 20_000;

    private final SystemCalls sys = new LinuxSystemCalls();
    private final long thread = sys.call(GETTID, 0, 0, 0, 0, 0, 0);

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "skipped: the numbers are those of x86-64");
    }

    /** What has happened when a session is up and when it has seen the last call. */
    private static final String FRAME = """
            probe timer.ms(1) { if (!ready++) println("ready") }
            probe syscall.getpgid { if (tid() == %d && pid == %d) exit() }
            global ready
            """;

    private String frame() {
        return FRAME.formatted(thread, LAST);
    }

    private void last() {
        sys.call(GETPGID, LAST, 0, 0, 0, 0, 0);
    }

    private JstapProcess.Ended run(String script, Runnable calls) throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e", script + frame())) {
            jstap.awaitOutput("ready");
            calls.run();
            last();
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            return ended;
        }
    }

    // ---- texts

    /** Makes calls that fail or change nothing, and keeps how they are to be printed. */
    private final class Calls {
        final List<String> expected = new ArrayList<>();
        private final Arena arena;

        Calls(Arena arena) {
            this.arena = arena;
        }

        long text(String text) {
            return arena.allocateFrom(text, StandardCharsets.ISO_8859_1).address();
        }

        long words(long... words) {
            return arena.allocateFrom(ValueLayout.JAVA_LONG, words).address();
        }

        long bytes(int... bytes) {
            MemorySegment segment = arena.allocate(Math.max(8, bytes.length));
            for (int i = 0; i < bytes.length; i++) {
                segment.set(ValueLayout.JAVA_BYTE, i, (byte) bytes[i]);
            }
            return segment.address();
        }

        void call(String line, long number, long... a) {
            expected.add(line);
            long[] all = java.util.Arrays.copyOf(a, 6);
            sys.call(number, all[0], all[1], all[2], all[3], all[4], all[5]);
        }
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    private static void files(Calls c) {
        long none = c.text("/nonexistent/file");
        c.call("open(\"/nonexistent/file\", O_WRONLY|O_CREAT|O_TRUNC, 0640) = -2 (ENOENT)", 2, none, 01101, 0640);
        c.call("open(\"/nonexistent/file\", O_RDONLY|O_CLOEXEC) = -2 (ENOENT)", 2, none, 02000000, 0640);
        c.call("openat(AT_FDCWD, \"/nonexistent/file\", O_RDWR|O_NONBLOCK) = -2 (ENOENT)", 257, -100, none, 04002);
        c.call("open(0x1000, O_RDONLY) = -14 (EFAULT)", 2, 0x1000, 0);
        c.call("read(-1, 0x1000, 16) = -9 (EBADF)", 0, -1, 0x1000, 16);
        c.call("write(-1, \"a \\\"b\\\"\\n\", 6) = -9 (EBADF)", 1, -1, c.text("a \"b\"\nmore"), 6);
        c.call("close(-1) = -9 (EBADF)", 3, -1);
        c.call("lseek(-1, -10, SEEK_END) = -9 (EBADF)", 8, -1, -10, 2);
        c.call("access(\"/nonexistent/file\", R_OK|X_OK) = -2 (ENOENT)", 21, none, 5);
        c.call("rename(\"/nonexistent/file\", \"/nonexistent/b\") = -2 (ENOENT)", 82, none, c.text("/nonexistent/b"));
        c.call("mkdirat(7777, \"x\", 0755) = -9 (EBADF)", 258, 7777, c.text("x"), 0755);
        c.call("unlinkat(AT_FDCWD, \"/nonexistent/file\", AT_REMOVEDIR) = -2 (ENOENT)", 263, -100, none, 0x200);
        c.call("fstatat(AT_FDCWD, \"/nonexistent/file\", 0x0, AT_SYMLINK_NOFOLLOW) = -2 (ENOENT)", 262, -100, none, 0, 0x100);
        c.call("mount(\"a\", \"/nonexistent/file\", \"tmpfs\", MS_RDONLY|MS_NODEV, \"size=1\") = -2 (ENOENT)", 165, c.text("a"), none,
                c.text("tmpfs"), 5, c.text("size=1"));
        c.call("fcntl(-1, F_DUPFD_CLOEXEC, 0x3) = -9 (EBADF)", 72, -1, 1030, 3);
        c.call("flock(-1, LOCK_EX|LOCK_NB) = -9 (EBADF)", 73, -1, 6);
        c.call("setxattr(\"/nonexistent/file\", \"user.a\", \"value\", 5, XATTR_CREATE) = -2 (ENOENT)", 188, none,
                c.text("user.a"), c.text("value"), 5, 1);
        c.call("utimensat(AT_FDCWD, \"/nonexistent/file\", [1.000000002][UTIME_NOW], 0x0) = -2 (ENOENT)", 280, -100, none,
                c.words(1, 2, 0, 0x3fffffff), 0);
    }

    private static void memoryAndTime(Calls c) {
        c.call("mmap2(0x0, 0, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = -22 (EINVAL)", 9, 0, 0, 3, 0x22, -1, 0);
        c.call("mprotect(0x1000, 4096, PROT_NONE) = -12 (ENOMEM)", 10, 0x1000, 4096, 0);
        c.call("madvise(0x1000, 4096, MADV_DONTNEED) = -12 (ENOMEM)", 28, 0x1000, 4096, 4);
        c.call("nanosleep([0.000000005], 0x0) = 0", 35, c.words(0, 5), 0);
        c.call("clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, [0.000000001], 0x0) = 0", 230, 1, 1, c.words(0, 1), 0);
        c.call("clock_gettime(CLOCK_BOOTTIME, 0x0) = -14 (EFAULT)", 228, 7, 0);
        c.call("futex(0x0, FUTEX_WAKE|FUTEX_PRIVATE_FLAG, 1, 0x0, 0x0, 0) = 0", 202, 0, 0x81, 1, 0, 0, 0);
    }

    private static void processesAndSockets(Calls c) {
        c.call("kill(134217727, SIGTERM) = -3 (ESRCH)", 62, 134217727, 15);
        c.call("getrlimit(RLIMIT_NOFILE, 0x1000) = -14 (EFAULT)", 97, 7, 0x1000);
        c.call("setrlimit(RLIMIT_NOFILE, [5,3]) = -22 (EINVAL)", 160, 7, c.words(5, 3));
        c.call("rt_sigprocmask(0x9, [SIGINT|SIGTERM], 0x0, 8) = -22 (EINVAL)", 14, 9, c.words(1 << 1 | 1 << 14),
                0, 8);
        c.call("socket(AF_INET6, 0xf|SOCK_CLOEXEC, IPPROTO_UDP) = -22 (EINVAL)", 41, 10, 02000017, 17);
        c.call("connect(-1, {AF_INET, 127.0.0.1, 80}, 16) = -9 (EBADF)", 42, -1, c.bytes(2, 0, 0, 80, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
                0), 16);
        c.call("bind(-1, {AF_UNIX, \"/a\"}, 5) = -9 (EBADF)", 49, -1, c.bytes(1, 0, '/', 'a', 0), 5);
        c.call("sendto(-1, \"abc\", 3, MSG_DONTWAIT|MSG_NOSIGNAL, NULL, 0) = -9 (EBADF)", 44, -1, c.text("abc"), 3, 0x4040, 0, 0);
        c.call("setsockopt(-1, SOL_SOCKET, SO_REUSEADDR, 0x0, 4) = -9 (EBADF)", 54, -1, 1, 2, 0, 4);
        c.call("shutdown(-1, SHUT_WR) = -9 (EBADF)", 48, -1, 1);
        c.call("epoll_ctl(-1, EPOLL_CTL_MOD, -1, 0x0) = -14 (EFAULT)", 233, -1, 3, -1, 0);
        c.call("eventfd(1, EFD_SEMAPHORE|0x6) = -22 (EINVAL)", 290, 1, 7);
        long name = c.text("x");
        c.call("execve(\"/nonexistent/x\", [\"x\", \"-l\", \"a b\"], 0x0) = -2 (ENOENT)", 59, c.text("/nonexistent/x"),
                c.words(name, c.text("-l"), c.text("a b"), 0), 0);
        c.call("ptrace(PTRACE_ATTACH, 134217727, 0x0, 0x0) = -3 (ESRCH)", 101, 16, 134217727, 0, 0);
    }

    @Test
    void argumentsAndResultsAreInWords() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            Calls calls = new Calls(arena);
            JstapProcess.Ended ended = run("""
                    probe nd_syscall.* { if (tid() == %1$d) printf("%%s(%%s)", name, argstr) }
                    probe nd_syscall.*.return { if (tid() == %1$d) printf(" = %%s\\n", retstr) }
                    """.formatted(thread), () -> {
                        files(calls);
                        memoryAndTime(calls);
                        processesAndSockets(calls);
                    });
            assertThat(calls.expected).hasSizeGreaterThan(25);
            assertThat(ended.out().lines().toList()).containsSubsequence(calls.expected);
        }
    }

    @Test
    void aProbeOfOneCallHasItsVariables() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            Calls c = new Calls(arena);
            long path = c.text("/nonexistent/file");
            long address = c.bytes(10, 0, 0, 80, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 0, 0, 0);
            JstapProcess.Ended ended = run("""
                    probe syscall.open { if (tid() == %1$d) println(filename, filename_unquoted, flags, flags_str, mode, argstr, pp()) }
                    probe tp_syscall.connect { if (tid() == %1$d)
                      printdln("|", sockfd, addrlen, uaddr_af, uaddr_ip, uaddr_ip_port, uaddr_ipv6_flowinfo, uaddr_ipv6_scope_id) }
                    probe nd_syscall.connect.return { if (tid() == %1$d)
                      printdln("|", name, retval, retstr, @entry(int_arg(1)), @entry(uint_arg(3))) }
                    """.formatted(thread), () -> {
                        c.call("", 2, path, 0100, 0644);
                        c.call("", 42, -1, address, 28);
                    });
            assertThat(ended.out().lines().toList()).containsSubsequence(
                    "\"/nonexistent/file\"/nonexistent/file64O_RDONLY|O_CREAT420\"/nonexistent/file\", O_RDONLY|O_CREAT, 0644syscall.open",
                    "-1|28|AF_INET6|0000:0000:0000:0000:0000:0000:0000:0001|80|1|5",
                    "connect|-9|-9 (EBADF)|-1|28");
        }
    }

    @Test
    void aProbeOfAllCallsNamesTheOneThatHappened() throws Exception {
        JstapProcess.Ended ended = run("""
                probe syscall.* { if (tid() == %1$d && name == "fstatat") println(pp(), " ", pn()) }
                probe mine = syscall.*.return { here = pp() }
                probe mine { if (tid() == %1$d && name == "fstatat") println(here, " ", pn()) }
                """.formatted(thread), () -> sys.call(262, -1, 0, 0, 0, 0, 0));
        assertThat(ended.out().lines().toList()).containsSubsequence("syscall.fstatat syscall.fstatat",
                "syscall.fstatat.return syscall.fstatat.return");
    }

    // ---- counts

    @Test
    void everyCallIsCountedOnce() throws Exception {
        JstapProcess.Ended ended = run("""
                global entries, returns, any, start, time, results
                probe syscall.* { if (tid() == %1$d) entries[name]++ }
                probe syscall.*.return { if (tid() == %1$d) returns[name] <<< retval }
                probe syscall_any { if (tid() == %1$d) any[name]++ }
                probe syscall.getpgid { if (tid() == %1$d) start[tid()] = gettimeofday_ns() }
                probe syscall.getpgid.return { if (tid() == %1$d) { time <<< gettimeofday_ns() - start[tid()]; results += retval } }
                probe end {
                  printdln(" ", entries["getpgid"], @count(returns["getpgid"]), @sum(returns["getpgid"]), any["getpgid"])
                  printdln(" ", entries["fstatat"], any["newfstatat"], @count(returns["fstatat"]), @sum(returns["fstatat"]))
                  printdln(" ", @count(time), @min(time) > 0, @sum(time) >= @count(time) * @min(time), results)
                }
                """.formatted(thread), () -> {
                    for (int i = 0; i < MANY; i++) {
                        sys.call(GETPGID, 1, 0, 0, 0, 0, 0);
                        sys.call(262, -1, 0, 0, 0, 0, 0);
                    }
                });
        long group = sys.call(GETPGID, 1, 0, 0, 0, 0, 0);
        assertThat(ended.out().lines().toList()).containsSubsequence(
                (MANY + 1) + " " + MANY + " " + group * MANY + " " + (MANY + 1),
                MANY + " " + MANY + " " + MANY + " " + -14L * MANY,
                MANY + " 1 1 " + group * MANY);
    }
}
