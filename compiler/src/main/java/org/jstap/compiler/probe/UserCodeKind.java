package org.jstap.compiler.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.probe.ProbeKind.Found;
import org.jstap.compiler.probe.ProcessKind.Processes;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.Statement;
import org.jstap.symbols.NearNames;

/** Functions, addresses and marks of programs and libraries. */
final class UserCodeKind {
    private static final String NO_DEBUGINFO = "parameters of user-space functions can be found by debuginfo only, which jstap does"
            + " not use; ulong_arg(n) and its like give the arguments by their position";
    private static final List<String> FUNCTION_SUFFIXES = List.of("call", "return", "exported", "inline", "callee", "callees",
            "label");

    private final Processes processes;
    private final Path path;
    private final String spelling;
    private final Optional<Statement.Block> guard;

    private UserCodeKind(Processes processes, Path path, String spelling, Optional<Statement.Block> guard) {
        this.processes = processes;
        this.path = path;
        this.spelling = spelling;
        this.guard = guard;
    }

    static List<Found> resolve(ProbePoint point, Processes processes, UserPaths paths) {
        List<ProbePoint.Component> parts = point.components();
        ProbePoint.Component what = parts.get(1);
        if (processes.file().isEmpty()) {
            throw Points.error("probe-mismatch", "'process' needs the path of a program here, as process(\"/bin/ls\")."
                    + what.asText(), parts.getFirst(), "or name one by -c or -x");
        }
        if (!what.name().equals("library")) {
            return new UserCodeKind(processes, processes.file().get(), processes.spelling(), Optional.empty()).code(parts, 1);
        }
        if (parts.size() < 3) {
            throw Points.error("probe-mismatch", "'library' needs a part behind it, as library(\"libc.so.6\").function(\"malloc\")",
                    what);
        }
        List<Found> found = new ArrayList<>();
        Optional<DiagnosticException> problem = Optional.empty();
        for (Path library : paths.libraries(what, Points.text(what), processes.file().get())) {
            String spelled = processes.spelling() + ".library(" + ProcessGuards.quoted(library.toString()) + ")";
            Optional<Statement.Block> ofProgram = processes.pid() >= 0 ? Optional.empty()
                    : Optional.of(Snippets.unless(processes.guard()));
            try {
                found.addAll(new UserCodeKind(processes, library, spelled, ofProgram).code(parts, 2));
            } catch (DiagnosticException e) {
                problem = Optional.of(e);
            }
        }
        // Not all of the libraries that a pattern means need have what is looked for.
        if (found.isEmpty() && problem.isPresent()) {
            throw problem.get();
        }
        return found;
    }

    private List<Found> code(List<ProbePoint.Component> parts, int index) {
        ProbePoint.Component what = parts.get(index);
        List<ProbePoint.Component> rest = parts.subList(index + 1, parts.size());
        try (UserProgram program = UserProgram.open(path)) {
            return switch (what.name()) {
                case "function" -> functions(program, what, rest);
                case "statement" -> statement(program, what, rest);
                case "mark" -> marks(program, "*", what, rest);
                case "provider" -> {
                    if (rest.isEmpty() || !rest.getFirst().name().equals("mark")) {
                        throw Points.error("probe-mismatch", "'provider' needs a mark behind it", what);
                    }
                    yield marks(program, Points.text(what), rest.getFirst(), rest.subList(1, rest.size()));
                }
                case "plt" -> linkage(program, what, rest);
                case "insn" -> throw Points.error("unsupported-probe", ".insn probes are not supported", what);
                default -> throw Points.unknown(what, List.of("function", "statement", "mark", "plt", "provider", "library", "begin", "end",
                        "thread", "syscall"));
            };
        } catch (IOException e) {
            throw Points.error("no-program", "'" + path + "' cannot be read: " + e.getMessage(), parts.getFirst());
        }
    }

    /** {@code .plt}, {@code .plt("name")} and their returns: calls of functions that are in other files. */
    private List<Found> linkage(UserProgram program, ProbePoint.Component what, List<ProbePoint.Component> rest) throws IOException {
        String pattern = what.argument().isEmpty() ? "*" : Points.text(what);
        boolean isReturn = !rest.isEmpty();
        if (isReturn && !rest.getFirst().name().equals("return")) {
            throw Points.unknown(rest.getFirst(), List.of("return"));
        }
        if (rest.size() > 1) {
            throw Points.error("probe-mismatch", "nothing can follow 'return' here", rest.get(1));
        }
        if (!program.knowsLinkage()) {
            throw Points.error("unsupported-probe", ".plt probes are for programs of x86-64", what,
                    "probe the function in its library: process(\"libc.so.6\").function(\"malloc\")");
        }
        // One handler for all calls: the name is that of the place where it runs.
        ProbeContext context = new ProbeContext(true, List.of(), OptionalInt.empty(), NO_DEBUGINFO,
                Map.of("$$name", Snippets.expression("probefunc()")));
        List<Found> found = new ArrayList<>();
        for (UserProgram.Function entry : program.linkage(pattern)) {
            found.add(found(spelling + ".plt(" + ProcessGuards.quoted(entry.name()) + ")" + (isReturn ? ".return" : ""), entry.name(),
                    entry.offset(), 0, isReturn, context));
        }
        if (found.isEmpty()) {
            List<String> names = new ArrayList<>();
            for (UserProgram.Function entry : program.linkage("*")) {
                names.add(entry.name());
            }
            List<String> near = NearNames.find(pattern, names, 5);
            throw Points.error("no-plt", names.isEmpty() ? path + " has no procedure linkage table (it may be linked statically, or built"
                    + " with -fno-plt)" : "no entry of the procedure linkage table of " + path + " matches '" + pattern + "'"
                    + (near.isEmpty() ? "" : " (similar: " + String.join(", ", near) + ")"), what);
        }
        return found;
    }

