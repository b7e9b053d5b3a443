package org.jstap.language.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds the known names that somebody who wrote an unknown one may have meant. */
public final class Suggestions {
    private Suggestions() {
    }

    /**
     * The candidates nearest to a name, nearest first (ties in the order given), none that differs in more than a third
     * of the name's letters.
     */
    public static List<String> near(String name, Collection<String> candidates, int limit) {
        int most = Math.max(1, name.length() / 3);
        List<List<String>> byDistance = new ArrayList<>();
        for (int i = 0; i <= most; i++) {
            byDistance.add(new ArrayList<>());
        }
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - name.length()) <= most) {
                int distance = distance(name, candidate, most);
                if (distance <= most) {
                    byDistance.get(distance).add(candidate);
                }
            }
        }
        List<String> result = new ArrayList<>();
        for (List<String> names : byDistance) {
            for (String candidate : names) {
                if (result.size() < limit) {
                    result.add(candidate);
                }
            }
        }
        return List.copyOf(result);
    }

    /** «did you mean 'a' or 'b'?», or nothing where nothing is near. */
    public static String hint(String name, Collection<String> candidates) {
        List<String> near = near(name, candidates, 3);
        if (near.isEmpty()) {
            return "";
        }
        StringBuilder hint = new StringBuilder("did you mean ");
        for (int i = 0; i < near.size(); i++) {
            hint.append(i == 0 ? "" : i == near.size() - 1 ? " or " : ", ").append('\'').append(near.get(i)).append('\'');
        }
        return hint.append('?').toString();
    }

    /** Edits (insert, delete, replace, swap of neighbours) between two names; anything above {@code most} may be most + 1. */
    private static int distance(String a, String b, int most) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int best = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
                best = Math.min(best, row[j]);
            }
            if (best > most) {
                return most + 1;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
