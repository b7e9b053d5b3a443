package org.jstap.runtime.kernel;

import org.jstap.compiler.host.store.TextStore;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.ebpf.map.MappedArray;

/** A string in the control block; its lock is held by the handler that uses it. */
record CellText(MappedArray control, Field field) implements TextStore {
    @Override
    public String get() {
        return Segments.text(control.value(0), field.offset(), field.size());
    }

    @Override
    public void set(String value) {
        Segments.putText(control.value(0), field.offset(), field.size(), value);
    }

    @Override
    public void clear() {
        set("");
    }
}
