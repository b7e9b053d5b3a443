package org.jstap.runtime;

import java.util.Map;
import java.util.Optional;

/**
 * How much of a processor handlers in the kernel may take before the script has to end.
 *
 * @param interval  nanoseconds
 * @param threshold nanoseconds of each interval
 */
public record OverloadLimit(long interval, long threshold) {
    private static final String INTERVAL = "STP_OVERLOAD_INTERVAL";
    private static final String THRESHOLD = "STP_OVERLOAD_THRESHOLD";
    private static final long DEFAULT_INTERVAL = 1_000_000_000L;
    private static final long DEFAULT_THRESHOLD = 500_000_000L;

    /** The limit under {@code -D} definitions; their cycles count as nanoseconds. Absent where they turn it off. */
    public static Optional<OverloadLimit> of(Map<String, String> definitions) {
        if (definitions.containsKey("STP_NO_OVERLOAD")) {
            return Optional.empty();
        }
        return Optional.of(new OverloadLimit(number(definitions, INTERVAL, DEFAULT_INTERVAL),
                number(definitions, THRESHOLD, DEFAULT_THRESHOLD)));
    }

    private static long number(Map<String, String> definitions, String name, long otherwise) {
        String text = definitions.get(name);
        if (text == null) {
            return otherwise;
        }
        int end = text.length();
        while (end > 0 && "uUlL".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        try {
            return Math.max(1, Long.decode(text.substring(0, end)));
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
