package org.jstap.compiler.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pattern as a table that finds its leftmost longest match with all groups. A text is read forwards, and for each byte the move is
 * noted; then the way that has matched is followed backwards through the moves, and the first mark of each group that is met there is
 * its last one. State 0 is the first.
 *
 * <p>A state is what {@link Matcher} has at a place: the ways, in order of preference, and which of them have the same start. A move
 * tells for each way of the state that it leads to from which way it comes and what it has marked. So both find the same.
 */
public final class TaggedDfa {
    /** Position among the ways of a move: of the one that matches if the text ends here. */
    public static final int AT_END = 0;
    /** Position of the one that matches here. */
    public static final int ACCEPT = 1;
    /** Instead of a position: the way starts here. */
    public static final int START = 0xff;
    /** Bits of a way that tell what it has marked; above them is the position that it comes from. */
    public static final int MARKS = 56;
    private static final int FIRST_WAY = 2;

    private final ByteClasses classes;
    private final int groups;
    private final List<State> states;
    private final List<long[]> moves;
    private final int ways;

    private TaggedDfa(ByteClasses classes, int groups, List<State> states, List<long[]> moves) {
        this.classes = classes;
        this.groups = groups;
        this.states = List.copyOf(states);
        this.moves = List.copyOf(moves);
        int most = 0;
        for (long[] move : moves) {
            most = Math.max(most, move.length);
        }
        this.ways = most;
    }

    /** The table of a pattern, absent where it would be too large. */
    static Optional<TaggedDfa> of(Automaton automaton) {
        return automaton.groups() * 2 > MARKS ? Optional.empty() : new Construction(automaton).build();
    }

    public int states() {
        return states.size();
    }

    /** State after a byte. */
    public int next(int state, int value) {
        return states.get(state).next[classes.of(value)];
    }

    /** Number of the move that a byte makes. */
    public int move(int state, int value) {
        return states.get(state).moves[classes.of(value)];
    }

    /** Whether a match ends where this state is reached. */
    public boolean accepts(int state) {
        return states.get(state).accepts;
    }

    /** Whether a match ends there if the text does. */
    public boolean acceptsAtEnd(int state) {
        return states.get(state).acceptsAtEnd;
    }

    /** Whether nothing is found from here on. */
    public boolean isDead(int state) {
        State now = states.get(state);
        boolean dead = !now.accepts && !now.acceptsAtEnd;
        for (int i = 0; dead && i < now.next.length; i++) {
            dead = now.next[i] == state;
        }
        return dead;
    }

    /** How many moves there are; 0 is the one before the first byte. */
    public int moves() {
        return moves.size();
    }

    /** How many ways the largest move has. */
    public int ways() {
        return ways;
    }

    /** What a way has marked, a bit for the start and the end of each group, and where it comes from, above {@link #MARKS} bits. */
    public long way(int move, int way) {
        long[] all = moves.get(move);
        return way < all.length ? all[way] : 0;
    }

    /** Start and end of the match and of each group, as {@link Matcher#match} gives them. */
    int[] match(String text) {
        int length = text.length();
        int[] taken = new int[length + 1];
        int state = 0;
        int end = -1;
        int way = ACCEPT;
        for (int at = 0; at <= length; at++) {
            if (at == length ? acceptsAtEnd(state) : accepts(state)) {
                end = at;
                way = at == length ? AT_END : ACCEPT;
            }
            if (at < length) {
                int value = text.charAt(at) & 0xff;
                taken[at + 1] = move(state, value);
                state = next(state, value);
            }
        }
        return end < 0 ? new int[0] : back(taken, end, way);
    }

    private int[] back(int[] taken, int end, int last) {
        int[] found = new int[groups * 2];
        Arrays.fill(found, -1);
        int way = last;
        for (int at = end; way != START; at--) {
            long step = way(taken[at], way);
            for (int mark = 0; mark < found.length; mark++) {
                if ((step >> mark & 1) != 0 && found[mark] < 0) {
                    found[mark] = at;
                }
            }
            way = (int) (step >>> MARKS);
        }
        return found;
    }

    /** A state under construction; the ways and their starts, numbered, tell it from others. */
    private static final class State {
        private final int[] steps;
        private final int[] starts;
        /** Whether some match has been found, so that none that starts later counts. */
        private final boolean found;
        private final boolean accepts;
        private final boolean acceptsAtEnd;
        private int[] next = {};
        private int[] moves = {};

        State(int[] steps, int[] starts, boolean found, boolean accepts, boolean acceptsAtEnd) {
            this.steps = steps;
            this.starts = starts;
            this.found = found;
            this.accepts = accepts;
            this.acceptsAtEnd = acceptsAtEnd;
        }

        String key() {
            StringBuilder key = new StringBuilder(2 * steps.length + 1);
            for (int i = 0; i < steps.length; i++) {
                key.append((char) steps[i]).append((char) starts[i]);
            }
            return key.append((char) ((found ? 1 : 0) | (accepts ? 2 : 0) | (acceptsAtEnd ? 4 : 0))).toString();
        }
    }

    private static final class Construction {
        private static final int MOST_STATES = 1000;
        private static final int MOST_MOVES = 0xfffe;
        private static final int MOST_WAYS = 1 << 17;
        /** Steps that may be looked at in all. */
        private static final int MOST_STEPS = 4_000_000;

