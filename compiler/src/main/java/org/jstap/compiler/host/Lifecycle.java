package org.jstap.compiler.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jstap.compiler.host.stat.Buckets;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.host.text.Arguments;
import org.jstap.compiler.host.text.TextBuffer;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.ProbeSite;

/**
 * The order of a session: begin probes by priority, whatever happens then, end probes or error probes, the globals that nobody read;
 * errors counted and told. Timers, kernel events and the reasons to end are the runtime's.
 */
public final class Lifecycle {
    /** Begin, end and error probes may run that many times more statements than other events. */
    private static final int PATIENCE = 10;

    /** Where lines for the user go, other than script output: standard error. */
    public interface Messages {
        /** A line without its end. */
        void line(String text);
    }

    /**
     * What the command line says about a session.
     *
     * @param suppressErrors  errors are counted, not told, and end nothing (--suppress-handler-errors)
     * @param displayGlobals  whether globals that nobody reads are shown at the end
     * @param showWarnings    whether warnings are told
     */
    public record Options(boolean suppressErrors, boolean displayGlobals, boolean showWarnings) {
        public static final Options DEFAULT = new Options(false, true, true);
    }

    private enum Kind { BEGIN, END, ERROR }

    private record Event(String point, long priority, List<IrHandler> handlers) { }

    private final IrProgram program;
    private final Limits limits;
    private final GlobalStorage globals;
    private final HostMachine machine;
    private final HostServices services;
    private final Messages messages;
    private final Options options;
    private long errors;
    private long skipped;
    private long missed;
    private boolean failed;
    /** Whether a begin, end or error probe runs. */
    private boolean ofSession;
    private Optional<String> lastOfSession = Optional.empty();

    public Lifecycle(IrProgram program, Limits limits, GlobalStorage globals, HostServices services, Messages messages,
                     Options options) {
        this.program = program;
        this.limits = limits;
        this.globals = globals;
        this.services = services;
        this.messages = messages;
        this.options = options;
        this.machine = new HostMachine(program, limits, globals, services);
    }

    public HostMachine machine() {
        return machine;
    }

    /**
     * Makes the globals ready and runs the begin probes; after {@code exit()} in one of them, none at a later point.
     *
     * @return false where the session cannot start: then nothing else is to be run, {@link #finish} included
     */
    public boolean start() {
        for (Global global : program.globals()) {
            if (global.shape().histogram().isPresent()) {
                Optional<String> problem = Buckets.problem(global.shape().histogram().get());
                if (problem.isPresent()) {
                    messages.line("WARNING: " + problem.get());
                    messages.line("ERROR: global variable '__global_" + global.name() + "' allocation failed");
                    failed = true;
                    errors++;
                    return false;
                }
            }
        }
        for (Event event : events(Kind.BEGIN)) {
            if (failed || services.exitCalls() > 0) {
                break;
            }
            run(event);
        }
        return true;
    }

    /** Whether errors have ended the session. */
    public boolean hasFailed() {
        return failed;
    }

    /**
     * Runs the handlers of an event other than begin, end and error. They are those at one probe point.
     *
     * @return false after an error
     */
    public boolean event(String point, List<IrHandler> handlers) {
        Optional<ScriptError> error = machine.runEvent(point, handlers, limits.maxAction());
        if (error.isPresent()) {
            report(ErrorText.line(error.get(), point));
        }
        return error.isEmpty();
    }

    /** Runs what a handler elsewhere has left to the host. Its errors are that handler's. */
    public void block(String point, String name, Code block, Arguments arguments) {
        Optional<ScriptError> error = machine.runBlock(point, name, block, arguments,
                ofSession ? limits.maxAction() * PATIENCE : limits.maxAction());
        if (error.isPresent()) {
            report(ErrorText.line(error.get(), point));
        }
    }

    /**
     * Counts an error and tells it, as it happened in a handler that ran elsewhere; {@code line} as {@link ErrorText} makes it. Of
     * begin, end and error probes at one point only the last one counts, as in SystemTap.
     */
    public void report(String line) {
        if (ofSession) {
            lastOfSession = Optional.of(line);
        } else {
            count(line);
        }
    }

