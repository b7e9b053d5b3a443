package org.jstap.ebpf.spec;

import java.util.List;
import java.util.Objects;

/**
 * How a program is attached to what it watches. A cookie is a number that the program can ask for
 * ({@link org.jstap.ebpf.asm.Helper#GET_ATTACH_COOKIE}); 0 is none.
 */
public sealed interface LinkSpec {

    /** A place in the kernel's text. */
    sealed interface Location permits Symbol, Address {
    }

    /** A function by name, as in {@code /proc/kallsyms}; with {@code module:} in front where the kind of link allows it. */
    record Symbol(String name) implements Location {
        public Symbol {
            Objects.requireNonNull(name);
        }
    }

    /** A kernel address. */
    record Address(long value) implements Location {
    }

    /** A tracepoint whose arguments come as raw 64-bit words in the context (kernel 4.17; a cookie from 6.10). */
    record RawTracepoint(String name, long cookie) implements LinkSpec {
        public RawTracepoint {
            Objects.requireNonNull(name);
        }
    }

    /** A tracepoint whose arguments are typed by BTF; the program names it by its BTF identifier (kernel 5.5). */
    record BtfTracepoint(String name, long cookie) implements LinkSpec {
        public BtfTracepoint {
            Objects.requireNonNull(name);
        }
    }

    /** The entry of a function; the program names it by its BTF identifier (kernel 5.5; a cookie from 5.19). */
    record Fentry(String function, long cookie) implements LinkSpec {
        public Fentry {
            Objects.requireNonNull(function);
        }
    }

    /** The return of a function, with its arguments and result (kernel 5.5; a cookie from 5.19). */
    record Fexit(String function, long cookie) implements LinkSpec {
        public Fexit {
            Objects.requireNonNull(function);
        }
    }

    /**
     * One kernel instruction.
     *
     * @param offset bytes from the location
     */
    record Kprobe(Location location, long offset, long cookie) implements LinkSpec {
        public Kprobe {
            Objects.requireNonNull(location);
        }
    }

    /**
     * The return of one function.
     *
     * @param maxActive how many calls may be under way at once; 0 for the kernel's default
     */
    record Kretprobe(Location location, int maxActive, long cookie) implements LinkSpec {
        public Kretprobe {
            Objects.requireNonNull(location);
        }
    }

    /** A function of a {@link KprobeMulti} and its cookie. */
    record Target(Location location, long cookie) {
        public Target {
            Objects.requireNonNull(location);
        }
    }

    /**
     * Many functions in one call (kernel 5.18). The targets are all symbols or all addresses.
     *
     * @param ret     at the returns instead of the entries
     * @param session one program at entry and return (kernel 6.10)
     */
    record KprobeMulti(List<Target> targets, boolean ret, boolean session) implements LinkSpec {
        public KprobeMulti {
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("a link to many functions names none");
            }
            boolean symbols = targets.getFirst().location() instanceof Symbol;
            for (Target target : targets) {
                if (target.location() instanceof Symbol != symbols) {
                    throw new IllegalArgumentException("a link to many functions takes symbols or addresses, not both");
                }
            }
            if (ret && session) {
                throw new IllegalArgumentException("a session runs at entry and return, so it is not for returns only");
            }
        }
    }

    /** A trace event of {@code /sys/kernel/tracing/events}, whose context is its record (kernel 4.7; a cookie from 5.15). */
    record TraceEvent(String category, String name, long cookie) implements LinkSpec {
        public TraceEvent {
            Objects.requireNonNull(category);
            Objects.requireNonNull(name);
        }
    }

    /**
     * One instruction of a program or library, in all processes or one.
     *
     * @param path             of the file
     * @param offset           bytes from the start of the file
     * @param semaphoreOffset  where in the file the counter of a user-level static probe lies; 0 for none
     * @param ret              at the return of the function that starts there
     * @param pid              of the process; -1 for all
     */
    record Uprobe(String path, long offset, long semaphoreOffset, boolean ret, int pid, long cookie) implements LinkSpec {
        public Uprobe {
            Objects.requireNonNull(path);
        }
    }

    /** A place of a {@link UprobeMulti}; see {@link Uprobe}. */
    record UserTarget(long offset, long semaphoreOffset, long cookie) {
    }

    /** Many instructions of one file in one call (kernel 6.6). */
    record UprobeMulti(String path, List<UserTarget> targets, boolean ret, int pid) implements LinkSpec {
        public UprobeMulti {
            Objects.requireNonNull(path);
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("a link to many places of " + path + " names none");
            }
        }
    }

    /** How often a counter runs the program. */
    sealed interface Sampling permits Period, Frequency {
    }

    /** Once in so many events; nanoseconds for the clocks. */
    record Period(long events) implements Sampling {
    }

    /** So many times a second. */
    record Frequency(long hertz) implements Sampling {
    }

    /**
     * A performance counter of {@code perf_event_open(2)}.
     *
     * @param type   PERF_TYPE_…
     * @param config the counter within the type
     * @param pid    of the process; -1 for all
     * @param cpu    -1 for every CPU: one counter for each that is online if {@code pid} is -1
     */
    record PerfEvent(int type, long config, Sampling sampling, int pid, int cpu, long cookie) implements LinkSpec {
        public PerfEvent {
            Objects.requireNonNull(sampling);
        }
    }

    /**
     * Kernel memory that a debug register of each processor watches (CONFIG_HAVE_HW_BREAKPOINT).
     *
     * @param length bytes
     * @param reads  whether reading counts too, and not only writing
     */
    record Watchpoint(long address, int length, boolean reads, long cookie) implements LinkSpec {
    }

    /**
     * A hook of the packet filter in the network namespace of the caller (kernel 6.4).
     *
     * @param family   NFPROTO_…
     * @param hook     number of the hook in that family
     * @param priority place among what else hangs on the hook; smaller runs earlier
     */
    record Netfilter(int family, int hook, int priority) implements LinkSpec {
    }
}
