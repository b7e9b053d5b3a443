package org.jstap.ebpf.map;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.MapType;
import org.jstap.ebpf.sys.SystemCalls;

/// An array whose slots hold maps, for exchanging a whole map under running programs without losing an event.
///
/// Programs look the slot up each time they run. Exchanging a slot's map waits for an RCU grace period before it returns (kernel:
/// maybe_wait_bpf_programs in kernel/bpf/syscall.c), so that afterwards no program that cannot sleep still uses the old one: it can be read at
/// leisure. Not for programs that may sleep.
public final class MapInMap implements AutoCloseable {

    private final SystemCalls sys;
    private final KernelMap outer;
    private final KernelMap[] slots;
    /// The map that the kernel took the properties of inner maps from, until it is given away as the first of them: making one
    /// only for that would cost as much again.
    private Optional<KernelMap> prototype;

    private MapInMap(SystemCalls sys, KernelMap outer, KernelMap prototype) {
        this.sys = sys;
        this.outer = outer;
        this.slots = new KernelMap[outer.spec().maxEntries()];
        this.prototype = Optional.of(prototype);
    }

    /// Creates the outer map, all slots empty.
    ///
    /// @param spec a map of the type ARRAY_OF_MAPS
    public static MapInMap create(SystemCalls sys, MapSpec spec) {
        if (spec.type() != MapType.ARRAY_OF_MAPS) {
            throw new IllegalArgumentException("the map '" + spec.name() + "' is no array of maps");
        }
        KernelMap prototype = KernelMap.create(sys, spec.inner().orElseThrow());
        try {
            return new MapInMap(sys, KernelMap.create(sys, spec, prototype), prototype);
        } catch (RuntimeException e) {
            prototype.close();
            throw e;
        }
    }

    /// The outer map, which programs refer to. It stays this object's.
    public KernelMap outer() {
        return outer;
    }

    /// Creates an empty map that fits into the slots. It is the caller's until it is put into one.
    public synchronized KernelMap createInner() {
        if (prototype.isPresent()) {
            KernelMap first = prototype.get();
            prototype = Optional.empty();
            return first;
        }
        return KernelMap.create(sys, outer.spec().inner().orElseThrow());
    }

    /// The map that is in a slot; it stays this object's.
    public synchronized Optional<KernelMap> inner(int slot) {
        return Optional.ofNullable(slots[slot]);
    }

    /// Puts a map into a slot and waits until no program uses the one that was there.
    ///
    /// @param newInner this object's from now on
    /// @return the map that was there, the caller's from now on; empty if there was none
    /// @throws org.jstap.ebpf.sys.SystemCallException if the kernel refuses; nothing has changed then
    public synchronized Optional<KernelMap> swap(int slot, KernelMap newInner) {
        KernelMap old = slots[slot];
        outer.update(bytes(slot), bytes(newInner.fd()));
        slots[slot] = newInner;
        return Optional.ofNullable(old);
    }

    /// Whether programs find a map in a slot. They do so a grace period before [#swap] returns.
    public boolean isFilled(int slot) {
        return outer.lookup(bytes(slot)).isPresent();
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    /// Closes the outer map and those in its slots.
    @Override
    public synchronized void close() {
        outer.close();
        if (prototype.isPresent()) {
            prototype.get().close();
        }
        for (KernelMap map : slots) {
            if (map != null) {
                map.close();
            }
        }
    }
}
