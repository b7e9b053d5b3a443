package org.jstap.ebpf.spec;

/** Flags of BPF_PROG_LOAD, from the kernel's {@code include/uapi/linux/bpf.h} ({@code BPF_F_…}); to be combined with or. */
public final class ProgramFlags {
    /** The verifier demands aligned accesses. */
    public static final int STRICT_ALIGNMENT = 1;
    /** The program may sleep, so it may read user memory that is not present (kernel 5.10). */
    public static final int SLEEPABLE = 1 << 4;

    private ProgramFlags() {
    }
}
