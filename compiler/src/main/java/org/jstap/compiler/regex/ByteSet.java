package org.jstap.compiler.regex;

/** A set of byte values. */
final class ByteSet {
    private final long[] words = new long[4];

    static ByteSet all() {
        ByteSet set = new ByteSet();
        set.addRange(0, 255);
        return set;
    }

    static ByteSet of(int value) {
        ByteSet set = new ByteSet();
        set.add(value);
        return set;
    }

    void add(int value) {
        words[value >> 6] |= 1L << value;
    }

    void addRange(int low, int high) {
        for (int i = low; i <= high; i++) {
            add(i);
        }
    }

    boolean contains(int value) {
        return (words[value >> 6] & 1L << value) != 0;
    }

    /** All but these. */
    ByteSet complement() {
        ByteSet other = new ByteSet();
        for (int i = 0; i < words.length; i++) {
            other.words[i] = ~words[i];
        }
        return other;
    }
}
