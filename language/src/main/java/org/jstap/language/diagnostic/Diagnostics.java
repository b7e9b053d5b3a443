package org.jstap.language.diagnostic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the diagnostics of a pass in the order they were found, each once. Not for use by several threads. */
public final class Diagnostics {
    private final List<Diagnostic> all = new ArrayList<>();
    private final Set<Diagnostic> seen = new HashSet<>();
    private int errors;

    public void add(Diagnostic diagnostic) {
        if (seen.add(diagnostic)) {
            all.add(diagnostic);
            if (diagnostic.isError()) {
                errors++;
            }
        }
    }

    public void addAll(Iterable<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            add(diagnostic);
        }
    }

    public boolean hasErrors() {
        return errors > 0;
    }

    public int errorCount() {
        return errors;
    }

    /** All of them so far, in order. */
    public List<Diagnostic> all() {
        return List.copyOf(all);
    }
}
