package org.jstap.compiler.host.store;

import org.jstap.compiler.host.stat.StatValue;

/** A walk over an array. Elements that are added behind its place while it runs are met too. */
public interface Cursor {
    /** Goes to the first or following element; false at the end. */
    boolean next();

    long keyNumber(int column);

    String keyText(int column);

    long number();

    String text();

    /** The caller does not change it. */
    StatValue statistic();
}
