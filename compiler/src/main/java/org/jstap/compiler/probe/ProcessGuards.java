package org.jstap.compiler.probe;

import java.nio.file.Path;

/**
 * Conditions, in the script language, under which an event is one of a process that a probe point means. The functions they call are
 * in the tapset's {@code process.stp}.
 */
final class ProcessGuards {
    /** Parts of a path that are compared, the last ones: a mount point may hide those before. */
    private static final int PARTS = 3;

    private ProcessGuards() { }

    /** The process that {@code -c} or {@code -x} names, with what it has started; every process where there is none. */
    static String target() {
        return "(!target() || __is_of_target())";
    }

    static String process(long pid) {
        return "pid() == " + pid;
    }

    /** Processes that run a program, given by its path without symbolic links. */
    static String program(Path path) {
        StringBuilder text = new StringBuilder("__runs_program(");
        for (int i = 0; i < PARTS; i++) {
            int index = path.getNameCount() - 1 - i;
            String part = index < 0 ? "" : path.getName(index).toString();
            text.append(i == 0 ? "" : ", ").append(quoted(part)).append(", ").append(part.length() + 1);
        }
        return text.append(')').toString();
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
