package org.jstap.ebpf.feature;

/// The first two numbers of a kernel's release, for example 6.18.
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {

    /// Reads a release as uname(2) gives it, for example `6.1.0-18-amd64`. What is no number counts as zero.
    public static KernelVersion parse(String release) {
        int[] numbers = new int[2];
        int index = 0;
        for (int i = 0; i < release.length() && index < 2; i++) {
            char c = release.charAt(i);
            if (c == '.') {
                index++;
            } else if (c >= '0' && c <= '9') {
                numbers[index] = numbers[index] * 10 + c - '0';
            } else {
                break;
            }
        }
        return new KernelVersion(numbers[0], numbers[1]);
    }

    @Override
    public int compareTo(KernelVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    /// True if this one is as new as the other one, or newer.
    public boolean isAtLeast(KernelVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
