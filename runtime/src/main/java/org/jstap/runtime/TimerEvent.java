package org.jstap.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.program.ProbeSite;

/**
 * A periodic timer whose handlers run on the JVM.
 *
 * @param point     the probe point
 * @param period    nanoseconds
 * @param randomize nanoseconds by which a turn is early or late at most
 * @param handlers  all of that probe point, in the order of the script
 */
record TimerEvent(String point, long period, long randomize, List<IrHandler> handlers) {

    /** The timers of the given handlers; those with the same probe point are one. */
    static List<TimerEvent> of(List<IrHandler> handlers) {
        List<TimerEvent> timers = new ArrayList<>();
        for (IrHandler handler : handlers) {
            for (ProbeSite site : handler.sites()) {
                if (site instanceof ProbeSite.Timer timer) {
                    add(timers, timer, handler);
                }
            }
        }
        return timers;
    }

    private static void add(List<TimerEvent> timers, ProbeSite.Timer timer, IrHandler handler) {
        for (TimerEvent known : timers) {
            if (known.point.equals(timer.text())) {
                known.handlers.add(handler);
                return;
            }
        }
        List<IrHandler> handlers = new ArrayList<>();
        handlers.add(handler);
        timers.add(new TimerEvent(timer.text(), timer.period(), timer.randomize(), handlers));
    }
}
