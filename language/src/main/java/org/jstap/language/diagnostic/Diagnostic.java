package org.jstap.language.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jstap.language.source.Span;

/**
 * One thing that is wrong, or looks it.
 *
 * @param code    a stable short name of the kind of problem, as {@code expected-statement}
 * @param message what is wrong, in one sentence without a full stop
 * @param saw     what stands at the place, as {@code identifier 'x'}; empty where that would add nothing
 * @param primary the place; absent only for what stands in no file, such as a command line
 * @param related other places that explain it, each with a label
 * @param hints   what to do
 */
public record Diagnostic(
        Severity severity,
        Phase phase,
        String code,
        String message,
        Optional<String> saw,
        Optional<Span> primary,
        List<Related> related,
        List<String> hints) {

    /** Another place that explains a diagnostic, as «type first determined here». */
    public record Related(String label, Span span) {
        public Related {
            Objects.requireNonNull(label);
            Objects.requireNonNull(span);
        }
    }

    public Diagnostic {
        related = List.copyOf(related);
        hints = List.copyOf(hints);
    }

    public static Diagnostic parseError(String code, String message, Span at) {
        return of(Severity.ERROR, Phase.PARSE, code, message, Optional.of(at));
    }

    public static Diagnostic semanticError(String code, String message, Span at) {
        return of(Severity.ERROR, Phase.SEMANTIC, code, message, Optional.of(at));
    }

    /** A semantic error that stands at no place in a file, as «no probes found». */
    public static Diagnostic semanticError(String code, String message) {
        return of(Severity.ERROR, Phase.SEMANTIC, code, message, Optional.empty());
    }

    public static Diagnostic translationError(String code, String message, Span at) {
        return of(Severity.ERROR, Phase.TRANSLATION, code, message, Optional.of(at));
    }

    public static Diagnostic warning(String code, String message, Span at) {
        return of(Severity.WARNING, Phase.SEMANTIC, code, message, Optional.of(at));
    }

    /** A warning that stands at no place in a file. */
    public static Diagnostic warning(String code, String message) {
        return of(Severity.WARNING, Phase.SEMANTIC, code, message, Optional.empty());
    }

    private static Diagnostic of(Severity severity, Phase phase, String code, String message, Optional<Span> at) {
        return new Diagnostic(severity, phase, code, message, Optional.empty(), at, List.of(), List.of());
    }

    /** This diagnostic with a description of what stands at the place, as {@code identifier 'x'}. */
    public Diagnostic seeing(String what) {
        return new Diagnostic(severity, phase, code, message, Optional.of(what), primary, related, hints);
    }

    /** This diagnostic with one more place. */
    public Diagnostic withRelated(String label, Span span) {
        List<Related> more = new ArrayList<>(related);
        more.add(new Related(label, span));
        return new Diagnostic(severity, phase, code, message, saw, primary, more, hints);
    }

    /** This diagnostic with one more hint. */
    public Diagnostic withHint(String hint) {
        List<String> more = new ArrayList<>(hints);
        more.add(hint);
        return new Diagnostic(severity, phase, code, message, saw, primary, related, more);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
