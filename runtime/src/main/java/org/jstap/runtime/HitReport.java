package org.jstap.runtime;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.program.ProbeSite;

/** How often each handler ran at each of its probe points and how long it took: what {@code -t} prints at the end. For one thread. */
public final class HitReport {
    private final IrProgram program;
    private final Map<Place, Times> times = new HashMap<>();

    private record Place(int handler, int site) { }

    /**
     * Runs of a handler at one probe point.
     *
     * @param count    at least 1
     * @param sum      nanoseconds of all runs
     * @param shortest nanoseconds
     * @param longest  nanoseconds
     */
    public record Times(long count, long sum, long shortest, long longest) {
        private Times with(Times other) {
            return new Times(count + other.count, sum + other.sum, Math.min(shortest, other.shortest), Math.max(longest, other.longest));
        }
    }

    HitReport(IrProgram program) {
        this.program = program;
    }

    /** One run on the JVM at a probe point of the handler. */
    void ran(IrHandler handler, String point, long nanos) {
        List<ProbeSite> sites = handler.sites();
        for (int site = 0; site < sites.size(); site++) {
            if (sites.get(site).text().equals(point)) {
                add(handler, site, new Times(1, nanos, nanos, nanos));
                return;
            }
        }
    }

    public void add(IrHandler handler, int site, Times more) {
        Place place = new Place(handler.id(), site);
        Times known = times.get(place);
        times.put(place, known == null ? more : known.with(more));
    }

    boolean isEmpty() {
        return times.isEmpty();
    }

    /** A line for each probe point that was hit, in the order of the script. */
    byte[] text() {
        StringBuilder text = new StringBuilder("----- probe hit report: \n");
        int index = 0;
        for (IrHandler handler : program.handlers()) {
            for (int site = 0; site < handler.sites().size(); site++) {
                Times found = times.get(new Place(handler.id(), site));
                if (found != null) {
                    text.append(handler.sites().get(site).text()).append(", (").append(handler.code().span().outermost().position())
                            .append("), hits: ").append(found.count()).append(", nsecs: ").append(found.shortest()).append("min/")
                            .append(found.sum() / found.count()).append("avg/").append(found.longest()).append("max, from: ")
                            .append(handler.point()).append(", index: ").append(index).append('\n');
                }
                index++;
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
