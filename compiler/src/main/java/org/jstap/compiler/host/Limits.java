package org.jstap.compiler.host;

import java.util.Map;
import org.jstap.compiler.ir.IrProgram;

/**
 * Run-time limits of a script, as {@code -D NAME=VALUE} sets them.
 *
 * @param maxStringLength size of a string in bytes with its terminating zero (MAXSTRINGLEN)
 * @param maxAction       statements that one event may run, 0 for no limit (MAXACTION); begin, end and error have ten times as many
 * @param maxNesting      calls that may be inside one another (MAXNESTING)
 * @param maxMapEntries   elements of an array that has no size of its own (MAXMAPENTRIES)
 * @param maxErrors       run-time errors that a session survives (MAXERRORS)
 * @param maxSkipped      skipped handlers that a session survives (MAXSKIPPED)
 * @param histogramElision empty buckets kept at each end of a run of them, negative to draw all (HIST_ELISION)
 * @param fileBytes       bytes of a text that is read from the file of a probe which names no size, with the terminating zero
 *                        (STP_PROCFS_BUFSIZE)
 */
public record Limits(int maxStringLength, long maxAction, int maxNesting, int maxMapEntries, int maxErrors, int maxSkipped,
                     int histogramElision, int fileBytes) {
    private static final int STRING_LENGTH = 512;
    private static final int ACTION = 1000;
    private static final int MAP_ENTRIES = 2048;
    private static final int SKIPPED = 100;
    private static final int ELISION = 2;

    /** The limits of a program without any {@code -D}. */
    public static Limits defaults(IrProgram program) {
        return of(Map.of(), program);
    }

    /** The limits of a program under {@code -D} definitions; a value that is no number counts as absent. */
    public static Limits of(Map<String, String> definitions, IrProgram program) {
        int stringLength = (int) number(definitions, "MAXSTRINGLEN", STRING_LENGTH);
        return new Limits(stringLength, number(definitions, "MAXACTION", ACTION),
                (int) number(definitions, "MAXNESTING", CallDepth.of(program)),
                (int) number(definitions, "MAXMAPENTRIES", MAP_ENTRIES), (int) number(definitions, "MAXERRORS", 0),
                (int) number(definitions, "MAXSKIPPED", SKIPPED), (int) number(definitions, "HIST_ELISION", ELISION),
                (int) number(definitions, "STP_PROCFS_BUFSIZE", stringLength));
    }

    /** Largest number of bytes that a string value may hold. */
    public int textBytes() {
        return maxStringLength - 1;
    }

    private static long number(Map<String, String> definitions, String name, long otherwise) {
        String text = definitions.get(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.decode(text.strip());
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
