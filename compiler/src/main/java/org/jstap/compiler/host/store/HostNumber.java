package org.jstap.compiler.host.store;

/** A number in the JVM. */
public final class HostNumber implements NumberStore {
    private long value;

    public HostNumber(long initial) {
        value = initial;
    }

    @Override
    public long get() {
        return value;
    }

    @Override
    public void set(long newValue) {
        value = newValue;
    }

    @Override
    public void add(long delta) {
        value += delta;
    }

    @Override
    public void clear() {
        value = 0;
    }
}