        private final Automaton automaton;
        private final ByteClasses classes;
        private final List<State> states = new ArrayList<>();
        private final Map<String, Integer> known = new HashMap<>();
        private final List<long[]> moves = new ArrayList<>();
        private final Map<String, Integer> knownMoves = new HashMap<>();
        private int widest;
        private int looked;

        Construction(Automaton automaton) {
            this.automaton = automaton;
            this.classes = ByteClasses.of(automaton);
        }

        Optional<TaggedDfa> build() {
            State none = new State(new int[0], new int[0], false, false, false);
            enter(none, -1);
            for (int state = 0; state < states.size(); state++) {
                State from = states.get(state);
                from.next = new int[classes.count()];
                from.moves = new int[classes.count()];
                for (int c = 0; c < classes.count(); c++) {
                    int[] entered = enter(from, classes.representative(c));
                    from.next[c] = entered[0];
                    from.moves[c] = entered[1];
                    if (tooLarge()) {
                        return Optional.empty();
                    }
                }
            }
            return Optional.of(new TaggedDfa(classes, automaton.groups(), states, moves));
        }

        private boolean tooLarge() {
            return states.size() > MOST_STATES || moves.size() > MOST_MOVES || widest >= START || moves.size() * widest > MOST_WAYS
                    || looked > MOST_STEPS;
        }

        /** The state behind a byte, or before the first where that is negative, and the move to it. */
        private int[] enter(State from, int value) {
            Closure here = new Closure(value < 0, false, from.found);
            Closure end = new Closure(value < 0, true, from.found);
            here.enter(from, value);
            end.enter(from, value);
            looked += here.looked + end.looked;
            State to = here.state(end.accepted);
            long[] move = here.move(end.acceptedBy);
            widest = Math.max(widest, move.length);
            int number = number(known, to.key(), states.size());
            if (number == states.size()) {
                states.add(to);
            }
            StringBuilder key = new StringBuilder(4 * move.length);
            for (long way : move) {
                for (int shift = 0; shift < Long.SIZE; shift += Character.SIZE) {
                    key.append((char) (way >>> shift));
                }
            }
            int moved = number(knownMoves, key.toString(), moves.size());
            if (moved == moves.size()) {
                moves.add(move);
            }
            return new int[] {number, moved};
        }

        private static int number(Map<String, Integer> numbers, String key, int next) {
            Integer number = numbers.get(key);
            if (number == null) {
                numbers.put(key, next);
                return next;
            }
            return number;
        }

        /** What can be reached at a place without taking a byte. */
        private final class Closure {
            private final boolean atStart;
            private final boolean atEnd;
            private final boolean foundBefore;
            private final boolean[] seen = new boolean[automaton.steps().size()];
            private final int[] steps = new int[seen.length];
            private final int[] starts = new int[seen.length];
            private final long[] entries = new long[seen.length];
            private int count;
            private boolean accepted;
            private int acceptedStart;
            private long acceptedBy;
            private int looked;

            Closure(boolean atStart, boolean atEnd, boolean foundBefore) {
                this.atStart = atStart;
                this.atEnd = atEnd;
                this.foundBefore = foundBefore;
            }

            void enter(State from, int value) {
                int start = 0;
                for (int i = 0; i < from.steps.length; i++) {
                    if (automaton.steps().get(from.steps[i]) instanceof Automaton.Take take && take.set().contains(value)) {
                        follow(take.next(), from.starts[i], i + FIRST_WAY, 0);
                    }
                    start = from.starts[i] + 1;
                }
                if (!foundBefore && !accepted) {
                    follow(0, start, START, 0);
                }
            }

            private void follow(int first, int start, int source, long marks) {
                int step = first;
                long marked = marks;
                while (!seen[step]) {
                    seen[step] = true;
                    looked++;
                    switch (automaton.steps().get(step)) {
                        case Automaton.Take _ -> {
                            if (!accepted || start <= acceptedStart) {
                                steps[count] = step;
                                starts[count] = start;
                                entries[count++] = entry(source, marked);
                            }
                            return;
                        }
                        case Automaton.Either either -> {
                            follow(either.first(), start, source, marked);
                            step = either.second();
                        }
                        case Automaton.Mark mark -> {
                            marked |= 1L << mark.slot();
                            step = mark.next();
                        }
                        case Automaton.AtStart at when atStart -> step = at.next();
                        case Automaton.AtEnd at when atEnd -> step = at.next();
                        case Automaton.AtStart _, Automaton.AtEnd _ -> {
                            return;
                        }
                        case Automaton.Accept _ -> {
                            if (!accepted) {
                                accepted = true;
                                acceptedStart = start;
                                acceptedBy = entry(source, marked);
                            }
                            return;
                        }
                    }
                }
            }

            private static long entry(int source, long marks) {
                return (long) source << MARKS | marks;
            }

            State state(boolean acceptsAtEnd) {
                int[] renumbered = new int[count];
                for (int i = 1; i < count; i++) {
                    renumbered[i] = renumbered[i - 1] + (starts[i] == starts[i - 1] ? 0 : 1);
                }
                return new State(Arrays.copyOf(steps, count), renumbered, foundBefore || accepted, accepted, acceptsAtEnd);
            }

            long[] move(long atTheEnd) {
                long[] move = new long[count + FIRST_WAY];
                move[AT_END] = atTheEnd;
                move[ACCEPT] = acceptedBy;
                System.arraycopy(entries, 0, move, FIRST_WAY, count);
                return move;
            }
        }
    }
}
