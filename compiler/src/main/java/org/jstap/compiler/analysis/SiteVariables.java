package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jstap.compiler.probe.ProbeContext;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.source.Span;
import org.jstap.language.tree.Expression;

/** Which {@code $variables} of a site can be set, and what to say of those that cannot and those that are not there. */
record SiteVariables(ProbeContext context, Optional<ProbeSite> site) {
    /** As {@link TargetResolver#setting}. */
    Optional<Expression.Call> setting(Expression.Assignment assignment, boolean guru) {
        if (!(assignment.target() instanceof Expression.TargetVariable e)) {
            return Optional.empty();
        }
        ProbeContext.Setter setter = context.settable().get(e.name());
        if (setter == null) {
            if (site.orElse(null) instanceof ProbeSite.ProcFile) {
                throw context.further().containsKey(e.name()) ? new DiagnosticException(Diagnostic.semanticError("target-write",
                        "what was written cannot be changed: '" + e.name() + "' can only be read here", e.span()))
                        : unknown(e.name(), e.span());
            }
            return Optional.empty();
        }
        if (setter.guru() && !guru) {
            throw refusedWrite(false, e.span());
        }
        String function = switch (assignment.operator()) {
            case ASSIGN -> setter.assign();
            case CONCATENATE -> setter.append();
            default -> "";
        };
        if (function.isEmpty() || !e.components().isEmpty() || e.addressOf()) {
            throw new DiagnosticException(Diagnostic.semanticError("unsupported", e.name() + " can be set by "
                    + (setter.append().isEmpty() ? "'='" : "'=' and '.='") + " only", e.span()));
        }
        return Optional.of(new Expression.Call(function, e.span(), List.of(assignment.value()), assignment.span()));
    }

    static DiagnosticException refusedWrite(boolean guru, Span at) {
        return new DiagnosticException(guru
                ? Diagnostic.semanticError("target-write", "the kernel's memory cannot be changed by eBPF programs", at)
                : Diagnostic.semanticError("target-write", "write to target variable not permitted; need stap -g", at));
    }

    DiagnosticException unknown(String name, Span at) {
        List<String> known = new ArrayList<>();
        for (ProbeContext.Argument argument : context.arguments()) {
            if (!argument.isHidden()) {
                known.add("$" + argument.name());
            }
        }
        known.addAll(new TreeSet<>(context.further().keySet()));
        if (context.result().isPresent() && context.result().getAsInt() != 0) {
            known.add("$return");
        }
        String reason = !context.missing().isEmpty() ? ": " + context.missing()
                : known.isEmpty() ? ": this probe point has none" : " (alternatives: " + String.join(" ", known) + ")";
        return new DiagnosticException(Diagnostic.semanticError("no-target-variable", "unable to find target variable '" + name
                + "' of " + site.map(ProbeSite::text).orElse("this place") + reason, at).seeing("identifier '" + name + "'"));
    }
}
