package org.jstap.runtime;

import java.util.Optional;

/** How long processors have been busy with the kernel, where handlers run, from /proc/stat. */
final class BusyTimes {
    /** USER_HZ is 100 on every architecture that eBPF runs on. */
    private static final long NANOS_PER_TICK = 10_000_000L;
    /** Of user nice system idle iowait irq softirq. */
    private static final int[] KERNEL_FIELDS = {2, 5, 6};

    private BusyTimes() { }

    /** Nanoseconds of each processor that is on line; empty where they cannot be read. */
    static long[] now() {
        Optional<String> stat = ProcFiles.read("/proc/stat");
        return stat.isPresent() ? of(stat.get()) : new long[0];
    }

    static long[] of(String stat) {
        String[] lines = stat.split("\n");
        int count = 0;
        long[] times = new long[lines.length];
        for (String line : lines) {
            if (line.startsWith("cpu") && line.length() > 3 && line.charAt(3) != ' ') {
                times[count++] = busy(line);
            }
        }
        return java.util.Arrays.copyOf(times, count);
    }

    private static long busy(String line) {
        String[] words = line.split(" +");
        long ticks = 0;
        for (int field : KERNEL_FIELDS) {
            if (field + 1 < words.length) {
                ticks += Long.parseLong(words[field + 1]);
            }
        }
        return ticks * NANOS_PER_TICK;
    }
}
