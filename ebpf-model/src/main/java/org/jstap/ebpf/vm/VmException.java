package org.jstap.ebpf.vm;

/** The program did something that is not allowed; the message names the instruction. */
public final class VmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was done, and where if known */
    public VmException(String message) {
        super(message);
    }
}
