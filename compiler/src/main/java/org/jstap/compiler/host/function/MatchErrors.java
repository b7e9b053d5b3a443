package org.jstap.compiler.host.function;

/** What is wrong with asking for a group of the last match. */
public final class MatchErrors {
    /** In front of what was asked for, where nothing was found. */
    public static final String ASKED = "Attempted to get subexpression ";
    /** Behind it. */
    public static final String NOT_FOUND = " from failed match";
    /** What was asked for where that is the number of groups. */
    public static final String COUNT = "count";
    /** In front of a number that no group has. */
    public static final String NO_SUCH = "Attempted to get nonexistent subexpression ";

    private MatchErrors() { }
}
