package org.jstap.compiler.regex;

/** The door to this package: a pattern compiled, or why it cannot be. */
public sealed interface Regex {
    /** A pattern that can be run. */
    record Compiled(Matcher matcher) implements Regex { }

    /**
     * A pattern with a mistake.
     *
     * @param position byte in the pattern, from 0
     * @param message  what is wrong, as {@code expected ), found end of regex}
     */
    record Refused(int position, String message) implements Regex { }

    /** Compiles a pattern of one byte per char. */
    static Regex compile(String pattern) {
        try {
            return new Compiled(new Matcher(Automaton.of(new PatternParser(pattern).parse())));
        } catch (PatternException mistake) {
            return new Refused(mistake.position(), mistake.getMessage());
        }
    }
}