    private Found found(String text, String name, long offset, long semaphore, boolean isReturn, ProbeContext context) {
        return new Found(new ProbeSite.UserCode(text, path.toString(), name, offset, semaphore, isReturn, processes.pid()), context,
                guard);
    }

    private List<Found> functions(UserProgram program, ProbePoint.Component what, List<ProbePoint.Component> rest)
            throws IOException {
        String pattern = Points.text(what);
        if (pattern.indexOf('@') >= 0) {
            throw Points.error("unsupported-probe", "source files of programs can be found by debuginfo only, which jstap does not"
                    + " use", what, "leave the file away: \"" + pattern.substring(0, pattern.indexOf('@')) + "\"");
        }
        boolean isReturn = false;
        StringBuilder suffix = new StringBuilder();
        for (ProbePoint.Component part : rest) {
            switch (part.name()) {
                case "call", "exported" -> Points.noArgument(part);
                case "return" -> isReturn = true;
                case "inline", "callee", "callees", "label" -> throw Points.error("unsupported-probe", "." + part.name()
                        + " can be found by debuginfo only, which jstap does not use", part);
                default -> throw Points.unknown(part, FUNCTION_SUFFIXES);
            }
            suffix.append('.').append(part.asText());
        }
        List<Found> found = new ArrayList<>();
        ProbeContext context = new ProbeContext(true, List.of(), OptionalInt.empty(), NO_DEBUGINFO);
        for (UserProgram.Function function : program.functions(pattern)) {
            found.add(found(spelling + ".function(" + ProcessGuards.quoted(function.name()) + ")" + suffix, function.name(),
                    function.offset(), 0, isReturn, context));
        }
        if (found.isEmpty()) {
            List<String> near = NearNames.find(pattern, program.functionNames(), 5);
            throw Points.error("no-function", "no function of " + path + " matches '" + pattern + "'" + (near.isEmpty() ? ""
                    : " (similar: " + String.join(", ", near) + ")"), what, program.functionNames().isEmpty()
                    ? "the file has no symbols" : "");
        }
        return found;
    }

    private List<Found> statement(UserProgram program, ProbePoint.Component what, List<ProbePoint.Component> rest) {
        if (what.argument().isPresent() && what.argument().get() instanceof Expression.StringLiteral) {
            throw Points.error("unsupported-probe", "source lines of programs can be found by debuginfo only, which jstap does not use",
                    what, "give the address of an instruction: .statement(0x1234)");
        }
        long address = Points.number(what);
        for (ProbePoint.Component part : rest) {
            if (!part.name().equals("absolute")) {
                throw Points.unknown(part, List.of("absolute"));
            }
        }
        long offset = program.offset(address);
        if (offset < 0) {
            throw Points.error("no-statement", "0x" + Long.toHexString(address) + " is no address of " + path, what);
        }
        return List.of(found(spelling + ".statement(0x" + Long.toHexString(address) + ")", "", offset, 0, false,
                new ProbeContext(true, List.of(), OptionalInt.empty(), NO_DEBUGINFO)));
    }

    private List<Found> marks(UserProgram program, String provider, ProbePoint.Component what, List<ProbePoint.Component> rest)
            throws IOException {
        if (!rest.isEmpty()) {
            throw Points.error("probe-mismatch", "nothing can follow 'mark' here", rest.getFirst());
        }
        List<Found> found = new ArrayList<>();
        for (UserProgram.Mark mark : program.marks(provider, Points.text(what))) {
            String text = spelling + ".provider(" + ProcessGuards.quoted(mark.provider()) + ").mark("
                    + ProcessGuards.quoted(mark.name()) + ")";
            found.add(found(text, mark.name(), mark.offset(), mark.semaphore(), false, context(mark)));
        }
        if (found.isEmpty()) {
            List<String> names = new ArrayList<>();
            for (UserProgram.Mark mark : program.marks("*", "*")) {
                names.add(mark.name());
            }
            List<String> near = NearNames.find(Points.text(what), names, 5);
            throw Points.error("no-mark", names.isEmpty() ? path + " has no marks" : "no mark of " + path + " matches '"
                    + Points.text(what) + "'" + (near.isEmpty() ? "" : " (similar: " + String.join(", ", near) + ")"), what);
        }
        return found;
    }

    private static ProbeContext context(UserProgram.Mark mark) {
        Map<String, Expression> variables = new LinkedHashMap<>();
        variables.put("$$name", Snippets.expression(ProcessGuards.quoted(mark.name())));
        variables.put("$$provider", Snippets.expression(ProcessGuards.quoted(mark.provider())));
        StringBuilder format = new StringBuilder();
        StringBuilder values = new StringBuilder();
        String missing = "";
        for (int i = 0; i < mark.arguments().size(); i++) {
            Optional<String> value = MarkArguments.expression(mark.arguments().get(i));
            if (value.isPresent()) {
                variables.put("$arg" + (i + 1), Snippets.expression(value.get()));
                format.append(format.isEmpty() ? "" : " ").append("$arg").append(i + 1).append("=%#x");
                values.append(", ").append(value.get());
            } else {
                missing = "where the argument is ('" + mark.arguments().get(i) + "') cannot be told without debuginfo";
            }
        }
        Expression summary = Snippets.expression(values.isEmpty() ? "\"\"" : "sprintf(\"" + format + "\"" + values + ")");
        variables.put("$$parms", summary);
        variables.put("$$vars", summary);
        return new ProbeContext(true, List.of(), OptionalInt.empty(), missing, variables);
    }
}
