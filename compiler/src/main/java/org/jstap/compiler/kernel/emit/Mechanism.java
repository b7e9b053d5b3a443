package org.jstap.compiler.kernel.emit;

/** How a handler is attached. The code of a handler depends on it: where arguments are, and what may be loaded directly. */
public enum Mechanism {
    /** tp_btf: typed arguments, typed chains of pointers are plain loads. From Linux 5.5. */
    BTF_TRACEPOINT("tp_btf", true),
    /** tp_btf whose chains of pointers are read by a helper, where the verifier does not follow the types. */
    BTF_TRACEPOINT_READING("tp_btf (reads by helper)", false),
    /** Raw tracepoint by name. From Linux 4.17. */
    RAW_TRACEPOINT("raw tracepoint", false),
    /** Trampoline at a function's entry. From Linux 5.5. */
    FENTRY("fentry", true),
    FENTRY_READING("fentry (reads by helper)", false),
    /** Trampoline at a function's return; sees arguments and result. From Linux 5.5. */
    FEXIT("fexit", true),
    FEXIT_READING("fexit (reads by helper)", false),
    /** One link to many functions, through fprobe. From Linux 5.18. */
    KPROBE_MULTI("kprobe.multi", false),
    KRETPROBE_MULTI("kretprobe.multi", false),
    /** One perf event for each function. */
    KPROBE("kprobe", false),
    KRETPROBE("kretprobe", false),
    /** Sampling of a counter on each CPU. From Linux 4.9. */
    PERF_EVENT("perf event", false),
    /** One link to many instructions of a user-space file. From Linux 6.6. */
    UPROBE_MULTI("uprobe.multi", false),
    URETPROBE_MULTI("uretprobe.multi", false),
    /** One perf event for each instruction of a user-space file. From Linux 4.17. */
    UPROBE("uprobe", false),
    URETPROBE("uretprobe", false),
    /** At a hook of the packet filter. From Linux 6.4. */
    NETFILTER("netfilter", true),
    NETFILTER_READING("netfilter (reads by helper)", false),
    /** Run once by BPF_PROG_TEST_RUN: begin, end and error handlers moved to the kernel. */
    TEST_RUN("test run", false);

    private final String text;
    private final boolean typed;

    Mechanism(String text, boolean typed) {
        this.text = text;
        this.typed = typed;
    }

    /** Name in messages. */
    public String text() {
        return text;
    }

    /** Whether loads through typed arguments need no helper. */
    public boolean typed() {
        return typed;
    }

    /** Whether a program serves one site only, because it is bound to it or is not told which of several it serves. */
    public boolean onePerSite() {
        return switch (this) {
            case BTF_TRACEPOINT, BTF_TRACEPOINT_READING, RAW_TRACEPOINT, FENTRY, FENTRY_READING, FEXIT, FEXIT_READING, TEST_RUN,
                NETFILTER, NETFILTER_READING -> true;
            default -> false;
        };
    }

    /** Whether arguments are in the registers of the processor rather than in an array of 64-bit words. */
    public boolean registers() {
        return switch (this) {
            case KPROBE_MULTI, KRETPROBE_MULTI, KPROBE, KRETPROBE, PERF_EVENT, UPROBE_MULTI, URETPROBE_MULTI, UPROBE, URETPROBE -> true;
            default -> false;
        };
    }

    /** Whether the program gives a verdict on a packet. */
    public boolean verdict() {
        return this == NETFILTER || this == NETFILTER_READING;
    }

    /** Whether one link reaches all sites of a program. */
    public boolean oneLink() {
        return this == KPROBE_MULTI || this == KRETPROBE_MULTI || this == UPROBE_MULTI || this == URETPROBE_MULTI;
    }

    /** Whether the sites are in programs of user space. */
    public boolean userSpace() {
        return this == UPROBE_MULTI || this == URETPROBE_MULTI || this == UPROBE || this == URETPROBE;
    }
}
