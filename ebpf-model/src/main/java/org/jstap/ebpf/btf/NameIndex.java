package org.jstap.ebpf.btf;

/**
 * From the hash of a name to the types of a blob that bear it, in two int arrays: the heads of chains, and for each type
 * the next one of its chain. No strings are made; a name is compared byte by byte.
 */
final class NameIndex {
    private final int[] heads;
    private final int[] next;

    /**
     * @param own     the blob whose types are indexed
     * @param names   where the name of each is to be hashed
     */
    NameIndex(BtfData own, Names names) {
        int count = own.count();
        this.heads = new int[Math.max(16, Integer.highestOneBit(Math.max(1, count)))];
        this.next = new int[count];
        // From the last to the first, so that a chain lists its types in ascending order.
        for (int index = count - 1; index >= 0; index--) {
            int name = own.u32(own.offset(index));
            if (name != 0) {
                int bucket = bucket(names.hash(name));
                next[index] = heads[bucket];
                heads[bucket] = index + 1;
            }
        }
    }

    /** An index that was made before. */
    NameIndex(int[] heads, int[] next) {
        this.heads = heads;
        this.next = next;
    }

    int[] heads() {
        return heads;
    }

    int[] next() {
        return next;
    }

    /** The first type in the chain of this hash, as index + 1; 0 if there is none. */
    int first(int hash) {
        return heads[bucket(hash)];
    }

    /** The type after this one in its chain; both as index + 1, 0 for none. */
    int after(int indexPlusOne) {
        return next[indexPlusOne - 1];
    }

    private int bucket(int hash) {
        return (hash ^ hash >>> 15) & heads.length - 1;
    }
}
