package org.jstap.language.tree;

import java.util.List;
import java.util.Optional;
import org.jstap.language.source.Span;

/**
 * A probe point: dotted names, each with an optional argument. Alternatives in braces are already expanded.
 *
 * @param optional   whether {@code ?} follows: no error if nothing matches
 * @param sufficient whether {@code !} follows: as {@code ?}, and the points after it are dropped if it matches
 * @param condition  the expression after {@code if}
 */
public record ProbePoint(
        List<Component> components, boolean optional, boolean sufficient, Optional<Expression> condition, Span span)
        implements Node {

    /** One name or pattern of a probe point; the name may hold {@code *}, {@code **} and {@code ?}. */
    public record Component(String name, Optional<Expression.Literal> argument, Span span) implements Node {
        /** The canonical spelling, as {@code function("vfs_*")}. */
        public String asText() {
            return argument.isEmpty() ? name : name + "(" + argument.get().asText() + ")";
        }
    }

    public ProbePoint {
        components = List.copyOf(components);
    }

    /** The names and arguments as {@code kernel.function("vfs_*").call}, without {@code ?}, {@code !} and condition. */
    public String name() {
        StringBuilder text = new StringBuilder();
        for (Component component : components) {
            text.append(text.isEmpty() ? "" : ".").append(component.asText());
        }
        return text.toString();
    }

    /** The canonical spelling of all of it. */
    public String asText() {
        String text = name() + (optional ? "?" : "") + (sufficient ? "!" : "");
        return condition.isEmpty() ? text : text + " if (" + TreePrinter.print(condition.get()) + ")";
    }
}
