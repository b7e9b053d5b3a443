package org.jstap.compiler.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bytes that an automaton takes alike in every step form a class; so a table has a column for each class. */
final class ByteClasses {
    private static final int BYTES = 256;

    private final byte[] classes = new byte[BYTES];
    private final int[] representatives;

    private ByteClasses(Automaton automaton) {
        List<ByteSet> sets = new ArrayList<>();
        for (Automaton.Step step : automaton.steps()) {
            if (step instanceof Automaton.Take take) {
                sets.add(take.set());
            }
        }
        Map<String, Integer> bySignature = new HashMap<>();
        char[] signature = new char[sets.size()];
        int[] first = new int[BYTES];
        for (int value = 0; value < BYTES; value++) {
            for (int i = 0; i < signature.length; i++) {
                signature[i] = sets.get(i).contains(value) ? '1' : '0';
            }
            String key = new String(signature);
            Integer number = bySignature.get(key);
            if (number == null) {
                number = bySignature.size();
                bySignature.put(key, number);
                first[number] = value;
            }
            classes[value] = (byte) (int) number;
        }
        representatives = java.util.Arrays.copyOf(first, bySignature.size());
    }

    static ByteClasses of(Automaton automaton) {
        return new ByteClasses(automaton);
    }

    int count() {
        return representatives.length;
    }

    int of(int value) {
        return classes[value] & 0xff;
    }

    /** A byte of the class. */
    int representative(int byteClass) {
        return representatives[byteClass];
    }
}
