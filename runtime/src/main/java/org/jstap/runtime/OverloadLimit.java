package org.jstap.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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
        return text == null ? otherwise : constant(text).orElse(otherwise);
    }

    /** A C constant above 0, which may have a suffix; empty where it is none. */
    public static OptionalLong constant(String text) {
        int end = text.length();
        while (end > 0 && "uUlL".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        try {
            long value = Long.decode(text.substring(0, end));
            return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
