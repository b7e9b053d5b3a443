package org.jstap.compiler.host.text;

import org.jstap.compiler.host.stat.Buckets;
import org.jstap.compiler.host.stat.StatValue;

/** Draws a histogram as SystemTap does. */
public final class HistogramPrinter {
    private static final int BAR = 50;
    private static final int MARGIN = 2;
    private static final int LEAST_WIDTH = 5;
    private static final int LOG_ZERO = 64;

    private final StatValue value;
    private final Buckets buckets;
    private final int elision;
    private int low;
    private int high;
    private long largest;

    private HistogramPrinter(StatValue value, Buckets buckets, int elision) {
        this.value = value;
        this.buckets = buckets;
        this.elision = elision;
    }

    /**
     * Draws the histogram of a statistic that is not empty and keeps buckets.
     *
     * @param elision empty buckets kept next to a bar, negative to draw all
     */
    public static void print(StatValue value, int elision, TextBuffer out) {
        HistogramPrinter printer = new HistogramPrinter(value, value.buckets().orElseThrow(), elision);
        printer.findRange();
        printer.draw(out);
    }

    private void findRange() {
        int last = buckets.count() - 1;
        low = -1;
        for (int i = 0; i <= last; i++) {
            long n = value.bucket(i);
            if (n != 0) {
                low = low < 0 ? i : low;
                high = i;
                largest = Math.max(largest, n);
            }
        }
        low = Math.max(low, 0);
        boolean log = buckets instanceof Buckets.Log;
        for (int i = 0; i < MARGIN; i++) {
            if (log ? low > 0 && low != LOG_ZERO : low > 1) {
                low--;
            }
            if (log ? high < last : high < last - 1) {
                high++;
            }
        }
    }

    private void draw(TextBuffer out) {
        int width = LEAST_WIDTH;
        int countWidth = 1;
        for (int i = low; i <= high; i++) {
            width = Math.max(width, label(i).length());
            countWidth = Math.max(countWidth, Long.toString(value.bucket(i)).length());
        }
        right(out, "value", width);
        out.append(" |");
        out.fill('-', BAR);
        out.append(" count\n");
        boolean eliding = false;
        for (int i = low; i <= high; i++) {
            if (elision >= 0 && amongEmpty(i)) {
                eliding = true;
                continue;
            }
            if (eliding) {
                eliding = false;
                out.fill(' ', width);
                out.append(" ~\n");
            }
            long count = value.bucket(i);
            long bar = largest > BAR ? barOf(count) : count;
            right(out, label(i), width);
            out.append(" |");
            out.fill('@', bar);
            out.fill(' ', BAR - bar + 1);
            right(out, Long.toString(count), countWidth);
            out.append('\n');
        }
        out.append('\n');
    }

    /** Each mark stands for the same whole number of values, as few as leave room for the largest count. */
    private long barOf(long count) {
        return count / (largest / BAR + (largest % BAR == 0 ? 0 : 1));
    }

    private boolean amongEmpty(int index) {
        int from = Math.max(0, index - elision);
        int to = (int) Math.min(buckets.count() - 1L, (long) index + elision);
        for (int i = from; i <= to; i++) {
            if (value.bucket(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private String label(int index) {
        String number = Long.toString(buckets.valueOf(index));
        if (buckets instanceof Buckets.Linear linear) {
            if (index == 0) {
                return "<" + number;
            }
            if (index == linear.count() - 1) {
                return ">" + number;
            }
        }
        return number;
    }

    private static void right(TextBuffer out, String text, int width) {
        out.fill(' ', width - text.length());
        out.append(text);
    }
}
