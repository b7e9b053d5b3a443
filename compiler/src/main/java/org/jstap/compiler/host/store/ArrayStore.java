package org.jstap.compiler.host.store;

import java.util.Optional;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.program.Stmt.Sort;

/**
 * An array. Methods for numbers, strings and statistics are for arrays of that type only. A key is only looked at during the call:
 * the caller may use it again.
 */
public interface ArrayStore extends GlobalStore {
    int size();

    boolean contains(Key key);

    boolean containsMatch(KeyPattern pattern);

    /** The number of an element, 0 where there is none. */
    long number(Key key);

    /** The string of an element, "" where there is none. */
    String text(Key key);

    /** The statistic of an element, an empty one where there is none. The caller does not change it. */
    StatValue statistic(Key key);

    /** False where the array is full. */
    boolean setNumber(Key key, long value);

    /** False where the array is full. */
    boolean setText(Key key, String value);

    /** False where the array is full. */
    boolean addNumber(Key key, long delta);

    /** False where the array is full. */
    boolean addStatistic(Key key, long value);

    void delete(Key key);

    void deleteMatch(KeyPattern pattern);

    /**
     * The elements in order: of insertion, or sorted, which puts the array itself into that order.
     *
     * @param limit how many elements the loop wants at most; {@link Long#MAX_VALUE} for all. Only decides how much is sorted.
     */
    Cursor cursor(Optional<Sort> sort, long limit);

    /** What the error for a full array says. */
    String overflowText();
}
