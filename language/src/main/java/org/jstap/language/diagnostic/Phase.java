package org.jstap.language.diagnostic;

/** Which kind of error a diagnostic is; the printer's first words come from it. */
public enum Phase {
    /** Pass 1: {@code parse error}. */
    PARSE("parse error"),
    /** Pass 2: {@code semantic error}. */
    SEMANTIC("semantic error"),
    /** Pass 3 and later: {@code translation error}. */
    TRANSLATION("translation error");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /** The words in front of the message. */
    public String title() {
        return title;
    }
}
