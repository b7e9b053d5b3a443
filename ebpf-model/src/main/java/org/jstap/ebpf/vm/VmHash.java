package org.jstap.ebpf.vm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.MapType;

/** A hash, with or without the habit of dropping its oldest element when full. */
final class VmHash extends VmMap {
    private final Memory memory;
    private final Map<ByteBuffer, Region> elements = new LinkedHashMap<>();

    VmHash(MapSpec spec, Memory memory) {
        super(spec, memory);
        this.memory = memory;
    }

    @Override
    long address(byte[] key) {
        Region value = elements.get(ByteBuffer.wrap(checkedKey(key)));
        return value == null ? 0 : value.address();
    }

    @Override
    long put(byte[] key, byte[] value, long flags) {
        ByteBuffer wrapped = ByteBuffer.wrap(checkedKey(key).clone());
        checkedValue(value);
        Region old = elements.get(wrapped);
        if (old == null ? flags == EXIST : flags == NOEXIST) {
            return old == null ? Errno.ENOENT : Errno.EEXIST;
        }
        if (old == null && elements.size() >= spec().maxEntries()) {
            if (spec().type() != MapType.LRU_HASH && spec().type() != MapType.LRU_PERCPU_HASH) {
                return Errno.E2BIG;
            }
            ByteBuffer oldest = elements.keySet().iterator().next();
            memory.releaseLater(elements.remove(oldest));
        }
        if (old != null) {
            memory.releaseLater(old);
        }
        elements.put(wrapped, memory.add("value of " + spec().name(), value.clone(), valueAccess()));
        return 0;
    }

    @Override
    long remove(byte[] key) {
        Region value = elements.remove(ByteBuffer.wrap(checkedKey(key)));
        if (value == null) {
            return Errno.ENOENT;
        }
        memory.releaseLater(value);
        return 0;
    }

    @Override
    public Optional<byte[]> lookup(byte[] key) {
        Region value = elements.get(ByteBuffer.wrap(checkedKey(key)));
        return value == null ? Optional.empty() : Optional.of(value.bytes().clone());
    }

    @Override
    public List<MapEntry> entries() {
        List<MapEntry> result = new ArrayList<>(elements.size());
        for (Map.Entry<ByteBuffer, Region> element : elements.entrySet()) {
            result.add(new MapEntry(element.getKey().array(), element.getValue().bytes()));
        }
        return List.copyOf(result);
    }
}
