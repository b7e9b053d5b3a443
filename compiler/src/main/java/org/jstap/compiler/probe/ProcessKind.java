package org.jstap.compiler.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;

/** {@code process}, {@code process("path")} and {@code process(pid)}: what happens to processes, and the code they run. */
final class ProcessKind implements ProbeKind {
    private static final List<String> PARTS = List.of("begin", "end", "thread", "syscall", "function", "statement", "mark",
            "provider", "library", "plt", "insn");

    private final UserPaths paths;

    ProcessKind(UserPaths paths) {
        this.paths = paths;
    }

    @Override
    public List<String> words() {
        return List.of("process");
    }

    /**
     * Which processes a point means.
     *
     * @param spelling how the point begins, with the path as it was found
     * @param file     the program that they run, where one is named
     * @param pid      the one process, or -1
     */
    record Processes(String spelling, Optional<Path> file, int pid) {
        String guard() {
            return pid >= 0 ? ProcessGuards.process(pid) : file.isPresent() ? ProcessGuards.program(file.get())
                    : ProcessGuards.target();
        }
    }

    @Override
    public List<Found> resolve(ProbePoint point, KernelView kernel) {
        List<ProbePoint.Component> parts = point.components();
        ProbePoint.Component first = parts.getFirst();
        if (parts.size() < 2) {
            throw Points.error("probe-mismatch", "'process' needs a part behind it, as process(\"path\").begin", first);
        }
        boolean code = !List.of("begin", "end", "thread", "syscall").contains(parts.get(1).name());
        List<Found> found = new ArrayList<>();
        Optional<DiagnosticException> problem = Optional.empty();
        for (Processes processes : processes(first, code)) {
            try {
                found.addAll(code ? UserCodeKind.resolve(point, processes, paths) : events(point, processes, kernel));
            } catch (DiagnosticException e) {
                problem = Optional.of(e);
            }
        }
        // Not all of the files that a pattern means need be programs with what is looked for.
        if (found.isEmpty() && problem.isPresent()) {
            throw problem.get();
        }
        return found;
    }

    private List<Processes> processes(ProbePoint.Component first, boolean code) {
        if (first.argument().isEmpty()) {
            Optional<Path> target = code ? paths.target() : Optional.empty();
            return List.of(target.isPresent() ? ofProgram(target.get()) : new Processes("process", Optional.empty(), -1));
        }
        if (first.argument().get() instanceof Expression.NumberLiteral number) {
            if (number.value() < 1 || number.value() > Integer.MAX_VALUE) {
                throw Points.error("probe-argument", "a process id is a number from 1 to " + Integer.MAX_VALUE, first);
            }
            int pid = (int) number.value();
            Path link = Path.of("/proc/" + pid + "/exe");
            if (code && !Files.exists(link)) {
                throw Points.error("no-process", "there is no process " + pid, first);
            }
            return List.of(new Processes("process(" + pid + ")", code ? Optional.of(link) : Optional.empty(), pid));
        }
        List<Processes> all = new ArrayList<>();
        for (Path path : paths.programs(first, Points.text(first))) {
            all.add(ofProgram(path));
        }
        return all;
    }

    private static Processes ofProgram(Path path) {
        return new Processes("process(" + ProcessGuards.quoted(path.toString()) + ")", Optional.of(path), -1);
    }

    private static List<Found> events(ProbePoint point, Processes processes, KernelView kernel) {
        List<ProbePoint.Component> parts = point.components();
        boolean thread = parts.get(1).name().equals("thread");
        if (thread && parts.size() < 3) {
            throw Points.error("probe-mismatch", "'thread' needs begin or end behind it", parts.get(1));
        }
        ProbePoint.Component event = parts.get(thread ? 2 : 1);
        Points.noArgument(parts.get(1));
        Points.noArgument(event);
        int last = thread ? 3 : 2;
        ProcessEvents events = new ProcessEvents(processes, event, kernel);
        List<Found> found = switch (event.name()) {
            case "begin" -> thread ? events.threadBegin() : events.begin();
            case "end" -> thread ? events.threadEnd() : events.end();
            case "syscall" -> {
                boolean atReturn = parts.size() > last && parts.get(last).name().equals("return");
                last += atReturn ? 1 : 0;
                yield thread ? null : events.syscall(atReturn);
            }
            default -> null;
        };
        if (found == null) {
            throw Points.unknown(event, thread ? List.of("begin", "end") : PARTS);
        }
        Points.end(point, last);
        return found;
    }

