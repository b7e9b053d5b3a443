package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.Function;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Handler;
import org.jstap.compiler.program.Local;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.program.StatShape;
import org.jstap.compiler.program.Stmt;
import org.jstap.compiler.program.Type;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.Diagnostics;

/** Makes the {@link Program} of a typed bound tree. */
final class Emitter {
    private final Unit unit;
    private final Map<String, String> overrides;
    private final Diagnostics diagnostics;
    private final List<String> regexes = new ArrayList<>();

    /** @param overrides values for globals given on the command line */
    Emitter(Unit unit, Map<String, String> overrides, Diagnostics diagnostics) {
        this.unit = unit;
        this.overrides = overrides;
        this.diagnostics = diagnostics;
    }

    Program emit() {
        List<Routine> live = unit.liveFunctions();
        List<Global> globals = globals();
        for (int i = 0; i < live.size(); i++) {
            live.get(i).id = OptionalInt.of(i);
        }
        List<Function> functions = new ArrayList<>();
        for (Routine routine : live) {
            functions.add(function(routine));
        }
        List<Handler> handlers = new ArrayList<>();
        for (Draft draft : unit.handlers) {
            handlers.add(handler(draft, handlers.size()));
        }
        List<Diagnostic> warnings = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics.all()) {
            if (!diagnostic.isError()) {
                warnings.add(diagnostic);
            }
        }
        return new Program(globals, functions, handlers, regexes, warnings);
    }

    // ---- globals

    private List<Global> globals() {
        Uses uses = unit.uses();
        Set<Variable> read = uses.read;
        Set<Variable> written = uses.written;
        List<Global> globals = new ArrayList<>();
        for (Variable variable : unit.names.globals()) {
            if (read.contains(variable) || written.contains(variable)) {
                variable.emittedGlobal = global(variable, globals.size(), read.contains(variable), written.contains(variable));
                globals.add(variable.emittedGlobal);
            }
        }
        return globals;
    }

    private Global global(Variable variable, int id, boolean read, boolean written) {
        List<Type> keys = new ArrayList<>();
        for (Typing key : variable.keys) {
            keys.add(key.type());
        }
        StatShape shape = new StatShape(variable.extractors, variable.bitShift.orElse(0), variable.histogram);
        return new Global(id, variable.name, keys, variable.type.type(), variable.size, variable.wrap, initial(variable), shape,
                read, written, variable.isLibrary(), variable.hidden, variable.span);
    }

    private Optional<Constant> initial(Variable variable) {
        String given = variable.isLibrary() ? null : overrides.get(variable.name);
        if (given == null || variable.arity > 0 || variable.type.type() == Type.STATS) {
            return variable.initial;
        }
        if (variable.type.type() == Type.STRING) {
            return Optional.of(new Constant.Text(given));
        }
        try {
            return Optional.of(new Constant.Number(Long.decode(given)));
        } catch (NumberFormatException _) {
            diagnostics.add(Diagnostic.warning("global-override", "the value '" + given + "' given for global '" + variable.name
                    + "' is not a number; its initial value stays", variable.span).seeing(Names.identifier(variable.name)));
            return variable.initial;
        }
    }

    // ---- functions and handlers

    private Function function(Routine routine) {
        List<Local> parameters = new ArrayList<>();
        List<Local> locals = new ArrayList<>();
        for (Variable parameter : routine.parameters) {
            // A parameter that nobody reads may have no type; it is still passed.
            Type type = parameter.type.known() ? parameter.type.type() : Type.LONG;
            parameter.emittedLocal = new Local(locals.size(), parameter.name, type);
            parameters.add(parameter.emittedLocal);
            locals.add(parameter.emittedLocal);
        }
        locals(routine.locals, locals);
        StatementEmitter statements = new StatementEmitter(regexes, locals, Optional.of(routine));
        Stmt body = routine.intrinsic.isPresent() ? standIn(routine, parameters) : statements.emit(routine.body);
        return new Function(routine.id.getAsInt(), routine.name, parameters, locals, routine.result.type(), body,
                routine.isLibrary(), routine.span);
    }

    private static Stmt standIn(Routine routine, List<Local> parameters) {
        List<Expr> arguments = new ArrayList<>();
        for (Local parameter : parameters) {
            arguments.add(new Expr.LocalPlace(parameter, routine.span));
        }
        Expr call = new Expr.IntrinsicCall(routine.intrinsic.orElseThrow(), arguments, routine.span);
        return call.type() == Type.VOID ? new Stmt.Evaluate(call, routine.span)
                : new Stmt.Return(Optional.of(call), routine.span);
    }

    private Handler handler(Draft draft, int id) {
        List<Local> locals = new ArrayList<>();
        locals(draft.scope.locals, locals);
        StatementEmitter statements = new StatementEmitter(regexes, locals, Optional.empty());
        Optional<Expr> condition = draft.condition.isEmpty() ? Optional.empty()
                : Optional.of(statements.expressions().emit(draft.condition.get()));
        Stmt body = statements.emit(draft.body);
        return new Handler(id, draft.point, draft.sites, draft.optional, condition, locals, body, draft.span);
    }

    private static void locals(List<Variable> variables, List<Local> out) {
        Map<String, Variable> seen = new HashMap<>();
        for (Variable variable : variables) {
            if (variable.type.known() && seen.put(variable.name, variable) == null) {
                variable.emittedLocal = new Local(out.size(), variable.name, variable.type.type());
                out.add(variable.emittedLocal);
            }
        }
    }
}
