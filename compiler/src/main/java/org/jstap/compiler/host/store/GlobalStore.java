package org.jstap.compiler.host.store;

/** One global variable: a {@link NumberStore}, {@link TextStore}, {@link StatStore} or {@link ArrayStore}. */
public interface GlobalStore {
    /** Empties an array or statistic; sets a scalar to 0 or "". */
    void clear();
}
