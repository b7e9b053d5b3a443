package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.source.Span;

/** A handler while it is analysed. */
final class Draft {
    final String point;
    final List<ProbeSite> sites = new ArrayList<>();
    final Set<Integer> optional = new HashSet<>();
    final Scope scope;
    final Span span;
    /** What has to run at the entries of the functions at whose returns this one runs. */
    final Optional<Draft> entry;
    /** Texts that differ from site to site. */
    List<SiteSummary> summaries = List.of();
    Optional<BoundExpression> condition;
    BoundStatement body;

    Draft(String point, Scope scope, Optional<BoundExpression> condition, BoundStatement body, Span span) {
        this(point, scope, condition, body, Optional.empty(), span);
    }

    Draft(String point, Scope scope, Optional<BoundExpression> condition, BoundStatement body, Optional<Draft> entry, Span span) {
        this.point = point;
        this.scope = scope;
        this.condition = condition;
        this.body = body;
        this.entry = entry;
        this.span = span;
    }

    /** Adds the texts of one more site, in the order of this one's. */
    void summarise(List<SiteSummary> more) {
        for (int i = 0; i < summaries.size(); i++) {
            summaries.get(i).add(more.get(i));
        }
    }

    /** @param missable whether the script marks the point with {@code ?} */
    void add(ProbeSite site, boolean missable) {
        if (missable) {
            optional.add(sites.size());
        }
        sites.add(site);
    }
}
