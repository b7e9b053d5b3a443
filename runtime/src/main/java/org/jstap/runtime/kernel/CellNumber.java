package org.jstap.runtime.kernel;

import org.jstap.compiler.host.store.NumberStore;
import org.jstap.ebpf.map.MappedArray;

/** A number in the control block. */
record CellNumber(MappedArray control, int offset) implements NumberStore {
    @Override
    public long get() {
        return control.get(0, offset);
    }

    @Override
    public void set(long value) {
        control.set(0, offset, value);
    }

    @Override
    public void add(long delta) {
        control.getAndAdd(0, offset, delta);
    }

    @Override
    public void clear() {
        set(0);
    }
}
