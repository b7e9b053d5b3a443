package org.jstap.compiler.host.store;

/** A scalar number. */
public interface NumberStore extends GlobalStore {
    long get();

    void set(long value);

    /** Adds to it as one step, as other CPUs may do meanwhile. */
    void add(long delta);
}
