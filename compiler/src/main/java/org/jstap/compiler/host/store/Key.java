package org.jstap.compiler.host.store;

import java.util.List;
import org.jstap.compiler.program.Type;

/** The index of an array element, to be filled again and again. */
public final class Key {
    private final boolean[] textual;
    private final long[] numbers;
    private final String[] texts;

    public Key(List<Type> types) {
        int n = types.size();
        textual = new boolean[n];
        numbers = new long[n];
        texts = new String[n];
        for (int i = 0; i < n; i++) {
            textual[i] = types.get(i) == Type.STRING;
        }
    }

    public int columns() {
        return textual.length;
    }

    public boolean isText(int column) {
        return textual[column];
    }

    public Key set(int column, long value) {
        numbers[column] = value;
        return this;
    }

    public Key set(int column, String value) {
        texts[column] = value;
        return this;
    }

    public long number(int column) {
        return numbers[column];
    }

    public String text(int column) {
        return texts[column];
    }

    int hash() {
        long hash = 0;
        for (int i = 0; i < textual.length; i++) {
            hash = (hash ^ (textual[i] ? texts[i].hashCode() : numbers[i])) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash ^ hash >>> 32);
    }
}
