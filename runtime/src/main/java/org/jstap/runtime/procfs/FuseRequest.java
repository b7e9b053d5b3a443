package org.jstap.runtime.procfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A request of the kernel: {@code struct fuse_in_header} and what follows it.
 *
 * @param opcode of {@link FuseOpcode}
 * @param unique names the request in its answer
 * @param node   the file or directory
 * @param body   what follows the header, from its position to its limit, in the order of this machine
 */
record FuseRequest(int opcode, long unique, long node, ByteBuffer body) {
    static final int HEADER = 40;

    /** Takes a request from the start of a buffer, whose limit is the end of what was read. */
    static FuseRequest decode(ByteBuffer bytes) {
        ByteBuffer in = bytes.order(ByteOrder.nativeOrder());
        if (in.limit() < HEADER || in.getInt(0) != in.limit()) {
            throw new IllegalArgumentException("a request of " + in.limit() + " bytes that says it has "
                    + (in.limit() < 4 ? 0 : in.getInt(0)));
        }
        return new FuseRequest(in.getInt(4), in.getLong(8), in.getLong(16),
                in.slice(HEADER, in.limit() - HEADER).order(ByteOrder.nativeOrder()));
    }

    int int32(int offset) {
        return body.getInt(offset);
    }

    long int64(int offset) {
        return body.getLong(offset);
    }

    /** The name that a look-up asks for, which ends at a zero byte. */
    String name() {
        int length = 0;
        while (length < body.limit() && body.get(length) != 0) {
            length++;
        }
        return text(0, length);
    }

    /** Bytes of the body, one for each char. */
    String text(int offset, int length) {
        byte[] bytes = new byte[length];
        body.get(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