    private void count(String line) {
        errors++;
        if (options.suppressErrors()) {
            return;
        }
        messages.line(line);
        if (errors > limits.maxErrors()) {
            failed = true;
        }
    }

    /** Ends the session with an error that no limit of errors or wish for silence covers. */
    public void fail(String line) {
        errors++;
        failed = true;
        messages.line(line);
    }

    /** Counts handlers that could not run. Too many end the session. */
    public void skip(long count) {
        skipped += count;
        if (!failed && skipped > limits.maxSkipped() && !options.suppressErrors()) {
            failed = true;
            messages.line("ERROR: Skipped too many probes (" + skipped + "), check MAXSKIPPED (" + limits.maxSkipped() + ")");
        }
    }

    /** Counts events for which no handler was run. As in SystemTap the summary tells of them, and no limit covers them. */
    public void miss(long count) {
        missed += count;
    }

    /** Runs the end probes, or after errors the error probes up to the first that calls {@code exit()}, shows the globals that nobody read, and sums up. */
    public void finish() {
        if (!failed) {
            for (Event event : events(Kind.END)) {
                if (!failed) {
                    run(event);
                }
            }
            if (!failed && options.displayGlobals()) {
                display();
            }
        }
        if (failed) {
            int exits = services.exitCalls();
            for (Event event : events(Kind.ERROR)) {
                if (services.exitCalls() == exits) {
                    run(event);
                }
            }
        }
        if (options.showWarnings() && (errors > 0 || skipped + missed > 0)) {
            messages.line("WARNING: Number of errors: " + errors + ", skipped probes: " + (skipped + missed));
        }
    }

    /** Exit status: 1 after an error that was told. */
    public int status() {
        return failed || errors > 0 && !options.suppressErrors() ? 1 : 0;
    }

    private void display() {
        try {
            services.beforeDisplay();
        } catch (ScriptError error) {
            report(ErrorText.line(error, "end"));
            return;
        }
        TextBuffer out = new TextBuffer();
        GlobalDisplay.print(program.globals(), globals, out);
        if (out.length() > 0) {
            services.print(out.bytes(), 0, out.length());
        }
    }

    private void run(Event event) {
        ofSession = true;
        lastOfSession = Optional.empty();
        Optional<ScriptError> error = machine.runEvent(event.point(), event.handlers(), limits.maxAction() * PATIENCE);
        ofSession = false;
        if (error.isPresent()) {
            count(ErrorText.line(error.get(), event.point()));
        } else if (lastOfSession.isPresent()) {
            count(lastOfSession.get());
        }
    }

    /**
     * The events of one kind by priority, handlers of one point together in the order of the script. One that has a condition is an
     * event by itself, as in SystemTap.
     */
    private List<Event> events(Kind kind) {
        List<Event> events = new ArrayList<>();
        for (IrHandler handler : program.handlers()) {
            for (ProbeSite site : handler.sites()) {
                OptionalLong priority = priority(site, kind);
                if (priority.isPresent()) {
                    place(events, site.text(), priority.getAsLong(), handler);
                }
            }
        }
        return events;
    }

    /** Priority of a site of a kind, absent for one of another kind. */
    private static OptionalLong priority(ProbeSite site, Kind kind) {
        return switch (site) {
            case ProbeSite.Begin begin when kind == Kind.BEGIN -> OptionalLong.of(begin.priority());
            case ProbeSite.End end when kind == Kind.END -> OptionalLong.of(end.priority());
            case ProbeSite.Error error when kind == Kind.ERROR -> OptionalLong.of(error.priority());
            default -> OptionalLong.empty();
        };
    }

    private static void place(List<Event> events, String point, long priority, IrHandler handler) {
        int index = 0;
        while (index < events.size() && events.get(index).priority() <= priority) {
            Event event = events.get(index);
            if (event.priority() == priority && event.point().equals(point) && handler.condition().isEmpty()
                    && event.handlers().getFirst().condition().isEmpty()) {
                event.handlers().add(handler);
                return;
            }
            index++;
        }
        List<IrHandler> handlers = new ArrayList<>();
        handlers.add(handler);
        events.add(index, new Event(point, priority, handlers));
    }
}
