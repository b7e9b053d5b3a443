package org.jstap.ebpf.btf;

import java.io.IOException;

/** Where the bytes of a blob are, for one that is read piece by piece. They must not change. */
public interface BtfSource {
    /** Bytes of the blob. */
    int length();

    /**
     * Reads a piece of it.
     *
     * @param from the first byte
     * @param into is to be filled
     * @throws IOException if the blob cannot be read, or ends before
     */
    void read(int from, byte[] into) throws IOException;
}
