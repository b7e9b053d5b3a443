package org.jstap.symbols;

import java.util.Arrays;

/**
 * Which symbols bear a name: a chained hash table over the names where they stand in the text. The hash stops at the
 * first dot, so that a function and what the compiler split off it ({@code f.cold}, {@code f.isra.0}) share a chain.
 */
final class NameTable {
    private final byte[] text;
    private final KallsymsParser table;
    private final int[] heads;
    private final int[] next;

    NameTable(byte[] text, KallsymsParser table) {
        this.text = text;
        this.table = table;
        this.heads = new int[Integer.highestOneBit(Math.max(table.count, 8)) * 2];
        this.next = new int[table.count];
        // From the last to the first, so that every chain is in ascending order. Links are index + 1; 0 ends a chain.
        for (int i = table.count - 1; i >= 0; i--) {
            int from = table.nameOffsets[i];
            int slot = hash(text, from, from + (table.nameLengths[i] & 0xffff)) & heads.length - 1;
            next[i] = heads[slot];
            heads[slot] = i + 1;
        }
    }

    int[] find(byte[] name, boolean withSuffixes) {
        int[] found = new int[4];
        int n = 0;
        int link = heads[hash(name, 0, name.length) & heads.length - 1];
        while (link != 0) {
            int i = link - 1;
            int from = table.nameOffsets[i];
            int length = table.nameLengths[i] & 0xffff;
            boolean fits = length == name.length
                    || withSuffixes && length > name.length && text[from + name.length] == '.';
            if (fits && Arrays.equals(text, from, from + name.length, name, 0, name.length)) {
                if (n == found.length) {
                    found = Arrays.copyOf(found, n * 2);
                }
                found[n++] = i;
            }
            link = next[i];
        }
        return Arrays.copyOf(found, n);
    }

    private static int hash(byte[] bytes, int from, int to) {
        int h = 0;
        for (int i = from; i < to && (bytes[i] != '.' || i == from); i++) {
            h = h * 31 + bytes[i];
        }
        return h ^ h >>> 15;
    }
}
