package org.jstap.compiler.syscall;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.syscall.SystemCall.Parameter;

/** Which memory is read for the text of a call's arguments. */
public final class Captures {
    /** Bytes of a description of one piece: argument, how, size, argument that tells the size. */
    public static final int DESCRIPTION = 4;
    /** Bytes of the descriptions of one call. */
    public static final int ENTRY = DESCRIPTION * EncodedText.MOST_PIECES;
    public static final int NONE = 0;
    /** Up to a zero. */
    public static final int STRING = 1;
    /** As many bytes as the description says. */
    public static final int FIXED = 2;
    /** As many bytes as an argument says. */
    public static final int COUNTED = 3;
    /** The strings that a list of pointers names, one behind the other. */
    public static final int LIST = 4;

    private Captures() { }

    /** A piece of memory. */
    public record Capture(int argument, int how, int size, int sizeArgument) { }

    /** The pieces for a call, in the order of its parameters; no more than {@link EncodedText#MOST_PIECES}. */
    public static List<Capture> of(SystemCall call) {
        List<Capture> captures = new ArrayList<>();
        for (Parameter parameter : call.parameters()) {
            int how = how(parameter.kind());
            if (how != NONE && captures.size() < EncodedText.MOST_PIECES) {
                captures.add(new Capture(parameter.index(), how, size(parameter.kind()), Math.max(0, parameter.size())));
            }
        }
        return captures;
    }

    /** The table of all calls: {@link #ENTRY} bytes for each number. */
    public static byte[] table(SystemCalls calls) {
        byte[] table = new byte[SystemCalls.NUMBERS * ENTRY];
        for (int number = 0; number < SystemCalls.NUMBERS; number++) {
            if (calls.of(number).isPresent()) {
                int at = number * ENTRY;
                for (Capture capture : of(calls.of(number).get())) {
                    table[at] = (byte) capture.argument();
                    table[at + 1] = (byte) capture.how();
                    table[at + 2] = (byte) capture.size();
                    table[at + 3] = (byte) capture.sizeArgument();
                    at += DESCRIPTION;
                }
            }
        }
        return table;
    }

    /** How the memory of an argument is read. */
    public static int how(String kind) {
        return switch (kind) {
            case "s" -> STRING;
            case "buf", "sockaddr" -> COUNTED;
            case "argv" -> LIST;
            default -> size(kind) > 0 ? FIXED : NONE;
        };
    }

    /** Bytes of a structure of the 64-bit interfaces (uapi); 0 for what is none. */
    public static int size(String kind) {
        return switch (kind) {
            case "timespec", "timeval", "rlimit", "utimbuf" -> 16;
            case "utimespec2", "timeval2", "itimerval", "itimerspec" -> 32;
            case "timezone", "sigset" -> 8;
            case "pipefds" -> 0;
            case "sigaction" -> 32;
            case "stack", "siginfo" -> 24;
            default -> 0;
        };
    }
}
