package org.jstap.compiler.kernel.transform;

/** How much of what globals hold a handler of the kernel looks at by itself. Each more costs the event more than the one before. */
enum Reach {
    /** It only adds to statistics, which are in banks. */
    ADDITIONS,
    /** It reads statistics and deletes them, which takes a lock. */
    STATISTICS,
    /** It looks at all elements of an array. */
    ARRAYS
}
