package org.jstap.compiler.host;

import java.util.ArrayList;
import java.util.List;
import org.jstap.language.source.Span;

/**
 * A run-time error of a script on its way to the innermost {@code try}, or out of the handler. Carries no stack trace: it is part
 * of the script's control flow. The calls that it left are added as it passes them.
 */
public final class ScriptError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Span span;
    private final boolean catchable;
    private final transient List<Span> calls = new ArrayList<>();

    private ScriptError(String text, Span span, boolean catchable) {
        super(text, null, false, false);
        this.span = span;
        this.catchable = catchable;
    }

    /** An error that {@code try} catches. */
    public static ScriptError at(Span span, String text) {
        return new ScriptError(text, span, true);
    }

    /** An error that ends the handler whatever {@code try} there is. */
    public static ScriptError uncatchable(Span span, String text) {
        return new ScriptError(text, span, false);
    }

    /** Text as {@code catch} stores it, without a place. */
    public String text() {
        return getMessage();
    }

    public Span span() {
        return span;
    }

    public boolean catchable() {
        return catchable;
    }

    /** The calls within which the error happened, the innermost first. */
    public List<Span> calls() {
        return List.copyOf(calls);
    }

    /** Notes a call that the error leaves. */
    public void leaves(Span call) {
        calls.add(call);
    }

    /** The same error, reported at another place: SystemTap names the statement that ran last at a probe point. */
    public ScriptError reportedAt(Span place) {
        return new ScriptError(text(), place, catchable);
    }
}
