package org.jstap.symbols;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects, out of many candidates, the few that a mistyped name may have meant.
 *
 * <p>A candidate is near when it can be reached by few edits (insert, delete, replace, swap two neighbours: at most a
 * third of the name's length, four at most), or when one of the two names begins with the other. Nearest first, and
 * among equals the shorter, then the alphabetically first. Not thread-safe.
 */
public final class NearNames {
    private static final int MOST_EDITS = 4;
    private static final int SHORTEST_PREFIX = 4;

    private final String wanted;
    private final int limit;
    private final int maxEdits;
    private final List<Near> best = new ArrayList<>();

    private record Near(String name, int distance) {
        boolean before(Near other) {
            if (distance != other.distance) {
                return distance < other.distance;
            }
            if (name.length() != other.name.length()) {
                return name.length() < other.name.length();
            }
            return name.compareTo(other.name) < 0;
        }
    }

    /**
     * @param wanted what was asked for; the wildcards of a pattern are left out of the comparison
     * @param limit how many names to keep at most
     */
    public NearNames(String wanted, int limit) {
        this.wanted = withoutWildcards(wanted);
        this.limit = limit;
        this.maxEdits = Math.min(MOST_EDITS, Math.max(1, this.wanted.length() / 3));
    }

    /** The nearest of {@code candidates} to {@code wanted}, at most {@code limit}, nearest first. */
    public static List<String> find(String wanted, Iterable<String> candidates, int limit) {
        NearNames near = new NearNames(wanted, limit);
        for (String candidate : candidates) {
            near.offer(candidate);
        }
        return near.best();
    }

    /** Looks at one candidate and keeps it if it is nearer than one of those kept so far. */
    public void offer(String candidate) {
        if (limit <= 0 || wanted.isEmpty() || candidate.equals(wanted)) {
            return;
        }
        int bound = best.size() < limit ? maxEdits : best.getLast().distance;
        int distance = distance(candidate, bound);
        if (distance > bound) {
            return;
        }
        Near near = new Near(candidate, distance);
        int at = best.size();
        while (at > 0 && near.before(best.get(at - 1))) {
            at--;
        }
        if (at > 0 && best.get(at - 1).equals(near)) {
            return;
        }
        best.add(at, near);
        if (best.size() > limit) {
            best.removeLast();
        }
    }

    /** The names kept, nearest first. */
    public List<String> best() {
        List<String> names = new ArrayList<>(best.size());
        for (Near near : best) {
            names.add(near.name);
        }
        return List.copyOf(names);
    }

    private int distance(String candidate, int bound) {
        int shorter = Math.min(candidate.length(), wanted.length());
        if (shorter >= SHORTEST_PREFIX && candidate.regionMatches(0, wanted, 0, shorter)) {
            // A missing or surplus ending is likelier than two typing errors.
            int surplus = Math.abs(candidate.length() - wanted.length());
            return Math.min(surplus, Math.min(2 + surplus / 8, maxEdits));
        }
        return edits(wanted, candidate, bound);
    }

    /** The number of edits from {@code a} to {@code b}, or {@code bound + 1} if there are more than {@code bound}. */
    static int edits(String a, String b, int bound) {
        if (Math.abs(a.length() - b.length()) > bound) {
            return bound + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int cost = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost = Math.min(cost, beforeLast[j - 2] + 1);
                }
                row[j] = cost;
                least = Math.min(least, cost);
            }
            if (least > bound) {
                return bound + 1;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return Math.min(last[b.length()], bound + 1);
    }

    private static String withoutWildcards(String name) {
        if (!Glob.isPattern(name)) {
            return name;
        }
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ("*?[]\\".indexOf(c) < 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
