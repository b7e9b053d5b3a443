package org.jstap.compiler.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.program.Global;

/**
 * What runs in the kernel, and where each global lives. The result of placement; no instruction is chosen yet.
 *
 * @param globals  as the program declares them
 * @param regexes  the patterns of the program
 * @param homes    for each global
 * @param handlers handlers of the kernel, in their final shape
 * @param locks    for each of {@code handlers} the lock that it holds while it runs
 * @param hostHandlers ids of handlers that run on the JVM
 */
public record KernelPlan(List<Global> globals, List<String> regexes, List<GlobalHome> homes, List<IrHandler> handlers,
                         List<OptionalInt> locks, List<Integer> hostHandlers, StringWidths widths, ControlLayout control, Limits limits) {
    public KernelPlan {
        regexes = List.copyOf(regexes);
        homes = List.copyOf(homes);
        handlers = List.copyOf(handlers);
        locks = List.copyOf(locks);
        hostHandlers = List.copyOf(hostHandlers);
    }

    /** Whether nothing of the script needs the kernel. */
    public boolean isEmpty() {
        return handlers.isEmpty();
    }

    /** The lock of a kernel handler, by the handler's id. */
    public Optional<Integer> lockOf(IrHandler handler) {
        for (int i = 0; i < handlers.size(); i++) {
            // By the number: comparing thousands of handlers with each other takes longer than all else.
            if (handlers.get(i).id() == handler.id()) {
                OptionalInt lock = locks.get(i);
                return lock.isPresent() ? Optional.of(lock.getAsInt()) : Optional.empty();
            }
        }
        throw new IllegalArgumentException("the handler " + handler.id() + " is none of the kernel's");
    }
}
