package org.jstap.compiler.ir;

import java.util.List;
import org.jstap.compiler.program.Global;

/** The result of pass 3. */
public record IrProgram(List<Global> globals, List<Code> functions, List<IrHandler> handlers, List<String> regexes) {
    public IrProgram {
        globals = List.copyOf(globals);
        functions = List.copyOf(functions);
        handlers = List.copyOf(handlers);
        regexes = List.copyOf(regexes);
    }
}
