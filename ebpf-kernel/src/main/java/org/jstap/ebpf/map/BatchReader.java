package org.jstap.ebpf.map;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.MapBatchAttr;

/// Reads whole maps: by BPF_MAP_LOOKUP_BATCH and its deleting sister, or key by key where the kernel or the kind of map has no
/// batches.
final class BatchReader {

    private static final int FIRST_BATCH_BYTES = 256 * 1024;
    private static final int FEWEST = 64;

    private final SystemCalls sys;
    private final KernelMap map;
    private final int keyBytes;
    private final int valueBytes;

    BatchReader(SystemCalls sys, KernelMap map) {
        this.sys = sys;
        this.map = map;
        this.keyBytes = map.keyBytes();
        this.valueBytes = map.valueBytes();
    }

    int read(ElementConsumer taker, boolean delete) {
        int most = Math.max(1, map.spec().maxEntries());
        int capacity = Math.min(most, Math.max(FEWEST, FIRST_BATCH_BYTES / Math.max(1, keyBytes + valueBytes)));
        int total = 0;
        // The kernel's place marker: a bucket number for hashes, a key for arrays.
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocate(Math.max(8, keyBytes), 8);
            MemorySegment to = arena.allocate(Math.max(8, keyBytes), 8);
            boolean started = false;
            while (true) {
                try (Arena local = Arena.ofConfined()) {
                    MemorySegment keys = local.allocate((long) capacity * keyBytes, 8);
                    MemorySegment values = local.allocate((long) capacity * valueBytes, 8);
                    boolean grow = false;
                    while (!grow) {
                        MapBatchAttr attr = delete ? MapBatchAttr.lookupAndDelete(local) : MapBatchAttr.lookup(local);
                        attr.mapFd(map.fd()).keys(keys).values(values).count(capacity).outBatch(to);
                        long result = (started ? attr.inBatch(from) : attr).call(sys);
                        if (unsupported(result) && !started) {
                            return readOneByOne(taker, delete);
                        }
                        // A bucket that does not fit: nothing of it was read, and more room is needed.
                        grow = result == -Errno.ENOSPC;
                        if (!grow && result != -Errno.ENOENT) {
                            SystemCallException.check("reading the map '" + map.spec().name() + "'", result);
                        }
                        int count = attr.count();
                        for (int i = 0; i < count; i++) {
                            taker.accept(
                                    keys.asSlice((long) i * keyBytes, keyBytes),
                                    values.asSlice((long) i * valueBytes, valueBytes));
                        }
                        total += count;
                        if (result == -Errno.ENOENT) {
                            return total;
                        }
                        if (!grow || count > 0) {
                            from.copyFrom(to);
                            started = true;
                        }
                    }
                    capacity *= 2;
                }
            }
        }
    }

    private static boolean unsupported(long result) {
        return result == -Errno.EINVAL || result == -Errno.ENOTSUPP || result == -Errno.EOPNOTSUPP;
    }

    // The keys come first: a hash starts over when the current key is gone, so deleting on the way would never end under load.
    private int readOneByOne(ElementConsumer taker, boolean delete) {
        List<byte[]> keys = new ArrayList<>();
        Optional<byte[]> next = map.firstKey();
        while (next.isPresent() && keys.size() < map.spec().maxEntries()) {
            keys.add(next.get());
            next = map.nextKey(next.get());
        }
        int total = 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(Math.max(1, keyBytes), 8);
            MemorySegment value = arena.allocate(Math.max(1, valueBytes), 8);
            for (byte[] bytes : keys) {
                MemorySegment.copy(MemorySegment.ofArray(bytes), 0, key, 0, keyBytes);
                if (map.lookup(key, value)) {
                    if (delete) {
                        map.delete(key);
                    }
                    taker.accept(key.asSlice(0, keyBytes), value.asSlice(0, valueBytes));
                    total++;
                }
            }
        }
        return total;
    }
}
