package org.jstap.compiler.ir;

import org.jstap.compiler.program.Type;

/**
 * A variable of a handler or function: a local of the script or a temporary of ours. May be assigned more than once.
 *
 * @param id   position among the variables of its code
 * @param name for listings; temporaries are {@code tN}
 * @param type LONG or STRING
 */
public record Variable(int id, String name, Type type) implements Operand {
    @Override
    public String toString() {
        return name;
    }
}
