package org.jstap.compiler.syscall;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.tapset.Tapset;

/** Tables of words: a line for each entry, words apart by blanks, comments behind {@code #}. */
final class Resources {
    private Resources() { }

    static String text(String name) {
        return Tapset.resource(name);
    }

    static List<List<String>> lines(String text) {
        List<List<String>> lines = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            if (text.charAt(at) != '#' && end > at) {
                lines.add(words(text, at, end));
            }
            at = end + 1;
        }
        return lines;
    }

    private static List<String> words(String text, int from, int end) {
        List<String> words = new ArrayList<>();
        int start = from;
        for (int i = from; i <= end; i++) {
            if (i == end || text.charAt(i) == ' ') {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }
}
