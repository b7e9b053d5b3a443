package org.jstap.ebpf.btf;

/** Bytes that are no valid BTF, or a question that a type cannot answer (the size of a function, say). */
public final class BtfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, with the type's identifier or the offset in bytes */
    public BtfException(String message) {
        super(message);
    }
}
