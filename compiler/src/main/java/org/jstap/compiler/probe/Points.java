package org.jstap.compiler.probe;

import java.util.Collection;
import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;

/** What all kinds need to read their points, and their words for what is wrong. */
final class Points {
    private Points() { }

    static DiagnosticException error(String code, String message, ProbePoint.Component at) {
        return new DiagnosticException(Diagnostic.semanticError(code, "while resolving probe point: " + message, at.span())
                .seeing("identifier '" + at.name() + "'"));
    }

    static DiagnosticException error(String code, String message, ProbePoint.Component at, String hint) {
        Diagnostic error = error(code, message, at).diagnostic();
        return new DiagnosticException(hint.isEmpty() ? error : error.withHint(hint));
    }

    /** A part of a point that does not exist. */
    static DiagnosticException unknown(ProbePoint.Component at, Collection<String> known) {
        List<String> near = Suggestions.near(at.name(), known, 5);
        return error("probe-mismatch", "probe point mismatch" + (near.isEmpty() ? "" : " (similar: "
                + String.join(", ", near) + ")"), at, near.isEmpty() && known.size() <= 12
                ? "expected one of: " + String.join(", ", known) : "");
    }

    static DiagnosticException unsupported(String what, ProbePoint.Component at) {
        return error("unsupported-probe", what + " probes are not supported yet", at);
    }

    static long number(ProbePoint.Component component) {
        if (component.argument().isPresent() && component.argument().get() instanceof Expression.NumberLiteral number) {
            return number.value();
        }
        throw error("probe-argument", "'" + component.name() + "' needs a number, as " + component.name() + "(5)", component);
    }

    static String text(ProbePoint.Component component) {
        if (component.argument().isPresent() && component.argument().get() instanceof Expression.StringLiteral text) {
            return text.value();
        }
        throw error("probe-argument", "'" + component.name() + "' needs a text, as " + component.name() + "(\"name\")", component);
    }

    static void noArgument(ProbePoint.Component component) {
        if (component.argument().isPresent()) {
            throw error("probe-argument", "'" + component.name() + "' takes no argument", component);
        }
    }

    /** Refuses what follows the last part that a kind knows. */
    static void end(ProbePoint point, int parts) {
        if (point.components().size() > parts) {
            throw error("probe-mismatch", "nothing can follow '" + point.components().get(parts - 1).name() + "' here",
                    point.components().get(parts));
        }
    }
}
