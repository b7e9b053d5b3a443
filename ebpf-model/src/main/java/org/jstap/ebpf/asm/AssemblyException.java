package org.jstap.ebpf.asm;

/** A program that cannot be assembled or bytes that are no program: a mistake of the code generator, never of its user. */
public final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, naming the label, function or instruction */
    public AssemblyException(String message) {
        super(message);
    }
}
