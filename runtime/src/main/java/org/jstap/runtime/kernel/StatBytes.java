package org.jstap.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jstap.compiler.host.stat.Buckets;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Global;

/** Statistics in the form that kernel handlers give them, {@link StatLayout}. */
final class StatBytes {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private StatBytes() { }

    static StatValue read(Global global, StatLayout layout, MemorySegment bytes) {
        StatValue statistic = GlobalStorage.emptyStatistic(global);
        mergeInto(statistic, layout, bytes);
        return statistic;
    }

    /** Adds what was collected there, as by one CPU. */
    static void mergeInto(StatValue statistic, StatLayout layout, MemorySegment bytes) {
        long count = bytes.get(LONG, layout.count());
        if (count == 0) {
            return;
        }
        long[] buckets = new long[layout.bucketCount()];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = bytes.get(LONG, layout.buckets() + 8L * i);
        }
        statistic.merge(count, field(bytes, layout.sum()), field(bytes, layout.min()), field(bytes, layout.max()),
                field(bytes, layout.mean()), field(bytes, layout.squares()), buckets);
    }

    private static long field(MemorySegment bytes, int offset) {
        return offset < 0 ? 0 : bytes.get(LONG, offset);
    }

    /** Adds a value as a kernel handler does. */
    static void add(Global global, StatLayout layout, MemorySegment bytes, long value) {
        long before = bytes.get(LONG, layout.count());
        if (layout.min() >= 0 && (before == 0 || value < bytes.get(LONG, layout.min()))) {
            bytes.set(LONG, layout.min(), value);
        }
        if (layout.max() >= 0 && (before == 0 || value > bytes.get(LONG, layout.max()))) {
            bytes.set(LONG, layout.max(), value);
        }
        if (layout.sum() >= 0) {
            increase(bytes, layout.sum(), value);
        }
        if (layout.squares() >= 0) {
            long shifted = value << global.shape().bitShift();
            long delta = shifted - bytes.get(LONG, layout.mean());
            increase(bytes, layout.mean(), delta / (before + 1));
            increase(bytes, layout.squares(), delta * (shifted - bytes.get(LONG, layout.mean())));
        }
        if (layout.bucketCount() > 0) {
            int bucket = Buckets.of(global.shape().histogram().orElseThrow()).indexOf(value);
            increase(bytes, layout.buckets() + 8 * bucket, 1);
        }
        increase(bytes, layout.count(), 1);
    }

    private static void increase(MemorySegment bytes, int offset, long by) {
        bytes.set(LONG, offset, bytes.get(LONG, offset) + by);
    }
}
