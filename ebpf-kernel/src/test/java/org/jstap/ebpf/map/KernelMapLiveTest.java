package org.jstap.ebpf.map;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.testing.LiveKernel;

class KernelMapLiveTest {

    private SystemCalls sys;

    @BeforeEach
    void open() {
        sys = LiveKernel.require();
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    private static byte[] u64(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array();
    }

    @Test
    void readsWritesAndDeletes() {
        try (KernelMap map = KernelMap.create(sys, MapSpec.hash("a name that is too long for it", 4, 8, 2))) {
            assertThat(map.lookup(u32(1))).isEmpty();
            assertThat(map.firstKey()).isEmpty();
            map.update(u32(1), u64(10));
            assertThat(map.lookup(u32(1))).hasValue(u64(10));
            assertThat(map.firstKey()).hasValue(u32(1));
            assertThat(map.nextKey(u32(1))).isEmpty();
            assertThat(map.tryUpdate(u32(1), u64(11), KernelMap.NO_EXIST)).isEqualTo(Errno.EEXIST);
            assertThat(map.tryUpdate(u32(2), u64(11), KernelMap.EXIST)).isEqualTo(Errno.ENOENT);
            map.update(u32(2), u64(20));
            assertThatThrownBy(() -> map.update(u32(3), u64(30)))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageContaining("E2BIG");
            assertThat(map.delete(u32(1))).isTrue();
            assertThat(map.delete(u32(1))).isFalse();
            assertThat(map.id()).isPositive();
            assertThatThrownBy(() -> map.lookup(new byte[3]))
                    .hasMessage("a key of the map 'a name that is too long for it' has 4 bytes, not 3");
        }
    }

    @Test
    void readsAndDrainsManyByBatches() {
        try (KernelMap map = KernelMap.create(sys, MapSpec.hash("many", 4, 8, 40_000))) {
            for (int i = 0; i < 30_000; i++) {
                map.update(u32(i), u64(3L * i));
            }
            Map<Integer, Long> seen = new HashMap<>();
            ElementConsumer collect = (key, value) ->
                    assertThat(seen.put(key.get(JAVA_INT_UNALIGNED, 0), value.get(JAVA_LONG_UNALIGNED, 0)))
                            .isNull();
            assertThat(map.forEach(collect)).isEqualTo(30_000);
            for (int i = 0; i < 30_000; i++) {
                assertThat(seen.get(i)).isEqualTo(3L * i);
            }
            seen.clear();
            assertThat(map.drain(collect)).isEqualTo(30_000);
            assertThat(seen).hasSize(30_000);
            assertThat(map.firstKey()).isEmpty();
            assertThat(map.clear()).isZero();
        }
    }

    @Test
    void readsWhatHasOddSizes() {
        try (KernelMap map = KernelMap.create(sys, MapSpec.hash("odd", 5, 3, 100))) {
            for (byte i = 0; i < 50; i++) {
                map.update(new byte[] {i, 1, 2, 3, 4}, new byte[] {i, i, i});
            }
            int[] sum = new int[1];
            assertThat(map.forEach((key, value) -> {
                        assertThat(key.byteSize()).isEqualTo(5);
                        assertThat(value.byteSize()).isEqualTo(3);
                        sum[0] += value.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 2);
                    }))
                    .isEqualTo(50);
            assertThat(sum[0]).isEqualTo(49 * 50 / 2);
        }
    }

