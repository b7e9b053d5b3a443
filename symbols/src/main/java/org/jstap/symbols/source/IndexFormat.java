package org.jstap.symbols.source;

/** What writer and reader of the index have in common; the layout is described in the package's documentation. */
final class IndexFormat {
    /** "JSFI", little-endian. */
    static final int MAGIC = 0x4946534a;
    static final int VERSION = 1;
    /** Bits 0 to 6 of an entry's mask are kernels. */
    static final int MOST_KERNELS = 7;
    static final int ELSEWHERE = 0x80;
    /** A block is closed when it holds this many bytes: enough to deflate well, little enough to inflate at once. */
    static final int BLOCK_SIZE = 48 << 10;
    static final int FILTER_BITS_PER_NAME = 8;
    static final int FILTER_HASHES = 5;

    private IndexFormat() {}

    /** FNV-1a with 64 bits; the filter takes its bits from it. */
    static long hash(byte[] bytes, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i] & 0xff) * 0x100000001b3L;
        }
        return hash ^ hash >>> 29;
    }

    /** The bit number {@code i} of a name in a filter of this many bits. */
    static int filterBit(long hash, int i, int bits) {
        int step = (int) (hash >>> 32) | 1;
        return Integer.remainderUnsigned((int) hash + i * step, bits);
    }
}
