package org.jstap.language.tree;

/** The types that a value can have. A script can spell only the first two. */
public enum ValueType {
    /** A signed 64-bit number; {@code long} in a script. */
    LONG("long"),
    /** A byte string; {@code string} in a script. */
    STRING("string"),
    /** A statistic, fed by {@code <<<}; has no spelling. */
    STATS("stats");

    private final String text;

    ValueType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
