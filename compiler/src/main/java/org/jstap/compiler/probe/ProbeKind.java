package org.jstap.compiler.probe;

import java.util.List;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.ProbePoint;

/** One kind of probe point: knows its spelling and finds its sites. Kinds are listed in {@link ProbeKinds}. */
interface ProbeKind {
    /** A place, with what it offers to {@code $variables}. */
    record Found(ProbeSite site, ProbeContext context) { }

    /** The names with which points of this kind can begin, for near names of unknown ones. */
    List<String> words();

    /** Whether a point is of this kind; its further parts may still be wrong. */
    default boolean claims(ProbePoint point) {
        return words().contains(point.components().getFirst().name());
    }

    /**
     * The sites of a point; none where the point makes sense but matches nothing.
     *
     * @throws org.jstap.language.diagnostic.DiagnosticException where the point makes no sense, or with a reason why nothing
     *     matches
     */
    List<Found> resolve(ProbePoint point, KernelView kernel);
}
