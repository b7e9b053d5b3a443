package org.jstap.compiler.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jstap.compiler.intrinsic.Effects;
import org.jstap.compiler.intrinsic.Intrinsic;

/** Which variables a piece of code reads and writes, and what else it does, with the functions that it calls. */
final class Uses {
    final Set<Variable> read = new HashSet<>();
    final Set<Variable> written = new HashSet<>();
    final Set<Routine> called = new HashSet<>();
    /** Output, an error, a change of the probed context…: anything that cannot be undone. */
    boolean effects;

    /** Whether it leaves a loop, the function or the handler. */
    boolean jumps;

    private final boolean intoCalls;
    private final Deque<Routine> pending = new ArrayDeque<>();

    private Uses(boolean intoCalls) {
        this.intoCalls = intoCalls;
    }

    /** With the bodies of all functions called, as far as side effects are asked for. */
    static Uses withCalls() {
        return new Uses(true);
    }

    /** Of this code alone. */
    static Uses ofCodeAlone() {
        return new Uses(false);
    }

    boolean hasSideEffects() {
        followCalls();
        return effects || jumps || !written.isEmpty();
    }

    Uses add(BoundStatement statement) {
        statement.rewriteExpressions(e -> {
            add(e);
            return e;
        });
        switch (statement) {
            case BoundStatement.Foreach s -> {
                written.addAll(s.keys);
                if (s.value.isPresent()) {
                    written.add(s.value.get());
                }
                if (s.array.isPresent()) {
                    read.add(s.array.get());
                }
            }
            case BoundStatement.Delete s -> {
                written.add(s.variable);
                if (!s.variable.isGlobal()) {
                    // As in SystemTap, where a local that is deleted counts as used.
                    read.add(s.variable);
                }
            }
            case BoundStatement.Try s -> {
                if (s.message.isPresent()) {
                    written.add(s.message.get());
                }
            }
            case BoundStatement.Return _, BoundStatement.Next _, BoundStatement.Break _, BoundStatement.Continue _ -> jumps = true;
            default -> { }
        }
        statement.rewriteStatements(s -> {
            add(s);
            return s;
        });
        return this;
    }

    Uses add(BoundExpression expression) {
        switch (expression) {
            case BoundExpression.VariableUse e -> read.add(e.variable);
            case BoundExpression.ElementUse e -> {
                read.add(e.variable);
                parts(e);
            }
            case BoundExpression.Membership e -> {
                read.add(e.array);
                parts(e);
            }
            case BoundExpression.Assignment e -> {
                write(e.place, e.readsPlace());
                add(e.value);
            }
            case BoundExpression.Accumulation e -> {
                write(e.place, false);
                add(e.value);
            }
            case BoundExpression.Crement e -> write(e.place, true);
            case BoundExpression.Invocation e -> {
                parts(e);
                for (Routine routine : e.overloads) {
                    call(routine);
                }
            }
            case BoundExpression.IntrinsicUse e -> {
                parts(e);
                effects |= hasEffects(e.intrinsic);
            }
            case BoundExpression.Output e -> {
                parts(e);
                effects |= e.toStream;
            }
            default -> parts(expression);
        }
        return this;
    }

    /** What gives nothing back is called for its effect; cutting a text into tokens remembers where it stopped. */
    private static boolean hasEffects(Intrinsic intrinsic) {
        return Effects.has(intrinsic);
    }

    private void call(Routine routine) {
        if (routine.intrinsic.isPresent()) {
            effects |= hasEffects(routine.intrinsic.get());
        }
        if (called.add(routine) && intoCalls && routine.body != null) {
            pending.add(routine);
        }
    }

    /** Looks into the functions called, one after the other, as chains of calls can be longer than the stack is deep. */
    private void followCalls() {
        for (Routine routine = pending.poll(); routine != null; routine = pending.poll()) {
            Uses inner = ofCodeAlone().add(routine.body);
            effects |= inner.effects;
            addGlobals(inner.read, read);
            addGlobals(inner.written, written);
            for (Routine further : inner.called) {
                call(further);
            }
        }
    }

    private static void addGlobals(Set<Variable> from, Set<Variable> to) {
        for (Variable variable : from) {
            if (variable.isGlobal()) {
                to.add(variable);
            }
        }
    }

    private void write(BoundExpression place, boolean alsoRead) {
        switch (place) {
            case BoundExpression.VariableUse e -> {
                written.add(e.variable);
                if (alsoRead) {
                    read.add(e.variable);
                }
            }
            case BoundExpression.ElementUse e -> {
                written.add(e.variable);
                if (alsoRead) {
                    read.add(e.variable);
                }
                parts(e);
            }
            default -> {
                effects = true;
                add(place);
            }
        }
    }

    private void parts(BoundExpression expression) {
        expression.rewrite(e -> {
            add(e);
            return e;
        });
    }
}
