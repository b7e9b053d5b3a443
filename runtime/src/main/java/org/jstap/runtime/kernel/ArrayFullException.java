package org.jstap.runtime.kernel;

import org.jstap.compiler.program.Global;

/** What kernel handlers have added does not fit into the array that it belongs to. */
final class ArrayFullException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Global global;

    ArrayFullException(Global global, String message) {
        super(message, null, false, false);
        this.global = global;
    }

    Global global() {
        return global;
    }
}
