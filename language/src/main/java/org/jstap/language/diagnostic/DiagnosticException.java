package org.jstap.language.diagnostic;

import java.util.Objects;

/** Unwinds a pass to the place where it can go on; always caught inside the pass, never seen by a caller. */
public class DiagnosticException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public DiagnosticException(Diagnostic diagnostic) {
        // No stack trace: it is control flow, and nobody prints it.
        super(Objects.requireNonNull(diagnostic).message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }

    /** The same without what takes long to find out, as names that may have been meant. */
    public final Diagnostic brief() {
        return diagnostic;
    }
}
