package org.jstap.compiler.probe;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a site offers to {@code $variables}.
 *
 * @param available whether there is a context at all; a {@code begin} probe has none
 * @param arguments in order
 * @param result    BTF id of the type of {@code $return}, absent where there is none; 0 is void
 * @param missing   why nothing is known of the arguments, empty where they are known
 */
public record ProbeContext(boolean available, List<Argument> arguments, OptionalInt result, String missing) {
    /** No context. */
    public static final ProbeContext NONE = new ProbeContext(false, List.of(), OptionalInt.empty(), "");

    /** @param type BTF id */
    public record Argument(String name, int index, int type) { }

    public ProbeContext {
        arguments = List.copyOf(arguments);
    }
}
