package org.jstap.runtime;

import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;

/** What handlers on the JVM share with handlers in the kernel. The defaults are for scripts that have none there. */
interface Sharing {
    Sharing NONE = new Sharing() { };

    /** Brings what these handlers use up to date, and keeps kernel handlers from it that need it for themselves. */
    default void beforeHandlers(List<IrHandler> handlers) { }

    /** The same for what a handler in the kernel has left to the host. */
    default void beforeBlock(Code block) { }

    /** Lets them go on. */
    default void afterHandlers() { }

    /** Brings all globals up to date. */
    default void beforeDisplay() { }

    /** Whether a handler is one of the kernel's. */
    default boolean owns(IrHandler handler) {
        return false;
    }

    /** Runs such a handler once, with so many statements at most; returns what is left of them. */
    default long run(IrHandler handler, long actions) {
        return actions;
    }

    /** Hands over what it has written. */
    default void take() { }
}
