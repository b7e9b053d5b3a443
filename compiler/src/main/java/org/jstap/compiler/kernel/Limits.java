package org.jstap.compiler.kernel;

/**
 * Run-time limits of a script that shape kernel code, as {@code -D} sets them.
 *
 * @param maxStringLength bytes of a string with its zero (MAXSTRINGLEN)
 * @param maxMapEntries   elements of an array that gives no size of its own (MAXMAPENTRIES)
 * @param maxAction       statements of a handler run (MAXACTION)
 * @param maxNesting      calls that may be inside one another (MAXNESTING)
 * @param maxErrors       errors after which the session ends (MAXERRORS)
 * @param ringBytes       bytes of the ring buffer, a power of two
 */
public record Limits(int maxStringLength, int maxMapEntries, int maxAction, int maxNesting, int maxErrors, int ringBytes) {
    public static final Limits DEFAULT = new Limits(512, 2048, 1000, Integer.MAX_VALUE, 0, 16 << 20);
}
