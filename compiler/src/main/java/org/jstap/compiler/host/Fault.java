package org.jstap.compiler.host;

/**
 * What an operation says that could not be done, before anyone knows where in the script it stands. The node that asked turns it
 * into a {@link ScriptError}.
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Fault(String text) {
        super(text, null, false, false);
    }

    /** Memory at an address cannot be read. */
    public static Fault read(long address) {
        return new Fault("read fault [man error::fault] at 0x" + Long.toHexString(address));
    }

    public String text() {
        return getMessage();
    }
}
