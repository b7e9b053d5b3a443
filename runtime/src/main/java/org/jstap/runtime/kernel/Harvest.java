package org.jstap.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jstap.compiler.host.stat.StatValue;

/** Elements on their way from a map to an array, to be put in order of their making. Flat arrays: there may be millions. */
final class Harvest {
    private static final int FIRST_CAPACITY = 64;

    private final int keySize;
    private byte[] keys;
    private long[] stamps = new long[FIRST_CAPACITY];
    private long[] numbers = new long[FIRST_CAPACITY];
    private StatValue[] statistics = new StatValue[0];
    private int size;

    /** @param keySize bytes of a key */
    Harvest(int keySize) {
        this.keySize = keySize;
        this.keys = new byte[FIRST_CAPACITY * keySize];
    }

    void add(MemorySegment key, long stamp, long number) {
        if (size == stamps.length) {
            int capacity = size + (size >> 1);
            keys = Arrays.copyOf(keys, Math.multiplyExact(capacity, keySize));
            stamps = Arrays.copyOf(stamps, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
        }
        MemorySegment.copy(key, 0, MemorySegment.ofArray(keys), (long) size * keySize, keySize);
        stamps[size] = stamp;
        numbers[size] = number;
        size++;
    }

    void add(MemorySegment key, long stamp, StatValue statistic) {
        add(key, stamp, 0);
        if (statistics.length < stamps.length) {
            statistics = Arrays.copyOf(statistics, stamps.length);
        }
        statistics[size - 1] = statistic;
    }

    MemorySegment key(int element) {
        return MemorySegment.ofArray(keys).asSlice((long) element * keySize, keySize);
    }

    long number(int element) {
        return numbers[element];
    }

    StatValue statistic(int element) {
        return statistics[element];
    }

    /** The elements, oldest first. */
    int[] byAge() {
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] to = new int[size];
        for (long width = 1; width < size; width *= 2) {
            for (long start = 0; start < size; start += 2 * width) {
                int middle = (int) Math.min(start + width, size);
                merge(from, to, (int) start, middle, (int) Math.min(middle + width, size));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeRight = left == middle
                    || right < end && Long.compareUnsigned(stamps[from[right]], stamps[from[left]]) < 0;
            to[i] = takeRight ? from[right++] : from[left++];
        }
    }
}
