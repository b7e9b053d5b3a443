package org.jstap.symbols.elf;

import java.io.IOException;

/** The file is not an ELF file this reader understands, or contradicts itself; the message names the file and why. */
public final class ElfFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public ElfFormatException(String message) {
        super(message);
    }

    public ElfFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
