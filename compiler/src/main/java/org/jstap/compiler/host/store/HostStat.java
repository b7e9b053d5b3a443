package org.jstap.compiler.host.store;

import org.jstap.compiler.host.stat.StatValue;

/** A statistic in the JVM. */
public final class HostStat implements StatStore {
    private final StatValue value;

    /** @param empty an empty statistic, which the store takes over */
    public HostStat(StatValue empty) {
        value = empty;
    }

    @Override
    public StatValue get() {
        return value;
    }

    @Override
    public void add(long added) {
        value.add(added);
    }

    /** Adds what was collected elsewhere. */
    public void merge(StatValue other) {
        value.merge(other);
    }

    @Override
    public void clear() {
        value.clear();
    }
}
