package org.jstap.compiler.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pattern as a table that answers whether it is found anywhere in a text. State 0 is the first. A state that accepts is final: the
 * text need not be read on.
 */
public final class Dfa {
    /** Larger tables are not made. */
    private static final int MOST_STATES = 2000;

    private final ByteClasses classes;
    private final int[] next;
    private final boolean[] accepts;
    private final boolean[] acceptsAtEnd;

    private Dfa(ByteClasses classes, int[] next, boolean[] accepts, boolean[] acceptsAtEnd) {
        this.classes = classes;
        this.next = next;
        this.accepts = accepts;
        this.acceptsAtEnd = acceptsAtEnd;
    }

    /** Class of a byte; bytes of one class behave alike in every state. */
    public int classOf(int value) {
        return classes.of(value);
    }

    public int classCount() {
        return classes.count();
    }

    public int states() {
        return accepts.length;
    }

    /** State after a byte of a class. */
    public int next(int state, int byteClass) {
        return next[state * classes.count() + byteClass];
    }

    /** Whether the pattern has been found once this state is reached. */
    public boolean accepts(int state) {
        return accepts[state];
    }

    /** Whether the pattern is found if the text ends in this state. */
    public boolean acceptsAtEnd(int state) {
        return acceptsAtEnd[state];
    }

    /** Whether the pattern is found in a text of one byte per char. */
    public boolean find(String text) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            if (accepts[state]) {
                return true;
            }
            state = next(state, classOf(text.charAt(i) & 0xff));
        }
        return acceptsAtEnd[state];
    }

    /** The table of a pattern, absent where it would be too large. */
    static Optional<Dfa> of(Automaton automaton) {
        return new Construction(automaton).build();
    }

    /** Subset construction; every state keeps the start among its steps, since a match may start anywhere. */
    private static final class Construction {
        private final Automaton automaton;
        private final ByteClasses classes;
        private final List<int[]> states = new ArrayList<>();
        private final Map<String, Integer> known = new HashMap<>();
        private boolean found;
        private boolean foundAtEnd;

        Construction(Automaton automaton) {
            this.automaton = automaton;
            this.classes = ByteClasses.of(automaton);
        }

        Optional<Dfa> build() {
            List<int[]> rows = new ArrayList<>();
            List<Boolean> accepts = new ArrayList<>();
            List<Boolean> acceptsAtEnd = new ArrayList<>();
            state(closure(new int[] {0}, true));
            accepts.add(found);
            acceptsAtEnd.add(foundAtEnd);
            for (int state = 0; state < states.size(); state++) {
                int[] row = new int[classes.count()];
                for (int c = 0; c < classes.count(); c++) {
                    if (accepts.get(state)) {
                        row[c] = state;
                        continue;
                    }
                    int before = states.size();
                    row[c] = state(closure(after(states.get(state), classes.representative(c)), false));
                    if (states.size() > before) {
                        accepts.add(found);
                        acceptsAtEnd.add(foundAtEnd);
                    }
                    if (states.size() > MOST_STATES) {
                        return Optional.empty();
                    }
                }
                rows.add(row);
            }
            return Optional.of(table(rows, accepts, acceptsAtEnd));
        }

        private Dfa table(List<int[]> rows, List<Boolean> accepts, List<Boolean> acceptsAtEnd) {
            int width = classes.count();
            int[] next = new int[rows.size() * width];
            boolean[] accepting = new boolean[rows.size()];
            boolean[] acceptingAtEnd = new boolean[rows.size()];
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(rows.get(i), 0, next, i * width, width);
                accepting[i] = accepts.get(i);
                acceptingAtEnd[i] = acceptsAtEnd.get(i);
            }
            return new Dfa(classes, next, accepting, acceptingAtEnd);
        }

        private int[] after(int[] steps, int value) {
            int[] reached = new int[steps.length + 1];
            int n = 0;
            for (int step : steps) {
                if (automaton.steps().get(step) instanceof Automaton.Take take && take.set().contains(value)) {
                    reached[n++] = take.next();
                }
            }
            reached[n++] = 0;
            return Arrays.copyOf(reached, n);
        }

        /** Steps that take a byte, reachable without taking one; sets {@link #found} and {@link #foundAtEnd}. */
        private int[] closure(int[] from, boolean atStart) {
            found = false;
            foundAtEnd = false;
            // Bit 0: reached in any case; bit 1: reached if the text ends here.
            byte[] seen = new byte[automaton.steps().size()];
            for (int step : from) {
                reach(step, atStart, false, seen);
            }
            int[] steps = new int[seen.length];
            int n = 0;
            for (int i = 0; i < seen.length; i++) {
                if ((seen[i] & 1) != 0 && automaton.steps().get(i) instanceof Automaton.Take) {
                    steps[n++] = i;
                }
            }
            return Arrays.copyOf(steps, n);
        }

        private void reach(int first, boolean atStart, boolean needsEnd, byte[] seen) {
            int step = first;
            byte bit = (byte) (needsEnd ? 2 : 1);
            while ((seen[step] & bit) == 0) {
                seen[step] |= bit;
                switch (automaton.steps().get(step)) {
                    case Automaton.Take _ -> {
                        return;
                    }
                    case Automaton.Either either -> {
                        reach(either.first(), atStart, needsEnd, seen);
                        step = either.second();
                    }
                    case Automaton.Mark mark -> step = mark.next();
                    case Automaton.AtStart at -> {
                        if (!atStart) {
                            return;
                        }
                        step = at.next();
                    }
                    case Automaton.AtEnd at -> {
                        reach(at.next(), atStart, true, seen);
                        return;
                    }
                    case Automaton.Accept _ -> {
                        foundAtEnd = true;
                        found |= !needsEnd;
                        return;
                    }
                }
            }
        }

        private int state(int[] steps) {
            StringBuilder key = new StringBuilder();
            for (int step : steps) {
                key.append((char) step);
            }
            key.append(found ? 'f' : '-').append(foundAtEnd ? 'e' : '-');
            String name = key.toString();
            Integer number = known.get(name);
            if (number == null) {
                number = states.size();
                known.put(name, number);
                states.add(steps);
            }
            return number;
        }
    }
}
