package org.jstap.cli;

import java.util.List;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.runtime.OverloadLimit;

/** The names that {@code -D} can set. */
final class Defines {
    /** Those that limit something here too. Their values are numbers. */
    private static final List<String> LIMITS = List.of("MAXSTRINGLEN", "MAXACTION", "MAXNESTING", "MAXMAPENTRIES", "MAXERRORS",
            "MAXSKIPPED", "HIST_ELISION", "STP_PROCFS_BUFSIZE");
    /** Those of the limit on handlers' time; their values are C constants, which may have a suffix. */
    private static final List<String> OVERLOAD = List.of("STP_NO_OVERLOAD", "STP_OVERLOAD_INTERVAL", "STP_OVERLOAD_THRESHOLD");
    /** Those that tune what is not here: the module's lock handling, its buffers and tables. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "MAXTRYLOCK", "TRYLOCKDELAY", "MAXACTION_INTERRUPTIBLE", "MAXUPROBES", "MAXBACKTRACE", "KRETACTIVE", "INTERRUPTIBLE",
            "MINSTACKSPACE", "STP_TIMING", "STP_ALIBI", "STP_DISABLE_CACHE", "STAP_SUPPRESS_TIME_LIMITS_ENABLE",
            "STAP_OVERRIDE_STUCK_CONTEXT", "DEBUG_MEM", "DEBUG_TRANS", "DEBUG_UNWIND", "DEBUG_SYMBOLS");
    /** Smaller strings cannot hold what context functions return. */
    private static final long SHORTEST_STRING = 2;

    private Defines() { }

    /** @throws UsageException if the name wants another value */
    static void check(String name, String value) {
        if (OVERLOAD.contains(name) && !name.equals("STP_NO_OVERLOAD") && OverloadLimit.constant(value).isEmpty()) {
            throw new UsageException("option '-D " + name + "' requires a number above 0, not '" + value + "'");
        }
        if (!LIMITS.contains(name)) {
            return;
        }
        long number;
        try {
            number = Long.decode(value);
        } catch (NumberFormatException _) {
            throw new UsageException("option '-D " + name + "' requires a number, not '" + value + "'");
        }
        long lowest = name.equals("HIST_ELISION") ? -1 : name.equals("MAXSTRINGLEN") ? SHORTEST_STRING
                : name.equals("MAXMAPENTRIES") || name.equals("STP_PROCFS_BUFSIZE") ? 1 : 0;
        if (number < lowest || number > Integer.MAX_VALUE) {
            throw new UsageException("option '-D " + name + "' requires a number from " + lowest + " to " + Integer.MAX_VALUE
                    + ", not '" + value + "'");
        }
    }

    /** What to warn of, empty if the name is known. */
    static String caution(String name) {
        if (LIMITS.contains(name) || OVERLOAD.contains(name) || WITHOUT_EFFECT.contains(name)) {
            return "";
        }
        String hint = Suggestions.hint(name, LIMITS);
        return "option '-D " + name + "' has no effect: there is no such limit" + (hint.isEmpty() ? "" : "; " + hint);
    }
}
