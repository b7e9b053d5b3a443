package org.jstap.ebpf.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Optional;

/**
 * What is found by going through all types of a blob, as bytes that can be kept: where each type starts, and the chains of types
 * whose names have the same hash. It is of use with the very blob only that it was made from, which whoever keeps it must make sure
 * of; what is checked here is that it fits at all.
 */
final class BtfIndex {
    private static final int HEADER_INTS = 5;
    /** To be counted up whenever the arrays or the hash change. */
    private static final int FORMAT = 1;

    private BtfIndex() { }

    static byte[] write(BtfData data, NameIndex names) {
        int[] offsets = data.offsets();
        ByteBuffer bytes = ByteBuffer.allocate((HEADER_INTS + 2 * offsets.length + names.heads().length) * Integer.BYTES)
                .order(ByteOrder.nativeOrder());
        bytes.asIntBuffer().put(FORMAT).put(data.length()).put(data.stringsLength()).put(offsets.length).put(names.heads().length)
                .put(offsets).put(names.next()).put(names.heads());
        return bytes.array();
    }

    /** Blob and index; empty if the index is not one of this blob. */
    static Optional<Parts> read(BtfSource source, ByteBuffer index) {
        IntBuffer ints = index.slice().order(ByteOrder.nativeOrder()).asIntBuffer();
        if (ints.remaining() < HEADER_INTS) {
            return Optional.empty();
        }
        int[] header = new int[HEADER_INTS];
        ints.get(header);
        int count = header[3];
        int heads = header[4];
        if (header[0] != FORMAT || header[1] != source.length() || count <= 0 || Integer.bitCount(heads) != 1
                || 2L * count + heads != ints.remaining()) {
            return Optional.empty();
        }
        int[] offsets = new int[count];
        int[] next = new int[count];
        int[] first = new int[heads];
        ints.get(offsets).get(next).get(first);
        BtfData data = new BtfData(new BtfBytes(source), offsets);
        return data.stringsLength() == header[2] ? Optional.of(new Parts(data, new NameIndex(first, next))) : Optional.empty();
    }

    /** What an index makes quick. */
    record Parts(BtfData data, NameIndex names) { }
}
