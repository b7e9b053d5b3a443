package org.jstap.compiler.kernel;

import org.jstap.language.source.Span;

/** A construct that a handler in the kernel cannot do. Unwinds to where it becomes a diagnostic. */
public final class KernelUnsupported extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Span span;
    private final int handler;

    public KernelUnsupported(String message, Span span) {
        this(message, span, -1);
    }

    private KernelUnsupported(String message, Span span, int handler) {
        super(message, null, false, false);
        this.span = span;
        this.handler = handler;
    }

    /** The same, told of a handler, by its id. */
    public KernelUnsupported in(int id) {
        return new KernelUnsupported(getMessage(), span, id);
    }

    /** The handler that does not fit as it is, but may with less of it in the kernel; -1 where none is told. */
    public int handler() {
        return handler;
    }

    public Span span() {
        return span;
    }
}
