package org.jstap.compiler.syscall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.host.function.SignalNames;

/** The names of arguments' values, by {@code values.tbl}. Values are taken as 64-bit numbers without a sign. */
final class ValueNames {
    private static final long ACCESS = 3;
    private static final long TYPE_OF_SOCKET = 0xf;
    private static final long TYPE_OF_FILE = 0170000;
    private static final long SIGNAL_AT_EXIT = 0xff;
    private static final long PERMISSIONS = 0777;
    private static final long FUTEX_FLAGS = 0x180;

    private record Group(String kind, String[] names, long[] values) { }

    private final Map<String, Group> groups = new HashMap<>();

    ValueNames(String text) {
        for (List<String> words : Resources.lines(text)) {
            int count = words.size() - 2;
            String[] names = new String[count];
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                String word = words.get(i + 2);
                int equals = word.indexOf('=');
                names[i] = word.substring(0, equals);
                values[i] = Long.parseUnsignedLong(word.substring(equals + 1), 16);
            }
            groups.put(words.get(0), new Group(words.get(1), names, values));
        }
    }

    /** The value in words, and in hexadecimal what has no name. */
    String text(String groupName, long value) {
        Group group = groups.get(groupName);
        if (group == null) {
            return hex(value);
        }
        return switch (group.kind()) {
            case "enum" -> one(group, value, hex(value));
            case "open" -> open(group, value);
            case "socktype" -> joined(one(group, value & TYPE_OF_SOCKET, hex(value & TYPE_OF_SOCKET)),
                    flags(group, value & ~TYPE_OF_SOCKET, false));
            case "mode" -> joined(one(group, value & TYPE_OF_FILE, ""), octal(value & ~TYPE_OF_FILE));
            case "clone" -> clone(group, value);
            case "ipcget" -> joined(flags(group, value & ~PERMISSIONS, false), octal(value & PERMISSIONS));
            case "futex" -> joined(one(group, value & ~FUTEX_FLAGS, hex(value & ~FUTEX_FLAGS)),
                    flags(group, value & FUTEX_FLAGS, false));
            default -> flags(group, value, true);
        };
    }

    /** Whether open flags make open(2) take a mode. */
    static boolean creates(long flags) {
        return (flags & 0100) != 0 || (flags & 020000000) != 0;
    }

    private static String clone(Group group, long value) {
        String flags = flags(group, value & ~SIGNAL_AT_EXIT, false);
        long signal = value & SIGNAL_AT_EXIT;
        return signal == 0 ? flags.isEmpty() ? "0x0" : flags : joined(flags, "SIG" + SignalNames.name(signal));
    }

    private static String open(Group group, long value) {
        String access = one(group, value & ACCESS, (value & ACCESS) == 0 ? "O_RDONLY" : hex(value & ACCESS));
        return joined(access, flags(group, value & ~ACCESS, false));
    }

    private static String one(Group group, long value, String otherwise) {
        for (int i = 0; i < group.values().length; i++) {
            if (group.values()[i] == value) {
                return group.names()[i];
            }
        }
        return otherwise;
    }

    /** @param zero whether there is a text for no flag at all */
    private static String flags(Group group, long value, boolean zero) {
        if (value == 0) {
            return zero ? one(group, 0, "0x0") : "";
        }
        StringBuilder text = new StringBuilder();
        long rest = value;
        // Names of several bits stand for them only where all of those are set and none has been told.
        for (int i = 0; i < group.values().length; i++) {
            long flag = group.values()[i];
            if (flag != 0 && (rest & flag) == flag) {
                text.append(text.isEmpty() ? "" : "|").append(group.names()[i]);
                rest &= ~flag;
            }
        }
        if (rest != 0) {
            text.append(text.isEmpty() ? "" : "|").append(hex(rest));
        }
        return text.toString();
    }

    private static String joined(String some, String more) {
        return some.isEmpty() || more.isEmpty() ? some + more : some + "|" + more;
    }

    private static String octal(long value) {
        return value == 0 ? "0" : "0" + Long.toOctalString(value);
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
