package org.jstap.compiler.program;

import java.util.List;
import org.jstap.language.source.Span;

/**
 * A function in use. Overloads of one name are separate functions; {@code next} in one of them calls the following one.
 *
 * @param id         position in {@link Program#functions()}
 * @param parameters the first locals, in order
 * @param locals     all locals, parameters first
 */
public record Function(int id, String name, List<Local> parameters, List<Local> locals, Type result, Stmt body,
                       boolean library, Span span) {
    public Function {
        parameters = List.copyOf(parameters);
        locals = List.copyOf(locals);
    }
}
