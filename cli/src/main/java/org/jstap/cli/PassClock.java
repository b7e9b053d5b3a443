package org.jstap.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Measures one pass and tells its times, in {@code stap}'s words. Reads no clock where nobody asks. */
final class PassClock {
    private static final int USER_FIELD = 11;
    private static final int MILLIS_PER_TICK = 10;

    private final boolean enabled;
    private final PrintStream err;
    private final long start;
    private final long[] cpu;

    PassClock(boolean enabled, PrintStream err) {
        this.enabled = enabled;
        this.err = err;
        this.start = enabled ? System.nanoTime() : 0;
        this.cpu = enabled ? cpuTicks() : new long[2];
    }

    /** @param what as {@code Pass 1: parsed user script} */
    void done(String what) {
        if (enabled) {
            long[] now = cpuTicks();
            err.println(what + " in " + (now[0] - cpu[0]) * MILLIS_PER_TICK + "usr/" + (now[1] - cpu[1]) * MILLIS_PER_TICK + "sys/"
                    + (System.nanoTime() - start) / 1_000_000 + "real ms.");
        }
    }

    /** User and system time of this process in ticks of 10 ms, see proc_pid_stat(5); zeros where it cannot be read. */
    private static long[] cpuTicks() {
        try (FileInputStream in = new FileInputStream("/proc/self/stat")) {
            String line = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            int at = line.lastIndexOf(')') + 2;
            for (int i = 0; i < USER_FIELD; i++) {
                at = line.indexOf(' ', at) + 1;
            }
            int middle = line.indexOf(' ', at);
            int end = line.indexOf(' ', middle + 1);
            return new long[] {Long.parseLong(line.substring(at, middle)), Long.parseLong(line.substring(middle + 1, end))};
        } catch (IOException | NumberFormatException _) {
            return new long[2];
        }
    }
}
