package org.jstap.compiler.syscall;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jstap.compiler.host.function.SignalNames;
import org.jstap.compiler.host.function.StringFunctions;
import org.jstap.compiler.syscall.EncodedText.Memory;

/** The text of structures of the 64-bit interfaces (include/uapi). */
final class Structures {
    private static final int UTIME_NOW = 0x3fffffff;
    private static final int UTIME_OMIT = 0x3ffffffe;
    private static final int NANO_DIGITS = 9;
    private static final int MICRO_DIGITS = 6;
    private static final int LAST_SIGNAL = 64;

    private Structures() { }

    static String text(String kind, Memory memory) {
        ByteBuffer in = memory.buffer();
        return switch (kind) {
            case "timespec" -> "[" + time(in, 0, NANO_DIGITS) + "]";
            case "utimespec2" -> fileTime(in, 0) + fileTime(in, 16);
            case "timeval" -> "[" + time(in, 0, MICRO_DIGITS) + "]";
            case "timeval2" -> "[" + time(in, 0, MICRO_DIGITS) + "][" + time(in, 16, MICRO_DIGITS) + "]";
            case "itimerval" -> "[" + time(in, 0, MICRO_DIGITS) + "," + time(in, 16, MICRO_DIGITS) + "]";
            case "itimerspec" -> "[" + time(in, 0, NANO_DIGITS) + "," + time(in, 16, NANO_DIGITS) + "]";
            case "rlimit" -> "[" + in.getLong(0) + "," + in.getLong(8) + "]";
            case "timezone" -> "[" + in.getInt(0) + ", " + in.getInt(4) + "]";
            case "utimbuf" -> "[" + in.getLong(0) + ", " + in.getLong(8) + "]";
            case "sigset" -> signals(in.getLong(0));
            case "sigaction" -> action(in);
            case "stack" -> "{ss_sp=" + ValueNames.hex(in.getLong(0)) + ", ss_flags=" + stackFlags(in.getInt(8)) + ", ss_size="
                    + in.getLong(16) + "}";
            case "siginfo" -> "{si_signo=" + signal(in.getInt(0)) + ", si_errno=" + in.getInt(4) + ", si_code=" + in.getInt(8) + "}";
            default -> ValueNames.hex(memory.address());
        };
    }

    private static String time(ByteBuffer in, int offset, int digits) {
        String fraction = Long.toString(in.getLong(offset + 8));
        return in.getLong(offset) + "." + "0".repeat(Math.max(0, digits - fraction.length())) + fraction;
    }

    private static String fileTime(ByteBuffer in, int offset) {
        long nanos = in.getLong(offset + 8);
        if (nanos == UTIME_NOW) {
            return "[UTIME_NOW]";
        }
        return nanos == UTIME_OMIT ? "[UTIME_OMIT]" : "[" + time(in, offset, NANO_DIGITS) + "]";
    }

    private static String signal(int number) {
        return "SIG" + SignalNames.name(number);
    }

    private static String signals(long mask) {
        StringBuilder text = new StringBuilder();
        for (int signal = 1; signal <= LAST_SIGNAL; signal++) {
            if ((mask >>> signal - 1 & 1) != 0) {
                text.append(text.isEmpty() ? "[" : "|").append(signal(signal));
            }
        }
        return text.isEmpty() ? "[EMPTY]" : text.append(']').toString();
    }

    /** What the kernel takes: handler, flags, restorer, mask. */
    private static String action(ByteBuffer in) {
        long handler = in.getLong(0);
        String name = handler == 0 ? "SIG_DFL" : handler == 1 ? "SIG_IGN" : ValueNames.hex(handler);
        return handler == 0 || handler == 1 ? name
                : name + ", " + ValueNames.hex(in.getLong(8)) + ", " + ValueNames.hex(in.getLong(16)) + ", " + signals(in.getLong(24));
    }

    private static String stackFlags(int flags) {
        return switch (flags) {
            case 0 -> "0x0";
            case 1 -> "SS_ONSTACK";
            case 2 -> "SS_DISABLE";
            default -> ValueNames.hex(flags & 0xffffffffL);
        };
    }

    /** A buffer up to its size, or to a zero, as strings end there. */
    static String counted(Memory memory) {
        String text = memory.string();
        return memory.size() >= 0 && memory.size() < text.length() ? text.substring(0, (int) memory.size()) : text;
    }

    /** Strings one behind the other; an empty one that nothing follows is the end. */
    static String list(Memory memory) {
        byte[] bytes = memory.bytes();
        StringBuilder text = new StringBuilder("[");
        int at = 0;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            if (end == at && onlyZeros(bytes, at)) {
                break;
            }
            text.append(text.length() > 1 ? ", " : "");
            String string = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
            text.append(StringFunctions.quoted(string, 2 * string.length() * 4 + 8));
            at = end + 1;
        }
        return text.append(']').toString();
    }

    /** How many pointers there are before the null one; or that there are more than were read. */
    static String count(Memory memory) {
        ByteBuffer in = memory.buffer();
        int count = 0;
        while (8 * count + 8 <= in.capacity() && in.getLong(8 * count) != 0) {
            count++;
        }
        boolean all = 8 * count + 8 <= in.capacity();
        return "[/* " + (all ? "" : "at least ") + count + " var" + (count == 1 ? "" : "s") + " */]";
    }

    private static boolean onlyZeros(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
