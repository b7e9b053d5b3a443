package org.jstap.ebpf.vm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.ebpf.spec.MapEntry;
import org.jstap.ebpf.spec.MapSpec;

/** A ring buffer. Records come out in the order of reservation once those before them are submitted or discarded. */
public final class VmRingBuffer extends VmMap {
    private static final int HEADER = 8;

    private enum State {
        OPEN, SUBMITTED, DISCARDED
    }

    private static final class Slot {
        private final Region region;
        private State state = State.OPEN;

        Slot(Region region) {
            this.region = region;
        }
    }

    private final Memory memory;
    private final Map<Long, Slot> slots = new LinkedHashMap<>();
    private int used;

    VmRingBuffer(MapSpec spec, Memory memory) {
        super(spec, memory);
        this.memory = memory;
    }

    /** Room for a record; 0 if there is none. */
    long reserve(int size) {
        int needed = spaceOf(size);
        if (used + needed > spec().maxEntries()) {
            return 0;
        }
        used += needed;
        Region region = memory.add("record of " + spec().name(), new byte[size], Region.Access.PROGRAM);
        slots.put(region.address(), new Slot(region));
        return region.address();
    }

    private static int spaceOf(int size) {
        return (size + 7 & ~7) + HEADER;
    }

    void finish(long address, boolean submit) {
        Slot slot = slots.get(address);
        if (slot == null || slot.state != State.OPEN) {
            throw new VmException("no open record of '" + spec().name() + "' is at 0x" + Long.toHexString(address));
        }
        slot.state = submit ? State.SUBMITTED : State.DISCARDED;
    }

    boolean owns(long address) {
        return slots.containsKey(address);
    }

    int usedBytes() {
        return used;
    }

    /** How many records are reserved but neither submitted nor discarded. */
    public int openRecords() {
        int open = 0;
        for (Slot slot : slots.values()) {
            open += slot.state == State.OPEN ? 1 : 0;
        }
        return open;
    }

    /** Takes out the records that are ready, which makes room. */
    public List<byte[]> drain() {
        List<byte[]> records = new ArrayList<>();
        var iterator = slots.values().iterator();
        while (iterator.hasNext()) {
            Slot slot = iterator.next();
            if (slot.state == State.OPEN) {
                break;
            }
            if (slot.state == State.SUBMITTED) {
                records.add(slot.region.bytes().clone());
            }
            used -= spaceOf(slot.region.size());
            memory.releaseLater(slot.region);
            iterator.remove();
        }
        return records;
    }

    @Override
    long address(byte[] key) {
        return 0;
    }

    @Override
    long put(byte[] key, byte[] value, long flags) {
        return Errno.EINVAL;
    }

    @Override
    long remove(byte[] key) {
        return Errno.EINVAL;
    }

    /** Always empty: a ring buffer has no keys. */
    @Override
    public Optional<byte[]> lookup(byte[] key) {
        return Optional.empty();
    }

    /** Always empty: see {@link #drain}. */
    @Override
    public List<MapEntry> entries() {
        return List.of();
    }
}
