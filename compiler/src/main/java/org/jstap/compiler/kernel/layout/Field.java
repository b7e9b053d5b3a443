package org.jstap.compiler.kernel.layout;

import org.jstap.compiler.program.Type;

/** A number or string in a key, value or record. {@code offset} and {@code size} are bytes, multiples of 8. */
public record Field(Type type, int offset, int size) {
    public int end() {
        return offset + size;
    }
}
