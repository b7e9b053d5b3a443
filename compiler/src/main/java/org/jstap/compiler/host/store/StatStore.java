package org.jstap.compiler.host.store;

import org.jstap.compiler.host.stat.StatValue;

/** A statistic that is no array. */
public interface StatStore extends GlobalStore {
    /** What was collected so far. The caller does not change it. */
    StatValue get();

    void add(long value);
}
