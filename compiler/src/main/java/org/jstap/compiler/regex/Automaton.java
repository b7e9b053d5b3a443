package org.jstap.compiler.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern as a program of a non-deterministic automaton. Of two ways to go, the first comes first where the text alone does not
 * decide.
 *
 * @param steps  numbered from 0, where a run starts
 * @param groups how many, the whole match among them
 */
record Automaton(List<Step> steps, int groups) {
    private static final int MOST_STEPS = 5_000;

    Automaton {
        steps = List.copyOf(steps);
    }

    sealed interface Step { }

    /** Takes one byte. */
    record Take(ByteSet set, int next) implements Step { }

    record Either(int first, int second) implements Step { }

    /** Remembers the place in the text. */
    record Mark(int slot, int next) implements Step { }

    record AtStart(int next) implements Step { }

    record AtEnd(int next) implements Step { }

    record Accept() implements Step { }

    static Automaton of(Pattern pattern) {
        Builder builder = new Builder();
        int accept = builder.add(new Accept());
        int start = builder.build(pattern, accept);
        return builder.finish(start);
    }

    /** Builds from the end: each part knows the step that follows it. */
    private static final class Builder {
        private final List<Step> steps = new ArrayList<>();
        private int groups = 1;

        int add(Step step) {
            if (steps.size() >= MOST_STEPS) {
                throw new PatternException(0, "pattern too large");
            }
            steps.add(step);
            return steps.size() - 1;
        }

        int build(Pattern pattern, int next) {
            return switch (pattern) {
                case Pattern.Empty _ -> next;
                case Pattern.Bytes bytes -> add(new Take(bytes.set(), next));
                case Pattern.TextStart _ -> add(new AtStart(next));
                case Pattern.TextEnd _ -> add(new AtEnd(next));
                case Pattern.Sequence sequence -> {
                    int after = next;
                    for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                        after = build(sequence.parts().get(i), after);
                    }
                    yield after;
                }
                case Pattern.Alternatives alternatives -> {
                    int last = alternatives.choices().size() - 1;
                    int start = build(alternatives.choices().get(last), next);
                    for (int i = last - 1; i >= 0; i--) {
                        start = add(new Either(build(alternatives.choices().get(i), next), start));
                    }
                    yield start;
                }
                case Pattern.Group group -> {
                    groups = Math.max(groups, group.number() + 1);
                    int end = add(new Mark(group.number() * 2 + 1, next));
                    yield add(new Mark(group.number() * 2, build(group.part(), end)));
                }
                case Pattern.Repeat repeat -> repeat(repeat, next);
            };
        }

        private int repeat(Pattern.Repeat repeat, int next) {
            int start = next;
            if (repeat.most() < 0) {
                int loop = add(new Accept());
                steps.set(loop, new Either(build(repeat.part(), loop), next));
                start = loop;
            } else {
                for (int i = repeat.least(); i < repeat.most(); i++) {
                    start = add(new Either(build(repeat.part(), start), next));
                }
            }
            for (int i = 0; i < repeat.least(); i++) {
                int before = steps.size();
                start = build(repeat.part(), start);
                if (steps.size() == before) {
                    // Nothing repeated is nothing, however often.
                    break;
                }
            }
            return start;
        }

        /** Step 0 is where runs start. */
        Automaton finish(int start) {
            int entry = steps.size();
            List<Step> moved = new ArrayList<>(entry + 1);
            moved.add(new Either(start + 1, start + 1));
            for (Step step : steps) {
                moved.add(switch (step) {
                    case Take take -> new Take(take.set(), take.next() + 1);
                    case Either either -> new Either(either.first() + 1, either.second() + 1);
                    case Mark mark -> new Mark(mark.slot(), mark.next() + 1);
                    case AtStart at -> new AtStart(at.next() + 1);
                    case AtEnd at -> new AtEnd(at.next() + 1);
                    case Accept accept -> accept;
                });
            }
            return new Automaton(moved, groups);
        }
    }
}