    @Test
    void laysPerCpuValuesOutByEightBytes() {
        int cpus = Cpus.possible(sys);
        assertThat(Cpus.online(sys)).hasSizeLessThanOrEqualTo(cpus);
        try (KernelMap map = KernelMap.create(sys, MapSpec.perCpuHash("percpu", 4, 12, 10))) {
            assertThat(map.stride()).isEqualTo(16);
            assertThat(map.valueBytes()).isEqualTo(16 * cpus);
            byte[] values = new byte[16 * cpus];
            for (int cpu = 0; cpu < cpus; cpu++) {
                values[16 * cpu + 11] = (byte) (cpu + 1);
            }
            map.update(u32(5), values);
            assertThat(map.lookup(u32(5))).hasValue(values);
            assertThat(map.forEach((key, value) ->
                            assertThat(value.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)).isEqualTo(values)))
                    .isEqualTo(1);
        }
    }

    @Test
    void fillsAndFreezes() {
        MapSpec spec = MapSpec.array("constants", 8, 4)
                .withFlags(MapFlags.RDONLY_PROG)
                .withContents(List.of(new MapEntry(u32(2), u64(99))))
                .asFrozen();
        try (KernelMap map = KernelMap.create(sys, spec)) {
            assertThat(map.lookup(u32(2))).hasValue(u64(99));
            assertThat(map.tryUpdate(u32(2), u64(1), KernelMap.ANY)).isEqualTo(Errno.EPERM);
        }
        MapSpec perCpu = MapSpec.perCpuArray("each", 4, 1).withContents(List.of(new MapEntry(u32(0), u32(7))));
        try (KernelMap map = KernelMap.create(sys, perCpu)) {
            MemorySegment values = MemorySegment.ofArray(map.lookup(u32(0)).orElseThrow());
            for (int cpu = 0; cpu < Cpus.possible(sys); cpu++) {
                assertThat(values.get(JAVA_INT_UNALIGNED, 8L * cpu)).isEqualTo(7);
            }
        }
    }

    @Test
    void sharesTheMemoryOfAnArray() {
        MapSpec spec = MapSpec.array("shared", 12, 3).withFlags(MapFlags.MMAPABLE);
        try (KernelMap map = KernelMap.create(sys, spec);
                MappedArray values = MappedArray.of(sys, map)) {
            assertThat(values.stride()).isEqualTo(16);
            values.set(1, 0, 5);
            assertThat(values.getAndAdd(1, 0, 6)).isEqualTo(5);
            assertThat(values.compareAndSet(1, 0, 11, 12)).isTrue();
            assertThat(values.compareAndSet(1, 0, 11, 13)).isFalse();
            assertThat(values.getAndSet(1, 0, 14)).isEqualTo(12);
            assertThat(MemorySegment.ofArray(map.lookup(u32(1)).orElseThrow()).get(JAVA_LONG_UNALIGNED, 0))
                    .isEqualTo(14);
            map.update(u32(2), new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            assertThat(values.get(2, 0)).isEqualTo(1);
            assertThat(values.value(2).get(JAVA_LONG, 0)).isEqualTo(1);
            assertThatThrownBy(() -> values.get(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        try (KernelMap map = KernelMap.create(sys, MapSpec.array("plain", 8, 1))) {
            assertThatThrownBy(() -> MappedArray.of(sys, map)).hasMessageContaining("cannot be mapped");
        }
    }

    @Test
    void exchangesInnerMaps() {
        MapSpec inner = MapSpec.perCpuHash("inner", 4, 8, 10);
        try (MapInMap maps = MapInMap.create(sys, MapSpec.arrayOfMaps("outer", 2, inner))) {
            KernelMap first = maps.createInner();
            assertThat(maps.isFilled(0)).isFalse();
            assertThat(maps.swap(0, first)).isEmpty();
            assertThat(maps.isFilled(0)).isTrue();
            assertThat(maps.isFilled(1)).isFalse();
            assertThat(maps.inner(0)).containsSame(first);
            assertThat(maps.inner(1)).isEmpty();
            KernelMap second = maps.createInner();
            Optional<KernelMap> old = maps.swap(0, second);
            assertThat(old).containsSame(first);
            old.orElseThrow().close();
            try (KernelMap misfit = KernelMap.create(sys, MapSpec.hash("misfit", 8, 8, 10))) {
                assertThatThrownBy(() -> maps.swap(0, misfit)).isInstanceOf(SystemCallException.class);
            }
            assertThat(maps.inner(0)).containsSame(second);
        }
    }
}
