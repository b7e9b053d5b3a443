package org.jstap.symbols;

/** The symbols in the order of their unsigned addresses; symbols at one address stay in the order of the file. */
final class AddressOrder {
    private final long[] addresses;
    private final int count;
    /** Index by rank; empty when the file is in order already, as the kernel's own part always is. */
    private final int[] indices;

    AddressOrder(long[] addresses, int count) {
        this.addresses = addresses;
        this.count = count;
        this.indices = inOrder() ? new int[0] : sorted();
    }

    private boolean inOrder() {
        for (int i = 1; i < count; i++) {
            if (Long.compareUnsigned(addresses[i - 1], addresses[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    /** A merge sort that leaves runs that are in order alone: nearly all of the file is. */
    private int[] sorted() {
        int[] from = new int[count];
        int[] to = new int[count];
        for (int i = 0; i < count; i++) {
            from[i] = i;
        }
        for (int width = 1; width < count; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                int middle = Math.min(start + width, count);
                merge(from, to, start, middle, Math.min(middle + width, count));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        if (middle >= end || Long.compareUnsigned(addresses[from[middle - 1]], addresses[from[middle]]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = right == end || left < middle
                    && Long.compareUnsigned(addresses[from[left]], addresses[from[right]]) <= 0;
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    int index(int rank) {
        return indices.length == 0 ? rank : indices[rank];
    }

    int rank(int index) {
        if (indices.length == 0) {
            return index;
        }
        int rank = lastAtOrBefore(addresses[index]);
        while (indices[rank] != index) {
            rank--;
        }
        return rank;
    }

    long address(int rank) {
        return addresses[index(rank)];
    }

    /** The highest rank whose address is at most {@code address}, -1 if there is none. */
    int lastAtOrBefore(long address) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(address(middle), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
