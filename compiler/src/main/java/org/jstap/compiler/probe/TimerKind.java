package org.jstap.compiler.probe;

import java.util.List;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.ProbePoint;

/** {@code timer.ms(100)} and its like, each with {@code .randomize(n)}. */
final class TimerKind implements ProbeKind {
    private static final List<String> UNITS =
            List.of("s", "sec", "ms", "msec", "us", "usec", "ns", "nsec", "hz", "jiffies", "profile");
    private static final long SECOND = 1_000_000_000L;
    /** SystemTap's limit for timers counted in jiffies. */
    private static final long MOST_JIFFIES = 1_000_000;
    /** Periods stay below what a signed 64-bit number of nanoseconds can hold. */
    private static final long LONGEST_SECONDS = 1_000_000_000L;

    @Override
    public List<String> words() {
        return List.of("timer");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        ProbePoint.Component first = point.components().getFirst();
        Points.noArgument(first);
        if (point.components().size() < 2) {
            throw Points.error("probe-mismatch", "'timer' needs a unit, as timer.s(5)", first);
        }
        ProbePoint.Component unit = point.components().get(1);
        if (!UNITS.contains(unit.name())) {
            throw Points.unknown(unit, UNITS);
        }
        if (unit.name().equals("profile")) {
            // The plain forms are aliases of the tapset.
            throw Points.error("probe-mismatch", "'profile' is followed by nothing, or by .freq.hz(100)", unit);
        }
        long nanos = nanoseconds(unit, kernel);
        long count = Points.number(unit);
        if (count < 1 || count > most(unit.name(), nanos)) {
            throw Points.error("timer-range", "the argument of '" + unit.name() + "' must be from 1 to "
                    + most(unit.name(), nanos), unit);
        }
        long period = unit.name().equals("hz") ? SECOND / count : count * nanos;
        long random = 0;
        if (point.components().size() > 2) {
            ProbePoint.Component randomize = point.components().get(2);
            if (!randomize.name().equals("randomize")) {
                throw Points.unknown(randomize, List.of("randomize"));
            }
            long by = Points.number(randomize);
            if (unit.name().equals("hz") || by < 0 || by > count) {
                throw Points.error("timer-range", unit.name().equals("hz") ? "'hz' timers cannot be randomized"
                        : "the argument of 'randomize' must be from 0 to the period, " + count, randomize);
            }
            random = by * nanos;
            Points.end(point, 3);
        }
        return List.of(new Found(new ProbeSite.Timer(point.name(), period, random), ProbeContext.NONE));
    }

    private static long nanoseconds(ProbePoint.Component unit, KernelView kernel) {
        return switch (unit.name()) {
            case "s", "sec" -> SECOND;
            case "ms", "msec" -> 1_000_000;
            case "us", "usec" -> 1_000;
            case "jiffies" -> SECOND / kernel.ticksPerSecond();
            default -> 1;
        };
    }

    private static long most(String unit, long nanos) {
        return switch (unit) {
            case "hz" -> SECOND;
            case "jiffies" -> MOST_JIFFIES;
            default -> LONGEST_SECONDS * SECOND / nanos;
        };
    }
}
