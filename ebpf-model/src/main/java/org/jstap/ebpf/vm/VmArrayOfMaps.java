package org.jstap.ebpf.vm;

import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapSpec;

/** An array of maps. Every slot has a map from the start, made like the prototype; the host may put in another. */
public final class VmArrayOfMaps extends VmMap {
    private final VmMap[] slots;

    VmArrayOfMaps(MapSpec spec, Memory memory, List<VmMap> maps) {
        super(spec, memory);
        this.slots = maps.toArray(VmMap[]::new);
    }

    /** The map in a slot. */
    public VmMap slot(int index) {
        return slots[index];
    }

    /** Puts another map into a slot and gives the one that was there. */
    public VmMap exchange(int index, VmMap map) {
        VmMap old = slots[index];
        slots[index] = map;
        return old;
    }

    @Override
    long address(byte[] key) {
        int index = index(checkedKey(key));
        return index < 0 || index >= slots.length ? 0 : slots[index].handle();
    }

    @Override
    long put(byte[] key, byte[] value, long flags) {
        return Errno.EINVAL;
    }

    @Override
    long remove(byte[] key) {
        return Errno.EINVAL;
    }

    /** Always empty: the values are maps, see {@link #slot}. */
    @Override
    public Optional<byte[]> lookup(byte[] key) {
        return Optional.empty();
    }

    /** Always empty: the values are maps, see {@link #slot}. */
    @Override
    public List<MapEntry> entries() {
        return List.of();
    }
}
