package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.transform.Availability;

/** Variables that may be read before they are written, and so have to start as 0 or "". */
final class EarlyReads {
    private EarlyReads() { }

    static List<Variable> of(Code code) {
        Availability availability = Availability.of(code);
        List<Variable> early = new ArrayList<>();
        for (Variable variable : code.variables()) {
            if (!availability.alwaysWritten(variable)) {
                early.add(variable);
            }
        }
        return early;
    }
}
