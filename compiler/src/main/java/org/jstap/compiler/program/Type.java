package org.jstap.compiler.program;

/** What a value of the language can be. {@code VOID} is the result of a function that returns nothing; read as a number it is 0. */
public enum Type {
    LONG, STRING, STATS, VOID;

    /** The word for this type in messages, as the language reference has it. */
    public String word() {
        return switch (this) {
            case LONG -> "long";
            case STRING -> "string";
            case STATS -> "stats";
            case VOID -> "unknown";
        };
    }
}
