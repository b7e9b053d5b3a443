package org.jstap.compiler.kernel;

import org.jstap.language.source.Span;

/** A construct that a handler in the kernel cannot do. Unwinds to where it becomes a diagnostic. */
public final class KernelUnsupported extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Span span;

    public KernelUnsupported(String message, Span span) {
        super(message, null, false, false);
        this.span = span;
    }

    public Span span() {
        return span;
    }
}
