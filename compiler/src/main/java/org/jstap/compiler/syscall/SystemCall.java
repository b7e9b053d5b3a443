package org.jstap.compiler.syscall;

import java.util.List;
import java.util.OptionalInt;

/**
 * A system call as a line of the table describes it.
 *
 * @param alias  name in probe points, behind {@code syscall.}
 * @param call   the kernel's name, "-" for what no 64-bit kernel has
 * @param number on the architecture; absent where it has no such call
 * @param result form of the result: d, o, x
 * @param argumentsAtReturn whether the probe point of the return offers the variables of the arguments too
 */
public record SystemCall(String alias, String call, OptionalInt number, char result, boolean argumentsAtReturn,
                         List<Parameter> parameters) {
    public SystemCall {
        parameters = List.copyOf(parameters);
    }

    /**
     * An argument, or variables that belong to none.
     *
     * @param index position among the arguments, -1 for variables without one
     * @param kind  how it is printed: a word of the table, without the number of the argument that tells its size
     * @param group name in {@code values.tbl}, empty for kinds without one
     * @param size  position of the argument that tells its size, -1 for none
     */
    public record Parameter(int index, String kind, String group, int size, List<Variable> variables) {
        public Parameter {
            variables = List.copyOf(variables);
        }

        boolean isPrinted() {
            return index >= 0 && !kind.equals("h");
        }
    }

    /** A variable of the alias. */
    public record Variable(String name, boolean text) { }
}
