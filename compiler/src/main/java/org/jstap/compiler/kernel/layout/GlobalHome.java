package org.jstap.compiler.kernel.layout;

import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.ebpf.spec.MapSpec;

/** Where a global lives. */
public sealed interface GlobalHome {
    /** No kernel handler uses it: a value of the JVM. */
    record Host() implements GlobalHome { }

    /**
     * A scalar in the control block.
     *
     * @param field its place there
     * @param lock  the lock that guards it, absent where all changes commute
     */
    record Cell(Field field, OptionalInt lock) implements GlobalHome { }

    /**
     * An array in a hash map of its own.
     *
     * @param map   keys by {@code key}; values hold {@code value} and, where the order of insertion matters, {@code stamp}
     * @param stamp  number in the order of elements; no two of an array have the same
     * @param walked whether programs go through the elements by their numbers
     */
    record Table(MapSpec map, KeyLayout key, Field value, Optional<Field> stamp, boolean walked, OptionalInt lock) implements GlobalHome { }

    /**
     * A global to which kernel handlers only add. They add to a bank, which the host swaps for an empty one and takes over into its
     * own value, so that reading and clearing lose nothing.
     *
     * @param slot  array of maps whose element 0 is the bank in use
     * @param bank  prototype of a bank: a per-CPU hash, or a per-CPU array of one element where there is no key
     * @param key   layout of the key, empty for a scalar
     * @param stat  layout of a statistic; absent: a number at offset 0
     * @param stamp time of insertion in nanoseconds of the monotonic clock, where the order matters
     */
    record Bank(MapSpec slot, MapSpec bank, KeyLayout key, Optional<StatLayout> stat, Optional<Field> stamp) implements GlobalHome { }
}
