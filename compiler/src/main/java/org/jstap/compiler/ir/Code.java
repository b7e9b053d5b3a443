package org.jstap.compiler.ir;

import java.util.List;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/**
 * The body of a function or handler.
 *
 * @param name       for listings
 * @param parameters the first variables
 * @param variables  all of them; {@code variables.get(v.id()) == v}. All start as 0 or "".
 * @param result     type of the result, VOID where there is none
 */
public record Code(String name, List<Variable> parameters, List<Variable> variables, Type result, Region body, Span span) {
    public Code {
        parameters = List.copyOf(parameters);
        variables = List.copyOf(variables);
    }
}
