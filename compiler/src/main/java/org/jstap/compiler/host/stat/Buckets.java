package org.jstap.compiler.host.stat;

import java.util.Optional;
import org.jstap.compiler.program.HistogramShape;

/** How values fall into the buckets of a histogram. */
public sealed interface Buckets {
    /** How many there are. */
    int count();

    /** The bucket that a value belongs to. */
    int indexOf(long value);

    /** The value that stands for a bucket when it is drawn. */
    long valueOf(int index);

    /** The buckets of a shape. Only call it for shapes that {@link #problem} accepts. */
    static Buckets of(HistogramShape shape) {
        return switch (shape) {
            case HistogramShape.Log _ -> new Log();
            case HistogramShape.Linear linear -> new Linear(linear.low(), linear.width(), linearCount(linear));
        };
    }

    /** What SystemTap says when it cannot allocate a histogram of this shape. */
    static Optional<String> problem(HistogramShape shape) {
        if (!(shape instanceof HistogramShape.Linear linear)) {
            return Optional.empty();
        }
        if (linear.width() == 0) {
            return Optional.of("histogram: interval cannot be zero.");
        }
        int count = linearCount(linear);
        if (count < Linear.OTHERS || count > Linear.MOST) {
            return Optional.of("histogram: Number of buckets must be between 1 and " + (Linear.MOST - 2)
                    + "\nNumber_of_buckets = (stop - start) / interval."
                    + "\nPlease adjust your start, stop, and interval values.");
        }
        return Optional.empty();
    }

    private static int linearCount(HistogramShape.Linear shape) {
        long interior = (shape.high() - shape.low()) / shape.width();
        return (int) Math.clamp(interior, -Linear.MOST, Linear.MOST) + Linear.OTHERS;
    }

    /** By powers of two: bucket 64 holds 0, 65 holds 1, 66 holds 2 and 3; 63 holds -1, 62 holds -2 and -3. */
    record Log() implements Buckets {
        static final int ZERO = 64;
        private static final int COUNT = 128;

        @Override
        public int count() {
            return COUNT;
        }

        @Override
        public int indexOf(long value) {
            if (value == 0) {
                return ZERO;
            }
            if (value > 0) {
                return ZERO + Long.SIZE - Long.numberOfLeadingZeros(value);
            }
            return Math.max(0, ZERO - (Long.SIZE - Long.numberOfLeadingZeros(-value)));
        }

        @Override
        public long valueOf(int index) {
            if (index == ZERO) {
                return 0;
            }
            return index > ZERO ? 1L << (index - ZERO - 1) : -1L << (ZERO - 1 - index);
        }
    }

    /** Of one width, with a bucket for what is below and one for what is above. */
    record Linear(long low, long width, int count) implements Buckets {
        /** Below, above, and the one that starts at the last step. */
        static final int OTHERS = 3;
        static final int MOST = 128;

        @Override
        public int indexOf(long value) {
            long above = value - low;
            if (above < 0) {
                return 0;
            }
            return (int) Math.min(above / width + 1, count - 1);
        }

        @Override
        public long valueOf(int index) {
            if (index == 0) {
                return low;
            }
            int last = count - 2;
            return low + (Math.min(index, last) - 1) * width;
        }
    }
}
