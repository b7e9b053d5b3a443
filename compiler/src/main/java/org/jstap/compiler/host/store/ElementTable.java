package org.jstap.compiler.host.store;

import java.util.Arrays;

/**
 * The skeleton of an array: a hash table of slot numbers, and a list through the slots that keeps the order. What stands in a slot
 * is the business of {@link HostArray}. All numbers are {@code int}s in flat arrays: 10,000,000 elements cost 200 MB here.
 */
final class ElementTable {
    static final int NONE = -1;
    private static final int FREE = -2;
    private static final int FIRST_CAPACITY = 16;

    private int[] buckets = new int[FIRST_CAPACITY * 2];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int[] next = new int[FIRST_CAPACITY];
    private int[] previous = new int[FIRST_CAPACITY];
    private int[] births = new int[FIRST_CAPACITY];
    private int insertions;
    private int head = NONE;
    private int tail = NONE;
    private int freeList = NONE;
    private int used;
    private int size;

    int size() {
        return size;
    }

    int head() {
        return head;
    }

    int next(int slot) {
        return next[slot];
    }

    /** A number that tells the elements apart that a slot holds one after the other. */
    int birth(int slot) {
        return births[slot];
    }

    /** Whether a slot still holds the element of that birth. */
    boolean isLive(int slot, int birth) {
        return slot < used && previous[slot] != FREE && births[slot] == birth;
    }

    /** How many slots there are room for. */
    int capacity() {
        return hashes.length;
    }

    int hashOf(int slot) {
        return hashes[slot];
    }

    /** First place in the table to look at for a hash. */
    int probe(int hash) {
        return hash & buckets.length - 1;
    }

    int probeAfter(int place) {
        return place + 1 & buckets.length - 1;
    }

    /** Slot at a place of the table, or {@link #NONE}. */
    int at(int place) {
        return buckets[place] - 1;
    }

    /** A new slot at the end of the list. The caller then makes room for {@link #capacity()} slots. */
    int insert(int hash) {
        int slot = freeList;
        if (slot != NONE) {
            freeList = next[slot];
        } else {
            if (used == hashes.length) {
                grow();
            }
            slot = used++;
        }
        hashes[slot] = hash;
        births[slot] = insertions++;
        link(slot, tail);
        enter(slot);
        size++;
        return slot;
    }

    void remove(int slot) {
        leave(slot);
        unlink(slot);
        previous[slot] = FREE;
        next[slot] = freeList;
        freeList = slot;
        size--;
    }

    void clear() {
        Arrays.fill(buckets, 0);
        head = NONE;
        tail = NONE;
        freeList = NONE;
        used = 0;
        size = 0;
    }

    /** Moves a slot behind another, or to the front ({@link #NONE}). */
    void moveAfter(int slot, int before) {
        if (slot == before || previous[slot] == before) {
            return;
        }
        unlink(slot);
        link(slot, before);
    }

    /** The slots in order. */
    int[] order() {
        int[] slots = new int[size];
        int n = 0;
        for (int slot = head; slot != NONE; slot = next[slot]) {
            slots[n++] = slot;
        }
        return slots;
    }

    /** Puts the list into a new order of the same slots. */
    void reorder(int[] slots) {
        head = NONE;
        tail = NONE;
        for (int slot : slots) {
            link(slot, tail);
        }
    }

    private void link(int slot, int before) {
        int after = before == NONE ? head : next[before];
        previous[slot] = before;
        next[slot] = after;
        if (before == NONE) {
            head = slot;
        } else {
            next[before] = slot;
        }
        if (after == NONE) {
            tail = slot;
        } else {
            previous[after] = slot;
        }
    }

    private void unlink(int slot) {
        int before = previous[slot];
        int after = next[slot];
        if (before == NONE) {
            head = after;
        } else {
            next[before] = after;
        }
        if (after == NONE) {
            tail = before;
        } else {
            previous[after] = before;
        }
    }

    private void enter(int slot) {
        int place = probe(hashes[slot]);
        while (buckets[place] != 0) {
            place = probeAfter(place);
        }
        buckets[place] = slot + 1;
    }

    /** Takes a slot out of the table and closes the gap, so that no markers of removed elements pile up. */
    private void leave(int slot) {
        int place = probe(hashes[slot]);
        while (buckets[place] != slot + 1) {
            place = probeAfter(place);
        }
        int mask = buckets.length - 1;
        int gap = place;
        for (int i = probeAfter(gap); buckets[i] != 0; i = probeAfter(i)) {
            int home = probe(hashes[buckets[i] - 1]);
            if ((i - home & mask) >= (i - gap & mask)) {
                buckets[gap] = buckets[i];
                gap = i;
            }
        }
        buckets[gap] = 0;
    }

    private void grow() {
        int capacity = hashes.length * 2;
        hashes = Arrays.copyOf(hashes, capacity);
        next = Arrays.copyOf(next, capacity);
        births = Arrays.copyOf(births, capacity);
        previous = Arrays.copyOf(previous, capacity);
        buckets = new int[capacity * 2];
        for (int slot = head; slot != NONE; slot = next[slot]) {
            enter(slot);
        }
    }
}
