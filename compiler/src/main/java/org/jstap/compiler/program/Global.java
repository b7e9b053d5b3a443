package org.jstap.compiler.program;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.language.source.Span;

/**
 * A global variable: a scalar (no keys), an array, a statistic or an array of statistics.
 *
 * @param id        position in {@link Program#globals()}
 * @param name      name as messages and the display at exit show it
 * @param keys      types of the index, empty for a scalar; at most 9
 * @param value     type of the value or element
 * @param size      number of elements given by the script ({@code a[100]}); absent: MAXMAPENTRIES
 * @param wrap      whether the oldest element gives way when the array is full ({@code a%})
 * @param initial   initial value of a scalar
 * @param shape     what a statistic has to remember
 * @param read      whether some handler reads it; what is only written is displayed at exit
 * @param written   whether some handler writes it
 * @param library   whether the tapset declares it
 * @param perThread whether its first key is the running thread, so that handlers never meet in an element
 */
public record Global(int id, String name, List<Type> keys, Type value, OptionalInt size, boolean wrap,
                     Optional<Constant> initial, StatShape shape, boolean read, boolean written, boolean library, boolean perThread,
                     Span span) {
    public Global {
        keys = List.copyOf(keys);
    }

    public boolean isArray() {
        return !keys.isEmpty();
    }

    public boolean isStatistic() {
        return value == Type.STATS;
    }
}
