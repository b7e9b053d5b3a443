package org.jstap.ebpf.vm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapSpec;

/** An array: all values in one region, each on a boundary of 8 bytes. */
final class VmArray extends VmMap {
    private final Region values;
    private final int stride;

    VmArray(MapSpec spec, Memory memory) {
        super(spec, memory);
        this.stride = spec.valueSize() + 7 & ~7;
        long size = (long) stride * spec.maxEntries();
        if (size > Memory.LARGEST_REGION) {
            throw new VmException("the array '" + spec.name() + "' takes " + size + " bytes, more than the interpreter gives");
        }
        this.values = memory.add("array " + spec.name(), new byte[(int) size], valueAccess());
    }

    @Override
    long address(byte[] key) {
        int index = index(checkedKey(key));
        return index < 0 || index >= spec().maxEntries() ? 0 : values.address() + (long) index * stride;
    }

    @Override
    long put(byte[] key, byte[] value, long flags) {
        int index = index(checkedKey(key));
        checkedValue(value);
        if (index < 0 || index >= spec().maxEntries()) {
            return Errno.E2BIG;
        }
        if (flags == NOEXIST) {
            return Errno.EEXIST;
        }
        System.arraycopy(value, 0, values.bytes(), index * stride, value.length);
        return 0;
    }

    @Override
    long remove(byte[] key) {
        checkedKey(key);
        return Errno.EINVAL;
    }

    @Override
    public Optional<byte[]> lookup(byte[] key) {
        int index = index(checkedKey(key));
        return index < 0 || index >= spec().maxEntries() ? Optional.empty() : Optional.of(value(index));
    }

    private byte[] value(int index) {
        return Arrays.copyOfRange(values.bytes(), index * stride, index * stride + spec().valueSize());
    }

    @Override
    public List<MapEntry> entries() {
        List<MapEntry> result = new ArrayList<>(spec().maxEntries());
        for (int index = 0; index < spec().maxEntries(); index++) {
            byte[] key = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(index).array();
            result.add(new MapEntry(key, value(index)));
        }
        return List.copyOf(result);
    }
}
