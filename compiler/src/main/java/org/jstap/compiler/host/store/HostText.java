package org.jstap.compiler.host.store;

/** A string in the JVM. */
public final class HostText implements TextStore {
    private String value;

    public HostText(String initial) {
        value = initial;
    }

    @Override
    public String get() {
        return value;
    }

    @Override
    public void set(String newValue) {
        value = newValue;
    }

    @Override
    public void clear() {
        value = "";
    }
}
