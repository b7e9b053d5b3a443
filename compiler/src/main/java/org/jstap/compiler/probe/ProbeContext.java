package org.jstap.compiler.probe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.ebpf.btf.Btf;
import org.jstap.language.tree.Expression;

/**
 * What a site offers to {@code $variables}.
 *
 * @param available whether there is a context at all; a {@code begin} probe has none
 * @param arguments in order
 * @param result    BTF id of the type of {@code $return}, absent where there is none; 0 is void
 * @param further   variables that stand for something made of others, by their names with the dollar
 * @param settable  variables that scripts can set, by their names with the dollar
 * @param types     types that the ids are of, where they are not those of the kernel image
 * @param missing   why nothing is known of the arguments, empty where they are known
 */
public record ProbeContext(boolean available, List<Argument> arguments, OptionalInt result, String missing,
                           Map<String, Expression> further, Map<String, Setter> settable, Optional<Btf> types) {
    /** No context. */
    public static final ProbeContext NONE = new ProbeContext(false, List.of(), OptionalInt.empty(), "");

    public ProbeContext(boolean available, List<Argument> arguments, OptionalInt result, String missing) {
        this(available, arguments, result, missing, Map.of());
    }

    public ProbeContext(boolean available, List<Argument> arguments, OptionalInt result, String missing,
                        Map<String, Expression> further) {
        this(available, arguments, result, missing, further, Optional.empty());
    }

    public ProbeContext(boolean available, List<Argument> arguments, OptionalInt result, String missing,
                        Map<String, Expression> further, Optional<Btf> types) {
        this(available, arguments, result, missing, further, Map.of(), types);
    }

    /**
     * Functions by which scripts set a variable; each takes the value.
     *
     * @param assign for {@code =}
     * @param append for {@code .=}; empty where it cannot be added to
     * @param guru   whether scripts may set it in guru mode only
     */
    public record Setter(String assign, String append, boolean guru) { }

    /** The same with variables that can be set. */
    ProbeContext setting(Map<String, Setter> variables) {
        return new ProbeContext(available, arguments, result, missing, further, variables, types);
    }

    /**
     * @param index word that it begins with, of those that hold the arguments
     * @param type  BTF id
     * @param words how many it fills
     */
    public record Argument(String name, int index, int type, int words) {
        public Argument(String name, int index, int type) {
            this(name, index, type, 1);
        }

        /** What belongs to the place that stands for an event, and not to the event. */
        public boolean isHidden() {
            return name.startsWith("__");
        }
    }

    /** Words that the arguments fill, behind which trampolines have the result. */
    public int words() {
        return arguments.isEmpty() ? 0 : arguments.getLast().index() + arguments.getLast().words();
    }

    public ProbeContext {
        arguments = List.copyOf(arguments);
        further = Map.copyOf(further);
        settable = Map.copyOf(settable);
    }
}
