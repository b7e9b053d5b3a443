package org.jstap.compiler.host;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.host.node.Execution;
import org.jstap.compiler.host.node.Routine;
import org.jstap.compiler.host.node.Routines;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.regex.Matcher;
import org.jstap.compiler.regex.Regex;
import org.jstap.language.source.Span;

/** Runs handlers of one session on the JVM. For one thread at a time. */
public final class HostMachine {
    /** Statements that SystemTap spends on each further handler of one point, and on one that ended with an error. */
    private static final int JOINING = 1;
    private static final int RECOVERING = 3;

    private final Routines routines;
    private final Execution execution;
    private final HostServices services;
    private final IrProgram program;
    private final Map<Code, Routine> blocks = new IdentityHashMap<>();
    /** Whether a handler of the event at hand runs elsewhere. */
    private boolean isElsewhere;

    public HostMachine(IrProgram program, Limits limits, GlobalStorage globals, HostServices services) {
        routines = Routines.of(program, limits.textBytes());
        this.services = services;
        this.program = program;
        execution = new Execution(limits, globals, services, compile(program.regexes()));
    }

    private static List<Matcher> compile(List<String> patterns) {
        List<Matcher> regexes = new ArrayList<>(patterns.size());
        for (String pattern : patterns) {
            regexes.add(switch (Regex.compile(pattern)) {
                case Regex.Compiled(Matcher matcher) -> matcher;
                case Regex.Refused(int position, String message) ->
                        throw new IllegalArgumentException("pattern accepted by pass 2: " + message + " at " + position);
            });
        }
        return regexes;
    }

    /**
     * Runs the handlers of one event in order. As in SystemTap they share the event's budget of statements, an error in one does not
     * keep the others from running, and only the last error counts, at the place of the last call made. Once the budget is used up no
     * further one runs.
     *
     * @param point    the probe point, resolved, as {@code pp()} has it
     * @param handlers those at this point; the ones whose condition is false do not run
     * @param actions  statements that they may run together, 0 for no limit
     * @return the error, where there was one
     */
    public Optional<ScriptError> runEvent(String point, List<IrHandler> handlers, long actions) {
        try {
            services.beforeHandlers(handlers);
        } catch (ScriptError error) {
            services.afterHandlers();
            return Optional.of(error);
        }
        execution.beginEvent(point, actions);
        Optional<ScriptError> failure = Optional.empty();
        for (IrHandler handler : handlers) {
            if (execution.isExhausted()) {
                break;
            }
            if (handler != handlers.getFirst()) {
                execution.spend(JOINING);
            }
            if (services.runsElsewhere(handler)) {
                runElsewhere(handler);
                continue;
            }
            execution.beginHandler(handler.point());
            try {
                if (isArmed(handler)) {
                    run(handler, point);
                }
            } catch (ScriptError error) {
                failure = Optional.of(error);
                execution.spend(RECOVERING);
                continue;
            } catch (StackOverflowError _) {
                failure = Optional.of(ScriptError.uncatchable(handler.code().span(), "stack overflow in nested calls"));
                continue;
            }
            Optional<Span> last = execution.lastCall();
            if (failure.isPresent() && last.isPresent()) {
                failure = Optional.of(failure.get().reportedAt(last.get()));
            }
        }
        execution.flush();
        services.afterHandlers();
        return failure;
    }

    private void runElsewhere(IrHandler handler) {
        execution.flush();
        execution.goOnWith(services.runElsewhere(handler, execution.actionsLeft()));
        isElsewhere = true;
        services.takeFromElsewhere();
        isElsewhere = false;
    }

    private void run(IrHandler handler, String point) {
        Routine routine = routines.handlers().get(handler.id());
        if (!services.measuresHandlers()) {
            routine.runHandler(execution);
            return;
        }
        long start = services.monotonicClock();
        try {
            routine.runHandler(execution);
        } finally {
            services.handlerRan(handler, point, services.monotonicClock() - start);
        }
    }

    /**
     * Runs what a handler elsewhere has left to the host. Where that handler is one of an event that the host runs, the statements are
     * the event's.
     *
     * @param point     the probe point, resolved
     * @param name      the probe point as the script has it
     * @param block     takes {@code arguments} as its parameters
     * @param actions   statements that it may run otherwise, 0 for no limit
     * @return the error, where there was one
     */
    public Optional<ScriptError> runBlock(String point, String name, Code block, Arguments arguments, long actions) {
        Routine routine = blocks.computeIfAbsent(block, code -> routines.block(code, program, execution.limits().textBytes()));
        if (!isElsewhere) {
            execution.beginEvent(point, actions);
        }
        execution.beginHandler(name);
        Optional<ScriptError> failure = Optional.empty();
        try {
            services.beforeBlock(block);
            routine.runBlock(execution, arguments, block.parameters());
        } catch (ScriptError error) {
            failure = Optional.of(error);
        } catch (StackOverflowError _) {
            failure = Optional.of(ScriptError.uncatchable(block.span(), "stack overflow in nested calls"));
        } finally {
            execution.flush();
            services.afterHandlers();
        }
        return failure;
    }

    /** Whether a handler's condition holds now; true where it has none. */
    public boolean isArmed(IrHandler handler) {
        Optional<Routine> condition = routines.conditions().get(handler.id());
        return condition.isEmpty() || condition.get().runCondition(execution);
    }
}
