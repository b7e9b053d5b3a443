package org.jstap.compiler.host.text;

/** Where {@code %m} and {@code %M} get their bytes from. */
public interface MemoryReader {
    /** Reads kernel memory. Throws {@link org.jstap.compiler.host.Fault} where it cannot be read. */
    byte[] read(long address, int size);
}
