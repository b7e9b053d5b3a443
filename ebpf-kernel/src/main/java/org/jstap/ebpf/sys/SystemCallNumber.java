package org.jstap.ebpf.sys;

/// The system calls in use, with their numbers on each architecture (kernel: arch/x86/entry/syscalls/syscall_64.tbl
/// and include/uapi/asm-generic/unistd.h, which aarch64 uses).
public enum SystemCallNumber {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    MMAP(9, 222),
    MUNMAP(11, 215),
    RT_SIGACTION(13, 134),
    RT_SIGPROCMASK(14, 135),
    IOCTL(16, 29),
    PREAD64(17, 67),
    GETPID(39, 172),
    KILL(62, 129),
    FCNTL(72, 25),
    GETPPID(110, 173),
    SETSID(112, 157),
    GETPGID(121, 155),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    GETTID(186, 178),
    SCHED_SETAFFINITY(203, 122),
    SCHED_GETAFFINITY(204, 123),
    GETDENTS64(217, 61),
    CLOCK_GETTIME(228, 113),
    EPOLL_CTL(233, 21),
    TGKILL(234, 131),
    OPENAT(257, 56),
    PPOLL(271, 73),
    EPOLL_PWAIT(281, 22),
    TIMERFD_CREATE(283, 85),
    TIMERFD_SETTIME(286, 86),
    EVENTFD2(290, 19),
    EPOLL_CREATE1(291, 20),
    DUP3(292, 24),
    PERF_EVENT_OPEN(298, 241),
    PRLIMIT64(302, 261),
    BPF(321, 280),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    PIDFD_OPEN(434, 434);

    private static final boolean AARCH64 = Architecture.current() == Architecture.AARCH64;

    private final short x86;
    private final short arm;

    SystemCallNumber(int x86, int arm) {
        this.x86 = (short) x86;
        this.arm = (short) arm;
    }

    /// The number on the architecture this JVM runs on.
    public int number() {
        return AARCH64 ? arm : x86;
    }

    /// The number on the given architecture.
    public int number(Architecture architecture) {
        return architecture == Architecture.AARCH64 ? arm : x86;
    }

    /// The name as in the manual, for example `perf_event_open`.
    public String manualName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
