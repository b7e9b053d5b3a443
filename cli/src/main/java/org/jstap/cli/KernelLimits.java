package org.jstap.cli;

import org.jstap.compiler.host.Limits;

/** The limits of a script that shape kernel code, from those of the host and the size of the output buffer ({@code -s}). */
final class KernelLimits {
    private static final int MEGABYTE = 1 << 20;
    /** A ring buffer is a power of two bytes; above this the kernel refuses it. */
    private static final int LARGEST_BUFFER = 1 << 30;

    private KernelLimits() { }

    static org.jstap.compiler.kernel.Limits of(Limits limits, Options options) {
        int ring = org.jstap.compiler.kernel.Limits.DEFAULT.ringBytes();
        if (options.bufferMegabytes().isPresent()) {
            long wanted = Math.min((long) options.bufferMegabytes().getAsInt() * MEGABYTE, LARGEST_BUFFER);
            ring = MEGABYTE;
            while (ring < wanted) {
                ring *= 2;
            }
        }
        int actions = limits.maxAction() <= 0 || limits.maxAction() > 1 << 22 ? 1 << 22 : (int) limits.maxAction();
        return new org.jstap.compiler.kernel.Limits(limits.maxStringLength(), limits.maxMapEntries(), actions, limits.maxNesting(),
                limits.maxErrors(), ring);
    }
}
