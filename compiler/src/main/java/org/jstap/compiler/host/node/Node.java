package org.jstap.compiler.host.node;

/** One operation, ready to run. */
abstract class Node {
    /** How an operation ended: control goes to the following one. */
    static final int NEXT = 0;
    /** Control leaves the innermost loop. */
    static final int BREAK = 1;
    /** Control goes to the next turn of the innermost loop. */
    static final int CONTINUE = 2;
    /** Control leaves the function, or the handler. */
    static final int RETURN = 3;
    /** Control leaves the handler, from within functions too. */
    static final int LEAVE = 4;
    /** Control leaves the scope with label 0; labels count up from here. */
    static final int FIRST_LABEL = 5;

    /** Runs it; the result is one of the constants above, or for a scope {@link #FIRST_LABEL} and its label. */
    abstract int run(Frame frame, Execution execution);
}
