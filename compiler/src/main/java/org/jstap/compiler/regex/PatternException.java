package org.jstap.compiler.regex;

/** A mistake in a pattern, on its way to {@link Regex#compile}. */
final class PatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    PatternException(int position, String message) {
        super(message, null, false, false);
        this.position = position;
    }

    int position() {
        return position;
    }
}
