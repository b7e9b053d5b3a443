package org.jstap.compiler.host.function;

/** Names of signals without SIG, from signal(7). */
public final class SignalNames {
    private static final String FROM_1 = """
            HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG
            XCPU XFSZ VTALRM PROF WINCH IO/POLL PWR SYS
            """;
    private static final int REAL_TIME = 32;
    private static final int LAST = 64;

    private SignalNames() { }

    /** "" for what is no signal. */
    public static String name(long signal) {
        if (signal < REAL_TIME) {
            return Words.at(FROM_1, signal - 1);
        }
        if (signal > LAST) {
            return "";
        }
        return signal == REAL_TIME ? "RTMIN" : "RTMIN+" + (signal - REAL_TIME);
    }

    /** The signals of a mask, {@code 1,3}. As in SystemTap, 64 is not looked for. */
    static String mask(long mask) {
        StringBuilder out = new StringBuilder();
        for (int bit = 0; bit < Long.SIZE - 1; bit++) {
            if ((mask >>> bit & 1) != 0) {
                out.append(out.isEmpty() ? "" : ",").append(bit + 1);
            }
        }
        return out.toString();
    }
}
