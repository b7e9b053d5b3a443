package org.jstap.compiler.probe;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.Statement;

/** One kind of probe point: knows its spelling and finds its sites. Kinds are listed in {@link ProbeKinds}. */
interface ProbeKind {
    /** A place, what it offers to {@code $variables}, and statements that leave the handler where the event is not meant. */
    record Found(ProbeSite site, ProbeContext context, Optional<Statement.Block> guard) {
        Found(ProbeSite site, ProbeContext context) {
            this(site, context, Optional.empty());
        }
    }

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