    /** Makes sites of tracepoints that stand for events of processes. */
    private record ProcessEvents(Processes processes, ProbePoint.Component at, KernelView kernel) {
        private static final String SYSTEM_CALL_ENTRY = "sys_enter";
        private static final String SYSTEM_CALL_EXIT = "sys_exit";
        /** A new task leaves the system call that made it on its way to user space; nothing else runs in its context before. */
        private static final String IS_NEW = "$__ret == 0 && __makes_task(__syscall_nr($__regs))";

        List<Found> begin() {
            List<Found> found = new ArrayList<>();
            found.addAll(tracepoint("sched_process_exec", ".begin", processes.guard(), Map.of()));
            found.addAll(tracepoint(SYSTEM_CALL_EXIT, ".begin", IS_NEW + " && tid() == pid() && " + processes.guard(), Map.of()));
            return found;
        }

        List<Found> end() {
            List<Found> found = new ArrayList<>(exit(".end", true));
            // What a process ran is over when it runs something else.
            if (!kernel.tracepoints("", "sched_prepare_exec").isEmpty()) {
                found.addAll(tracepoint("sched_prepare_exec", ".end", processes.guard(), Map.of()));
            }
            return found;
        }

        List<Found> threadBegin() {
            return tracepoint(SYSTEM_CALL_EXIT, ".thread.begin", IS_NEW + " && tid() != pid() && " + processes.guard(), Map.of());
        }

        List<Found> threadEnd() {
            return exit(".thread.end", false);
        }

        private List<Found> exit(String suffix, boolean last) {
            Found plain = TracepointKind.found("sched_process_exit", kernel.btf());
            boolean hasMemory = plain.context().arguments().size() > 1;
            if (hasMemory || processes.file().isEmpty()) {
                String which = last ? "__is_last_thread(0)" : "!__is_last_thread(0)";
                return tracepoint("sched_process_exit", suffix, "__is_user_task() && " + which + " && " + processes.guard(),
                        Map.of());
            }
            // Until Linux 6.15 the tracepoint comes when the task has given its memory away, and with it what it ran.
            List<FoundFunction> functions = kernel.functions("", "do_exit", "");
            if (functions.isEmpty()) {
                throw Points.error("no-function", "this kernel has no function 'do_exit' to see what a process ran at its end", at);
            }
            ProbeSite.KernelFunction exit = (ProbeSite.KernelFunction) FunctionKind.found(functions.getFirst(), "", false, kernel)
                    .site();
            String which = last ? "__is_last_thread(1)" : "!__is_last_thread(1)";
            return List.of(new Found(new ProbeSite.KernelFunction(processes.spelling() + suffix, exit.name(), exit.module(),
                    exit.address(), false, exit.funcId(), exit.arguments()), new ProbeContext(true, List.of(), OptionalInt.empty(), ""),
                    Optional.of(Snippets.unless("__is_user_task() && " + which + " && " + processes.guard()))));
        }

        List<Found> syscall(boolean atReturn) {
            if (atReturn) {
                return tracepoint(SYSTEM_CALL_EXIT, ".syscall.return", processes.guard(), Map.of(
                        "$syscall", Snippets.expression("__syscall_nr($__regs)"), "$return", Snippets.expression("$__ret")));
            }
            return tracepoint(SYSTEM_CALL_ENTRY, ".syscall", processes.guard(), Map.of(
                    "$syscall", Snippets.expression("$__id"), "$arg1", argument(1), "$arg2", argument(2), "$arg3", argument(3),
                    "$arg4", argument(4), "$arg5", argument(5), "$arg6", argument(6)));
        }

        private static Expression argument(int number) {
            return Snippets.expression("__syscall_argument($__regs, " + number + ")");
        }

        private List<Found> tracepoint(String name, String suffix, String guard,
                                       Map<String, Expression> variables) {
            if (kernel.tracepoints("", name).isEmpty()) {
                throw Points.error("no-tracepoint", "this kernel has no tracepoint '" + name + "'", at);
            }
            Found plain = TracepointKind.found(name, kernel.btf());
            ProbeSite.Tracepoint site = (ProbeSite.Tracepoint) plain.site();
            List<ProbeContext.Argument> arguments = new ArrayList<>();
            for (ProbeContext.Argument argument : plain.context().arguments()) {
                // Of no use to scripts, which are to work whatever stands for the event.
                arguments.add(new ProbeContext.Argument("__" + argument.name(), argument.index(), argument.type()));
            }
            return List.of(new Found(new ProbeSite.Tracepoint(processes.spelling() + suffix, site.name(), site.typedefId(),
                    site.arguments()), new ProbeContext(true, arguments, OptionalInt.empty(), "", variables),
                    Optional.of(Snippets.unless(guard))));
        }
    }
}
