package org.jstap.runtime.kernel;

import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.store.StatStore;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Global;
import org.jstap.ebpf.map.MappedArray;

/** A statistic in the control block; whoever uses it has its lock. */
record CellStat(MappedArray control, Field field, Global global, StatLayout layout) implements StatStore {
    @Override
    public StatValue get() {
        return StatBytes.read(global, layout, control.value(0).asSlice(field.offset(), field.size()));
    }

    @Override
    public void add(long value) {
        StatBytes.add(global, layout, control.value(0).asSlice(field.offset(), field.size()), value);
    }

    @Override
    public void clear() {
        control.value(0).asSlice(field.offset(), field.size()).fill((byte) 0);
    }
}
