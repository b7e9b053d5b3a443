package org.jstap.runtime.kernel;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jstap.ebpf.link.AttachException;
import org.jstap.ebpf.link.LinkFactory;
import org.jstap.ebpf.sys.SystemCallException;

/**
 * The functions that the kernel lets ftrace hook, from {@code available_filter_functions}. Reading it can take seconds, so it is
 * read only after the kernel has refused a list of functions without saying which of them it meant.
 */
final class TraceableFunctions {
    private static final String FILE = "available_filter_functions";

    private final LinkFactory links;
    private Optional<Set<String>> names = Optional.empty();
    private boolean read;

    TraceableFunctions(LinkFactory links) {
        this.links = links;
    }

    /** Names of symbols; absent where the kernel does not tell. */
    Optional<Set<String>> names() {
        if (!read) {
            read = true;
            try {
                names = Optional.of(parse(links.traceFs().read(FILE)));
            } catch (AttachException | SystemCallException e) {
                // Whoever asks has another way of finding out, and reports what the kernel answers then.
                names = Optional.empty();
            }
        }
        return names;
    }

    /** A line is a name, and for a function of a module that in brackets. */
    static Set<String> parse(String text) {
        Set<String> found = new HashSet<>(1 << 17);
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int space = start;
            while (space < end && text.charAt(space) != ' ' && text.charAt(space) != '\t') {
                space++;
            }
            if (space > start) {
                found.add(text.substring(start, space));
            }
            start = end + 1;
        }
        return found;
    }
}
