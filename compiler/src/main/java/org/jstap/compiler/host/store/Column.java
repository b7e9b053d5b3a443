package org.jstap.compiler.host.store;

import java.util.Arrays;
import java.util.Optional;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.program.StatKind;

/** One key column, or the values, of all elements, by slot. */
abstract sealed class Column {
    abstract void room(int capacity);

    /** Forgets what a removed element held. */
    abstract void release(int slot);

    /** Order of two elements by this column; statistics by an extractor, by their count where none is given. */
    abstract int compare(int left, int right, Optional<StatKind> extractor);

    static final class Numbers extends Column {
        private long[] values = new long[0];

        long get(int slot) {
            return values[slot];
        }

        void set(int slot, long value) {
            values[slot] = value;
        }

        @Override
        void room(int capacity) {
            values = Arrays.copyOf(values, capacity);
        }

        @Override
        void release(int slot) { }

        @Override
        int compare(int left, int right, Optional<StatKind> extractor) {
            return Long.compare(values[left], values[right]);
        }
    }

    static final class Texts extends Column {
        private String[] values = new String[0];

        String get(int slot) {
            return values[slot];
        }

        void set(int slot, String value) {
            values[slot] = value;
        }

        @Override
        void room(int capacity) {
            values = Arrays.copyOf(values, capacity);
        }

        @Override
        void release(int slot) {
            values[slot] = null;
        }

        @Override
        int compare(int left, int right, Optional<StatKind> extractor) {
            return values[left].compareTo(values[right]);
        }
    }

    static final class Statistics extends Column {
        private StatValue[] values = new StatValue[0];

        StatValue get(int slot) {
            return values[slot];
        }

        void set(int slot, StatValue value) {
            values[slot] = value;
        }

        @Override
        void room(int capacity) {
            values = Arrays.copyOf(values, capacity);
        }

        @Override
        void release(int slot) {
            values[slot] = null;
        }

        @Override
        int compare(int left, int right, Optional<StatKind> extractor) {
            StatKind kind = extractor.orElse(StatKind.COUNT);
            return Long.compare(extract(values[left], kind), extract(values[right], kind));
        }

        private static long extract(StatValue value, StatKind kind) {
            return switch (kind) {
                case COUNT -> value.count();
                case SUM -> value.sum();
                case MIN -> value.min();
                case MAX -> value.max();
                case AVG -> value.average();
                case VARIANCE -> value.variance();
            };
        }
    }
}
