package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.language.source.Span;

/** What names mean inside one handler or function. Names that are nothing else become locals at their first use. */
final class Scope {
    final List<Variable> parameters;
    final List<Variable> locals;
    final Optional<Routine> routine;
    final TargetResolver targets;

    private Scope(List<Variable> parameters, List<Variable> locals, Optional<Routine> routine, TargetResolver targets) {
        this.parameters = parameters;
        this.locals = locals;
        this.routine = routine;
        this.targets = targets;
    }

    static Scope ofHandler(TargetResolver targets) {
        return new Scope(List.of(), new ArrayList<>(), Optional.empty(), targets);
    }

    static Scope ofFunction(Routine routine, TargetResolver targets) {
        return new Scope(routine.parameters, routine.locals, Optional.of(routine), targets);
    }

    Optional<Variable> find(String name) {
        for (Variable local : locals) {
            if (local.name.equals(name)) {
                return Optional.of(local);
            }
        }
        for (Variable parameter : parameters) {
            if (parameter.name.equals(name)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    Variable declare(String name, Span at) {
        Variable local = new Variable(Variable.Kind.LOCAL, name, at);
        locals.add(local);
        return local;
    }
}
