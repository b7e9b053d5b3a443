package org.jstap.ebpf.map;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.SystemCalls;

/// Reading maps on kernels that have no batches, or whose batches need more room, without a kernel.
class BatchReaderTest {

    private static final int LOOKUP_BATCH = 24;
    private static final int LOOKUP_AND_DELETE_BATCH = 25;

    /// A hash with keys and values of 4 bytes.
    private static final class FakeHash implements SystemCalls {
        private final TreeMap<Integer, Integer> elements = new TreeMap<>();
        private final boolean batches;
        private final int smallestBatch;

        FakeHash(boolean batches, int smallestBatch) {
            this.batches = batches;
            this.smallestBatch = smallestBatch;
        }

        @Override
        public long call(long number, long command, long attrAddress, long size, long a4, long a5, long a6) {
            if (number == SystemCallNumber.CLOSE.number()) {
                return 0;
            }
            assertThat(number).isEqualTo(SystemCallNumber.BPF.number());
            MemorySegment attr = MemorySegment.ofAddress(attrAddress).reinterpret(size);
            return switch ((int) command) {
                case 0 -> 5;
                case 1 -> lookup(attr);
                case 3 -> elements.remove(read(attr, 8)) == null ? -Errno.ENOENT : 0;
                case 4 -> nextKey(attr);
                case LOOKUP_BATCH, LOOKUP_AND_DELETE_BATCH -> batches ? batch(attr, command) : -Errno.EINVAL;
                default -> throw new AssertionError("command " + command);
            };
        }

        private static MemorySegment pointed(MemorySegment attr, int offset, long size) {
            return MemorySegment.ofAddress(attr.get(JAVA_LONG, offset)).reinterpret(size);
        }

        private static int read(MemorySegment attr, int offset) {
            return pointed(attr, offset, 4).get(JAVA_INT, 0);
        }

        private long lookup(MemorySegment attr) {
            Integer value = elements.get(read(attr, 8));
            if (value == null) {
                return -Errno.ENOENT;
            }
            pointed(attr, 16, 4).set(JAVA_INT, 0, value);
            return 0;
        }

        private long nextKey(MemorySegment attr) {
            Integer next = attr.get(JAVA_LONG, 8) == 0 ? first() : elements.higherKey(read(attr, 8));
            if (next == null) {
                return -Errno.ENOENT;
            }
            pointed(attr, 16, 4).set(JAVA_INT, 0, next);
            return 0;
        }

        private Integer first() {
            return elements.isEmpty() ? null : elements.firstKey();
        }

        /// Gives buckets of `smallestBatch` elements, whole or not at all.
        private long batch(MemorySegment attr, long command) {
            int room = attr.get(JAVA_INT, 32);
            int from = attr.get(JAVA_LONG, 0) == 0 ? Integer.MIN_VALUE : read(attr, 0);
            int count = 0;
            List<Integer> keys = new ArrayList<>(elements.tailMap(from).keySet());
            long result = -Errno.ENOENT;
            for (int key : keys) {
                if (count % smallestBatch == 0 && room - count < smallestBatch) {
                    pointed(attr, 8, 4).set(JAVA_INT, 0, key);
                    result = count == 0 ? -Errno.ENOSPC : 0;
                    break;
                }
                pointed(attr, 16, 4L * room).setAtIndex(JAVA_INT, count, key);
                pointed(attr, 24, 4L * room).setAtIndex(JAVA_INT, count, elements.get(key));
                count++;
            }
            if (command == LOOKUP_AND_DELETE_BATCH) {
                keys.subList(0, count).forEach(elements::remove);
            }
            attr.set(JAVA_INT, 32, count);
            return result;
        }
    }

    private static void check(FakeHash hash, int size, boolean drain) {
        for (int i = 0; i < size; i++) {
            hash.elements.put(i, i * 3);
        }
        List<Integer> keys = new ArrayList<>();
        ElementConsumer taker = (key, value) -> {
            int number = key.get(JAVA_INT_UNALIGNED, 0);
            keys.add(number);
            assertThat(value.get(JAVA_INT_UNALIGNED, 0)).isEqualTo(number * 3);
        };
        try (KernelMap map = KernelMap.create(hash, MapSpec.hash("fake", 4, 4, 100_000))) {
            assertThat(drain ? map.drain(taker) : map.forEach(taker)).isEqualTo(size);
        }
        assertThat(keys).hasSize(size);
        for (int i = 0; i < size; i++) {
            assertThat(keys.get(i)).isEqualTo(i);
        }
        assertThat(hash.elements).hasSize(drain ? 0 : size);
    }

    @Test
    void readsKeyByKeyWithoutBatches() {
        check(new FakeHash(false, 1), 500, false);
    }

    @Test
    void drainsKeyByKeyWithoutBatches() {
        check(new FakeHash(false, 1), 500, true);
    }

    @Test
    void readsByManyBatches() {
        check(new FakeHash(true, 10), 90_000, false);
    }

    @Test
    void drainsByManyBatches() {
        check(new FakeHash(true, 10), 90_000, true);
    }

    @Test
    void makesRoomForALargeBucket() {
        check(new FakeHash(true, 50_000), 90_000, false);
        check(new FakeHash(true, 50_000), 90_000, true);
    }

    @Test
    void readsAnEmptyMap() {
        check(new FakeHash(true, 1), 0, false);
        check(new FakeHash(false, 1), 0, true);
    }
}
