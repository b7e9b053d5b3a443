package org.jstap.compiler.regex;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds a pattern in texts, with its groups: by tables where they are not too large, else all ways are followed side by side. Time
 * is linear in the text.
 */
public final class Matcher {
    private static final int[] NO_MATCH = {};

    private final Automaton automaton;
    private final Optional<Dfa> table;
    /** Made when groups are first asked for; absent where it is not made yet. */
    private Optional<Optional<TaggedDfa>> groupTable = Optional.empty();

    Matcher(Automaton automaton) {
        this.automaton = automaton;
        this.table = Dfa.of(automaton);
    }

    /** The pattern as a table, absent where that would be too large. */
    public Optional<Dfa> table() {
        return table;
    }

    /** The pattern as a table that finds groups, absent where that would be too large. */
    public Optional<TaggedDfa> groupTable() {
        if (groupTable.isEmpty()) {
            groupTable = Optional.of(TaggedDfa.of(automaton));
        }
        return groupTable.get();
    }

    /** Whether the pattern is anywhere in a text of one byte per char. */
    public boolean find(String text) {
        return table.isPresent() ? table.get().find(text) : follow(text).length > 0;
    }

    /** Groups of the pattern, the whole match among them. */
    public int groups() {
        return automaton.groups();
    }

    /**
     * Finds the leftmost match, of those the longest.
     *
     * @param text one byte per char
     * @return start and end of the whole match and of each group, -1 for a group that took no part; empty where nothing is found
     */
    public int[] match(String text) {
        if (table.isPresent() && !table.get().find(text)) {
            return NO_MATCH;
        }
        return groupTable().isPresent() ? groupTable().get().match(text) : follow(text);
    }

    /** The same without tables. */
    int[] follow(String text) {
        return new Run(text).find();
    }

    /** One search. The ways at a place stand in order of preference. */
    private final class Run {
        private final String text;
        private final List<Automaton.Step> steps = automaton.steps();
        private final int[] seenAt = new int[steps.size()];
        private int[] ways = new int[steps.size()];
        private int[][] marks = new int[steps.size()][];
        private int count;
        private int[] best = NO_MATCH;

        Run(String text) {
            this.text = text;
            Arrays.fill(seenAt, -1);
        }

        int[] find() {
            int[] unset = new int[automaton.groups() * 2];
            Arrays.fill(unset, -1);
            for (int at = 0; at <= text.length(); at++) {
                int[] current = ways;
                int[][] currentMarks = marks;
                int n = count;
                ways = new int[steps.size()];
                marks = new int[steps.size()][];
                count = 0;
                int value = at == 0 ? -1 : text.charAt(at - 1) & 0xff;
                for (int i = 0; i < n; i++) {
                    if (steps.get(current[i]) instanceof Automaton.Take take && take.set().contains(value)) {
                        follow(take.next(), at, currentMarks[i]);
                    }
                }
                if (best.length == 0) {
                    follow(0, at, unset);
                } else if (count == 0) {
                    return best;
                }
            }
            return best;
        }

        private void follow(int step, int at, int[] groups) {
            if (seenAt[step] == at) {
                return;
            }
            seenAt[step] = at;
            switch (steps.get(step)) {
                case Automaton.Take _ -> {
                    if (best.length == 0 || groups[0] <= best[0]) {
                        ways[count] = step;
                        marks[count++] = groups;
                    }
                }
                case Automaton.Either either -> {
                    follow(either.first(), at, groups);
                    follow(either.second(), at, groups);
                }
                case Automaton.Mark mark -> {
                    int[] more = groups.clone();
                    more[mark.slot()] = at;
                    follow(mark.next(), at, more);
                }
                case Automaton.AtStart start -> {
                    if (at == 0) {
                        follow(start.next(), at, groups);
                    }
                }
                case Automaton.AtEnd end -> {
                    if (at == text.length()) {
                        follow(end.next(), at, groups);
                    }
                }
                case Automaton.Accept _ -> accept(groups);
            }
        }

        private void accept(int[] groups) {
            if (best.length == 0 || groups[0] < best[0] || groups[0] == best[0] && groups[1] > best[1]) {
                best = groups;
            }
        }
    }
}
