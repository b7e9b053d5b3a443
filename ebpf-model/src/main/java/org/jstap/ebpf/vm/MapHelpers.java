package org.jstap.ebpf.vm;

import java.util.Map;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapFlags;

/** Helpers for maps, ring buffers, and callbacks over them. */
final class MapHelpers {
    private static final long MOST_LOOPS = 1 << 23;

    private MapHelpers() {
    }

    static void addTo(Map<Helper, HelperFunction> table) {
        table.put(Helper.MAP_LOOKUP_ELEM, MapHelpers::lookup);
        table.put(Helper.MAP_LOOKUP_PERCPU_ELEM, call -> call.argument(3) == call.vm().environment().cpu() ? lookup(call) : 0);
        table.put(Helper.MAP_UPDATE_ELEM, MapHelpers::update);
        table.put(Helper.MAP_DELETE_ELEM, MapHelpers::delete);
        table.put(Helper.FOR_EACH_MAP_ELEM, MapHelpers::forEach);
        table.put(Helper.LOOP, MapHelpers::loop);
        table.put(Helper.RINGBUF_RESERVE, call -> ringBuffer(call).reserve(call.size(2)));
        table.put(Helper.RINGBUF_SUBMIT, call -> finish(call, true));
        table.put(Helper.RINGBUF_DISCARD, call -> finish(call, false));
        table.put(Helper.RINGBUF_OUTPUT, MapHelpers::output);
        table.put(Helper.RINGBUF_QUERY, MapHelpers::query);
    }

    private static byte[] key(HelperCall call, VmMap map) {
        return call.vm().memory().read(call.argument(2), map.spec().keySize());
    }

    private static long lookup(HelperCall call) {
        VmMap map = call.vm().mapOf(call.argument(1));
        return map.address(key(call, map));
    }

    private static boolean isReadOnly(VmMap map) {
        return (map.spec().flags() & MapFlags.RDONLY_PROG) != 0;
    }

    private static long update(HelperCall call) {
        VmMap map = call.vm().mapOf(call.argument(1));
        byte[] value = call.vm().memory().read(call.argument(3), map.spec().valueSize());
        return isReadOnly(map) ? Errno.EPERM : map.put(key(call, map), value, call.argument(4));
    }

    private static long delete(HelperCall call) {
        VmMap map = call.vm().mapOf(call.argument(1));
        return isReadOnly(map) ? Errno.EPERM : map.remove(key(call, map));
    }

    private static long forEach(HelperCall call) {
        VmMap map = call.vm().mapOf(call.argument(1));
        long visited = 0;
        for (MapEntry entry : map.entries()) {
            long value = map.address(entry.key());
            if (value != 0) {
                Region key = call.vm().memory().add("key of " + map.spec().name(), entry.key(), Region.Access.READ_ONLY);
                visited++;
                long stop = call.callBack(call.argument(2), map.handle(), key.address(), value, call.argument(3));
                call.vm().memory().releaseLater(key);
                if (stop != 0) {
                    break;
                }
            }
        }
        return visited;
    }

    private static long loop(HelperCall call) {
        long count = call.argument(1) & 0xffffffffL;
        if (call.argument(4) != 0) {
            return Errno.EINVAL;
        }
        if (count > MOST_LOOPS) {
            return Errno.E2BIG;
        }
        for (long i = 0; i < count; i++) {
            if (call.callBack(call.argument(2), i, call.argument(3)) != 0) {
                return i + 1;
            }
        }
        return count;
    }

    private static VmRingBuffer ringBuffer(HelperCall call) {
        if (call.vm().mapOf(call.argument(1)) instanceof VmRingBuffer buffer) {
            return buffer;
        }
        throw new VmException("the map of this call is no ring buffer");
    }

    private static long finish(HelperCall call, boolean submit) {
        call.vm().ringBufferOf(call.argument(1)).finish(call.argument(1), submit);
        return 0;
    }

    private static long output(HelperCall call) {
        byte[] record = call.vm().memory().read(call.argument(2), call.size(3));
        VmRingBuffer buffer = ringBuffer(call);
        long address = buffer.reserve(record.length);
        if (address == 0) {
            return -11;
        }
        call.vm().memory().write(address, record);
        buffer.finish(address, true);
        return 0;
    }

    /** BPF_RB_AVAIL_DATA 0, BPF_RB_RING_SIZE 1, BPF_RB_CONS_POS 2, BPF_RB_PROD_POS 3. */
    private static long query(HelperCall call) {
        VmRingBuffer buffer = ringBuffer(call);
        return switch ((int) call.argument(2)) {
            case 0, 3 -> buffer.usedBytes();
            case 1 -> buffer.spec().maxEntries();
            default -> 0;
        };
    }
}
