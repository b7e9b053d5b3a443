package org.jstap.symbols.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A version of Linux.
 *
 * @param major 6 in 6.12.118
 * @param minor 12 in 6.12.118
 * @param patch 118 in 6.12.118, 0 if it is not given
 */
public record KernelVersion(int major, int minor, int patch) implements Comparable<KernelVersion> {
    private static final Path OSRELEASE = Path.of("/proc/sys/kernel/osrelease");
    /** Releases of one major number before the next one starts: 19 or 20 since 3.0. */
    private static final int MINORS = 20;

    /** Reads the numbers a release ({@code uname -r}) starts with; what is missing is 0. */
    public static KernelVersion parse(String release) {
        int[] numbers = new int[3];
        int at = 0;
        for (int i = 0; i < 3; i++) {
            int start = at;
            while (at < release.length() && Character.digit(release.charAt(at), 10) >= 0 && at - start < 9) {
                numbers[i] = numbers[i] * 10 + Character.digit(release.charAt(at), 10);
                at++;
            }
            if (at == start || at >= release.length() || release.charAt(at) != '.') {
                break;
            }
            at++;
        }
        return new KernelVersion(numbers[0], numbers[1], numbers[2]);
    }

    /**
     * The release of the running kernel, as {@code uname -r} prints it.
     *
     * @throws IOException if /proc is not mounted
     */
    public static String runningRelease() throws IOException {
        return Files.readString(OSRELEASE, StandardCharsets.UTF_8).strip();
    }

    /** How many releases lie between the two, roughly; patch levels do not count. */
    public int distance(KernelVersion other) {
        return Math.abs(major * MINORS + minor - other.major * MINORS - other.minor);
    }

    @Override
    public int compareTo(KernelVersion other) {
        if (major != other.major) {
            return Integer.compare(major, other.major);
        }
        return minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
