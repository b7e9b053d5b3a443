package org.jstap.compiler.probe;

import java.util.List;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.ProbePoint;

/** {@code begin}, {@code end}, {@code error}, each with a priority, and {@code never}. */
final class SessionKind implements ProbeKind {
    private static final List<String> WORDS = List.of("begin", "end", "error", "never");

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        Points.end(point, 1);
        ProbePoint.Component component = point.components().getFirst();
        String text = point.name();
        ProbeSite site = switch (component.name()) {
            case "begin" -> new ProbeSite.Begin(text, priority(component));
            case "end" -> new ProbeSite.End(text, priority(component));
            case "error" -> new ProbeSite.Error(text, priority(component));
            default -> {
                Points.noArgument(component);
                yield new ProbeSite.Never(text);
            }
        };
        return List.of(new Found(site, ProbeContext.NONE));
    }

    private static long priority(ProbePoint.Component component) {
        return component.argument().isEmpty() ? 0 : Points.number(component);
    }
}
