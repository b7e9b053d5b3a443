package org.jstap.compiler.tapset;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Functions of SystemTap's library that are not in this one, and why. */
public final class Absences {
    private static final String RESOURCE = "absent.txt";

    private Absences() { }

    /** Why a function is not there, in words that begin no sentence; empty if SystemTap has no such function either. */
    public static Optional<String> reason(String function) {
        return Optional.ofNullable(all().get(function));
    }

    /** Reasons by the names of the functions, sorted. */
    static Map<String, String> all() {
        Map<String, String> reasons = new TreeMap<>();
        for (String line : Tapset.resource(RESOURCE).split("\n")) {
            int colon = line.lastIndexOf(": ");
            if (!line.startsWith("#") && colon > 0) {
                for (String name : line.substring(colon + 2).split(" ")) {
                    reasons.put(name, line.substring(0, colon));
                }
            }
        }
        return reasons;
    }
}
