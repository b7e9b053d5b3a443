package org.jstap.compiler.kernel.layout;

/**
 * The control block: the one element of an array map that programs and host share through memory. Offsets in bytes.
 *
 * @param locks   offset of the first lock word (64 bits each; 0 is free)
 * @param lockCount number of locks
 * @param size    bytes of all
 */
public record ControlLayout(int locks, int lockCount, int size) {
    /** State of the session, 64 bits: {@link #STARTING}, {@link #RUNNING} or {@link #STOPPING}. */
    public static final int STATE = 0;
    /** Number of run-time errors in kernel handlers. */
    public static final int ERRORS = 8;
    /** Nanoseconds to add to the monotonic clock for the time of day. */
    public static final int CLOCK_OFFSET = 16;
    /** Records that found the ring buffer full. */
    public static final int LOST = 24;
    /** Handlers skipped because a lock was not to be had. */
    public static final int SKIPPED_LOCK = 32;
    /** Handlers skipped because all scratch memory of the CPU was in use. */
    public static final int SKIPPED_SCRATCH = 40;
    /** Updates that the kernel refused because a map was busy. */
    public static final int SKIPPED_BUSY = 48;
    /** Process of {@code target()}. */
    public static final int TARGET = 56;
    /** Flags with which records are handed over: 0 to wake a reader that waits, {@link #READER_LOOKS} where it looks by itself. */
    public static final int WAKE_UP = 64;
    /** Process of {@code stp_pid()}. */
    public static final int OWN_PROCESS = 72;
    /** Process in whose namespaces identifiers are told. */
    public static final int NAMESPACE_PROCESS = 80;
    /** Bytes of a page of memory. */
    public static final int PAGE_SIZE = 88;
    /** Turns of the kernel's clock in a second. */
    public static final int TICKS_PER_SECOND = 96;
    /** How many elements were put behind all others of their arrays; see {@link #FIRST_NUMBER}. */
    public static final int INSERTED = 104;
    /** How many numbers before {@link #FIRST_NUMBER} are given away, negative: sorts put elements in front. */
    public static final int IN_FRONT = 112;
    /** Statements that a handler run by hand may run, and what it leaves of them to the next one at its probe point. */
    public static final int ACTIONS_LEFT = 120;
    /** The highest number of a node that has memory. */
    public static final int LAST_MEMORY_NODE = 128;
    /** First byte behind the fixed part. */
    public static final int FIXED = 136;

    /** Number of the first element that is inserted into an array whose order matters; smaller ones come before it, all above 0. */
    public static final long FIRST_NUMBER = 1L << 62;

    /** What a lock word holds while a handler on the JVM has it: no CPU has that number. */
    public static final long HELD_BY_HOST = 1L << 32;
    /** The same, where a handler in the kernel has waited in vain: the thread of the JVM may be waiting for a CPU. */
    public static final long HELD_LONG = HELD_BY_HOST + 1;

    /** BPF_RB_NO_WAKEUP. */
    public static final int READER_LOOKS = 1;

    public static final int STARTING = 0;
    public static final int RUNNING = 1;
    public static final int STOPPING = 2;

    public static final String MAP = "control";
}
