package org.jstap.compiler.program;

import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;

/**
 * A resolved and typed script.
 *
 * @param globals   those in use, in the order of declaration
 * @param functions those in use
 * @param handlers  in the order in which the script declares them
 * @param regexes   patterns of {@code =~}, numbered by {@link Expr.Match}
 * @param warnings  what pass 2 has to say without refusing the script
 */
public record Program(List<Global> globals, List<Function> functions, List<Handler> handlers, List<String> regexes,
                      List<Diagnostic> warnings) {
    public Program {
        globals = List.copyOf(globals);
        functions = List.copyOf(functions);
        handlers = List.copyOf(handlers);
        regexes = List.copyOf(regexes);
        warnings = List.copyOf(warnings);
    }
}
