package org.jstap.compiler.kernel.layout;

/** Rounding of sizes. */
public final class Align {
    private Align() { }

    /** The next multiple of 8. */
    public static int up8(int bytes) {
        return bytes + 7 & ~7;
    }
}
