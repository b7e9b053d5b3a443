package org.jstap.compiler.probe;

import java.util.List;
import org.jstap.language.tree.ProbePoint;

/** What begins with {@code kernel} or {@code module} and is nothing that other kinds know. */
final class KernelPartKind implements ProbeKind {
    private static final List<String> LATER = List.of("data", "mark");
    private static final List<String> KNOWN = List.of("function", "trace", "statement", "data", "mark", "lsm");

    @Override
    public List<String> words() {
        return List.of("kernel", "module");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        if (point.components().size() < 2) {
            throw Points.error("probe-mismatch", "'" + point.components().getFirst().name()
                    + "' needs a part behind it, as kernel.function(\"name\")", point.components().getFirst());
        }
        ProbePoint.Component second = point.components().get(1);
        throw LATER.contains(second.name())
                ? Points.unsupported(point.components().getFirst().name() + "." + second.name(), second)
                : Points.unknown(second, KNOWN);
    }
}
