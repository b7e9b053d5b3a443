package org.jstap.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A file of the cache that holds for one identity only. What is in it is believed if it is whole: a name for the format, a checksum
 * of all that follows, the length of the identity, the identity, the content.
 */
final class KeptFile {
    private static final byte[] FORMAT = "jstap 1\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int CHECKSUM = FORMAT.length;
    private static final int IDENTITY_LENGTH = CHECKSUM + Long.BYTES;
    private static final int IDENTITY = IDENTITY_LENGTH + Integer.BYTES;

    private final CacheDirectory directory;
    private final String name;
    private final byte[] identity;

    /**
     * @param name     of the file
     * @param identity of what the content was made from, one byte per char
     */
    KeptFile(CacheDirectory directory, String name, String identity) {
        this.directory = directory;
        this.name = name;
        this.identity = identity.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The content; empty if there is none of this identity, or it is damaged. */
    Optional<ByteBuffer> read() {
        Optional<byte[]> file = directory.read(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = file.get();
        int content = IDENTITY + identity.length;
        if (bytes.length < content || !Arrays.equals(bytes, 0, FORMAT.length, FORMAT, 0, FORMAT.length)) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        boolean same = buffer.getLong(CHECKSUM) == checksum(bytes) && buffer.getInt(IDENTITY_LENGTH) == identity.length
                && Arrays.equals(bytes, IDENTITY, content, identity, 0, identity.length);
        return same ? Optional.of(buffer.position(content)) : Optional.empty();
    }

    /** Keeps it for the next time; where that cannot be, nothing is told, since nothing is lost but time. */
    void write(byte[] content) {
        byte[] bytes = new byte[IDENTITY + identity.length + content.length];
        System.arraycopy(FORMAT, 0, bytes, 0, FORMAT.length);
        System.arraycopy(identity, 0, bytes, IDENTITY, identity.length);
        System.arraycopy(content, 0, bytes, IDENTITY + identity.length, content.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        buffer.putInt(IDENTITY_LENGTH, identity.length);
        buffer.putLong(CHECKSUM, checksum(bytes));
        directory.write(name, bytes);
    }

    private static long checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, IDENTITY_LENGTH, bytes.length - IDENTITY_LENGTH);
        return sum.getValue();
    }
}
