package org.jstap.compiler.tapset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which file defines which name, from the sorted lines that {@link TapsetNames#text} made; a name is searched for among them. */
final class TapsetLines {
    private final String text;

    TapsetLines(String text) {
        this.text = text;
    }

    List<String> files(TapsetNames.Kind kind, String name) {
        String wanted = kind.word() + " " + name + " ";
        List<String> files = List.of();
        for (int at = firstFrom(wanted); text.startsWith(wanted, at); at = next(at)) {
            if (files.isEmpty()) {
                files = new ArrayList<>(1);
            }
            files.add(text.substring(at + wanted.length(), next(at) - 1));
        }
        return files;
    }

    Collection<String> names(TapsetNames.Kind kind) {
        String wanted = kind.word() + " ";
        Set<String> names = new LinkedHashSet<>();
        for (int at = firstFrom(wanted); text.startsWith(wanted, at); at = next(at)) {
            names.add(text.substring(at + wanted.length(), text.indexOf(' ', at + wanted.length())));
        }
        return names;
    }

    /** The start of the first line that does not sort before this text. */
    private int firstFrom(String wanted) {
        int from = 0;
        int to = text.length();
        while (from < to) {
            int middle = text.lastIndexOf('\n', (from + to) / 2 - 1) + 1;
            if (sortsBefore(middle, wanted)) {
                from = next(middle);
            } else {
                to = middle;
            }
        }
        return from;
    }

    private boolean sortsBefore(int line, String wanted) {
        for (int i = 0; i < wanted.length(); i++) {
            char c = text.charAt(line + i);
            if (c != wanted.charAt(i)) {
                return c < wanted.charAt(i);
            }
        }
        return false;
    }

    /** Each line ends with a newline, which sorts before all that is in a name. */
    private int next(int line) {
        return text.indexOf('\n', line) + 1;
    }
}
