package org.jstap.runtime;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Small files of /proc and /sys, one byte per char. */
final class ProcFiles {
    private ProcFiles() { }

    /** The file's text without a line end at its end; absent where it cannot be read. */
    static Optional<String> read(String path) {
        try (FileInputStream in = new FileInputStream(path)) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        } catch (IOException _) {
            // A process may have gone, a kernel may not have the file: the caller knows what that means.
            return Optional.empty();
        }
    }

    /** Writes to a file that takes each write for itself; false where it does not take it. */
    static boolean write(String path, String text) {
        try (FileOutputStream out = new FileOutputStream(path)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException _) {
            // Not mounted, or not for this user: the caller knows what that means.
            return false;
        }
    }

    /** Field of proc_pid_stat(5), counted from 1 and at least 3; 0 where it cannot be read. */
    static long statField(String path, int field) {
        Optional<String> stat = read(path);
        if (stat.isEmpty()) {
            return 0;
        }
        String line = stat.get();
        int at = line.lastIndexOf(')') + 2;
        for (int i = 3; i < field; i++) {
            at = line.indexOf(' ', at) + 1;
        }
        int end = line.indexOf(' ', at);
        return number(line.substring(at, end < 0 ? line.length() : end));
    }

    /** One number of a line of proc_pid_status(5), such as the second of {@code Uid:}; 0 where it cannot be read. */
    static long statusNumber(String path, String key, int index) {
        Optional<String> status = read(path);
        int at = status.isEmpty() ? -1 : status.get().indexOf("\n" + key + ":");
        if (at < 0) {
            return 0;
        }
        String text = status.get();
        int end = text.indexOf('\n', at + 1);
        String line = text.substring(at + key.length() + 2, end < 0 ? text.length() : end);
        int from = 0;
        for (int i = 0; i <= index; i++) {
            while (from < line.length() && line.charAt(from) <= ' ') {
                from++;
            }
            int to = from;
            while (to < line.length() && line.charAt(to) > ' ') {
                to++;
            }
            if (i == index) {
                return number(line.substring(from, to));
            }
            from = to;
        }
        return 0;
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
