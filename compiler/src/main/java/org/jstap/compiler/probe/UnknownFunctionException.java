package org.jstap.compiler.probe;

import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.tree.ProbePoint;
import org.jstap.symbols.NearNames;

/** No function matches. Those that may have been meant are looked for, among all of the kernel, when somebody is told. */
final class UnknownFunctionException extends DiagnosticException {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 5;

    private final transient KernelView kernel;
    private final transient ProbePoint.Component at;
    private final String message;
    private final String name;

    UnknownFunctionException(String message, String name, ProbePoint.Component at, KernelView kernel) {
        super(Points.error("no-function", message, at).diagnostic());
        this.kernel = kernel;
        this.at = at;
        this.message = message;
        this.name = name;
    }

    @Override
    public Diagnostic diagnostic() {
        List<String> near = NearNames.find(name, kernel.functionNames(), MOST);
        return near.isEmpty() ? brief()
                : Points.error("no-function", message + " (similar: " + String.join(", ", near) + ")", at).diagnostic();
    }
}
