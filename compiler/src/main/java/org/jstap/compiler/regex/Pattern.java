package org.jstap.compiler.regex;

import java.util.List;

/** A pattern as a tree. */
sealed interface Pattern {
    /** Matches nothing at all, successfully. */
    record Empty() implements Pattern { }

    /** One byte of a set. */
    record Bytes(ByteSet set) implements Pattern { }

    record Sequence(List<Pattern> parts) implements Pattern { }

    /** Earlier alternatives come first where the text alone does not decide. */
    record Alternatives(List<Pattern> choices) implements Pattern { }

    /** @param most negative for no bound */
    record Repeat(Pattern part, int least, int most) implements Pattern { }

    /** @param number from 1, by the opening parentheses */
    record Group(Pattern part, int number) implements Pattern { }

    record TextStart() implements Pattern { }

    record TextEnd() implements Pattern { }
}
