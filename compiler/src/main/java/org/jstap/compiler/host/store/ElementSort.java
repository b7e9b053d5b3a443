package org.jstap.compiler.host.store;

import java.util.Optional;
import org.jstap.compiler.program.StatKind;

/** Sorts the elements of an array, stably, all of them or only the front. */
final class ElementSort {
    private final ElementTable table;
    private final Column column;
    private final Optional<StatKind> extractor;
    private final boolean descending;

    ElementSort(ElementTable table, Column column, Optional<StatKind> extractor, boolean descending) {
        this.table = table;
        this.column = column;
        this.extractor = extractor;
        this.descending = descending;
    }

    /** Whether the left element has to stand before the right one. */
    private boolean before(int left, int right) {
        int order = column.compare(left, right, extractor);
        return descending ? order > 0 : order < 0;
    }

    void all() {
        int[] from = table.order();
        int[] to = new int[from.length];
        for (int width = 1; width > 0 && width < from.length; width *= 2) {
            for (int start = 0; start < from.length; start += 2 * width) {
                int middle = Math.min(start + width, from.length);
                merge(from, to, start, middle, Math.min(middle + width, from.length));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        table.reorder(from);
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeRight = left == middle || right < end && before(from[right], from[left]);
            to[i] = takeRight ? from[right++] : from[left++];
        }
    }

    /**
     * Sorts the first {@code n} only: going through the list, an element that belongs before the n-th of those seen moves to its
     * place among them, the others stay.
     */
    void front(int n) {
        int[] best = new int[n];
        int known = 0;
        int following;
        for (int slot = table.head(); slot != ElementTable.NONE; slot = following) {
            following = table.next(slot);
            if (known == n && !before(slot, best[n - 1])) {
                continue;
            }
            int place = known == n ? n - 1 : known++;
            while (place > 0 && before(slot, best[place - 1])) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = slot;
            table.moveAfter(slot, place == 0 ? ElementTable.NONE : best[place - 1]);
        }
    }
}
