package org.jstap.runtime;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the time of a start goes, for {@code -v}: one share after the other, from the start of the process until its probes are
 * attached. For one thread; reads no clock where nobody asks.
 */
public final class StartTimes {
    /** The start of the process in proc_pid_stat(5), counted from the field behind the name in parentheses. */
    private static final int START_FIELD = 19;
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final boolean enabled;
    private final Map<String, Long> shares = new LinkedHashMap<>();
    private long last;
    private boolean finished;

    /** @param enabled whether times are taken at all */
    public StartTimes(boolean enabled) {
        this.enabled = enabled;
        this.last = enabled ? System.nanoTime() : 0;
        if (enabled) {
            shares.put("JVM", sinceProcessStart());
        }
    }

    /** Ends a share. Several of the same name are added up. */
    public void lap(String share) {
        if (enabled && !finished) {
            long now = System.nanoTime();
            shares.put(share, shares.getOrDefault(share, 0L) + now - last);
            last = now;
        }
    }

    /** All shares in milliseconds and their sum; later laps no longer count. Empty where no times were taken. */
    public String finish() {
        if (!enabled || finished) {
            return "";
        }
        finished = true;
        StringBuilder text = new StringBuilder();
        long sum = 0;
        for (Map.Entry<String, Long> share : shares.entrySet()) {
            text.append(text.isEmpty() ? "" : ", ").append(share.getKey()).append(' ').append(share.getValue() / NANOS_PER_MILLI);
            sum += share.getValue();
        }
        return "Ready " + sum / NANOS_PER_MILLI + " ms after the start of the process: " + text + ".";
    }

    /** Nanoseconds, in steps of the 10 ms that the kernel tells; 0 where /proc cannot be read. */
    private static long sinceProcessStart() {
        String stat = firstLine("/proc/self/stat");
        String uptime = firstLine("/proc/uptime");
        try {
            int at = stat.lastIndexOf(')') + 2;
            for (int i = 0; i < START_FIELD; i++) {
                at = stat.indexOf(' ', at) + 1;
            }
            long started = Long.parseLong(stat.substring(at, stat.indexOf(' ', at)));
            int dot = uptime.indexOf('.');
            long now = Long.parseLong(uptime.substring(0, dot) + uptime.substring(dot + 1, dot + 3));
            return (now - started) * NANOS_PER_TICK;
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            return 0;
        }
    }

    private static String firstLine(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }
}
