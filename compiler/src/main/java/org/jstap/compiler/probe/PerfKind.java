package org.jstap.compiler.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.Statement;

/** {@code perf.type(n).config(m)} with {@code .sample(n)}, {@code .hz(n)}, {@code .process("path")} and {@code .counter("name")}. */
final class PerfKind implements ProbeKind {
    /** Events between two runs where the script does not say, as in SystemTap. */
    private static final long DEFAULT_SAMPLE = 1_000_000;
    private static final List<String> SUFFIXES = List.of("sample", "hz", "process", "counter");

    private final UserPaths paths;

    PerfKind(UserPaths paths) {
        this.paths = paths;
    }

    @Override
    public List<String> words() {
        return List.of("perf");
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        List<ProbePoint.Component> parts = point.components();
        Points.noArgument(parts.getFirst());
        if (parts.size() < 2 || !parts.get(1).name().equals("type")) {
            throw parts.size() < 2 ? Points.error("probe-mismatch", "'perf' needs a counter, as perf.sw.cpu_clock", parts.getFirst())
                    : Points.unknown(parts.get(1), List.of("type", "sw", "hw", "hw_cache"));
        }
        if (parts.size() < 3 || !parts.get(2).name().equals("config")) {
            throw parts.size() < 3 ? Points.error("probe-mismatch", "'type' needs a config behind it, as perf.type(1).config(0)",
                    parts.get(1)) : Points.unknown(parts.get(2), List.of("config"));
        }
        long type = Points.number(parts.get(1));
        if (type < 0 || type > Integer.MAX_VALUE) {
            throw Points.error("probe-argument", "a type of counters is a number from 0 to " + Integer.MAX_VALUE, parts.get(1));
        }
        long rate = DEFAULT_SAMPLE;
        boolean frequency = false;
        List<String> guards = new ArrayList<>();
        Optional<String> counter = Optional.empty();
        for (ProbePoint.Component part : parts.subList(3, parts.size())) {
            switch (part.name()) {
                case "sample", "hz" -> {
                    rate = Points.number(part);
                    frequency = part.name().equals("hz");
                    if (rate < 1) {
                        throw Points.error("probe-argument", "the argument of '" + part.name() + "' must be at least 1", part);
                    }
                }
                case "process" -> guards.add(part.argument().isEmpty() ? ProcessGuards.target() : programs(part));
                case "counter" -> counter = Optional.of(counterName(part));
                default -> throw Points.unknown(part, SUFFIXES);
            }
        }
        long config = Points.number(parts.get(2));
        if (counter.isPresent()) {
            Optional<Expression> condition = guards.isEmpty() ? Optional.empty()
                    : Optional.of(Snippets.expression(String.join(" && ", guards)));
            return List.of(new Found(new ProbeSite.Counter(point.name(), counter.get(), (int) type, config, condition),
                    ProbeContext.NONE));
        }
        Optional<Statement.Block> guard = guards.isEmpty() ? Optional.empty()
                : Optional.of(Snippets.unless(String.join(" && ", guards)));
        ProbeSite site = new ProbeSite.PerfCounter(point.name(), (int) type, config, rate, frequency);
        return List.of(new Found(site, new ProbeContext(true, List.of(), OptionalInt.empty(),
                "a counter goes off wherever the processor is"), guard));
    }

    private static String counterName(ProbePoint.Component part) {
        String name = Points.text(part);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')) {
                throw Points.error("probe-argument", "the name of a counter has letters, digits and underscores only", part);
            }
        }
        return name;
    }

    private String programs(ProbePoint.Component part) {
        StringBuilder any = new StringBuilder();
        for (Path path : paths.programs(part, Points.text(part))) {
            any.append(any.isEmpty() ? "(" : " || ").append(ProcessGuards.program(path));
        }
        return any.append(')').toString();
    }
}
