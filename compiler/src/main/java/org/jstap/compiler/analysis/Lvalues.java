package org.jstap.compiler.analysis;

import org.jstap.compiler.analysis.BoundExpression.Unresolved;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.source.Span;

/** What to say of a value that stands where only something that can be changed may. */
final class Lvalues {
    private static final String CODE = "no-lvalue";

    private Lvalues() { }

    /** Counts where its result is used: SystemTap drops {@code 1++} that stands alone. */
    static Unresolved missing(BoundExpression value) {
        return new Unresolved(Diagnostic.semanticError(CODE,
                "this cannot be changed: only variables, array elements and target variables can", value.span).seeing(value.saw()),
                value.span);
    }

    /** Refuses to assign to a value, whether or not the result is used. */
    static void require(BoundExpression place, Span operator) {
        if (place instanceof Unresolved unresolved && unresolved.error.code().equals(CODE)) {
            throw new DiagnosticException(Diagnostic.semanticError(CODE, "Expecting lvalue for assignment", operator)
                    .seeing("operator '" + operator.text() + "'").withRelated(unresolved.error.saw().orElse("here"), unresolved.span)
                    .withHint("only variables, array elements and target variables can be changed"));
        }
    }
}
