package org.jstap.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.Local;
import org.jstap.compiler.program.Stmt;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** Makes {@link Stmt} of typed bound statements. */
final class StatementEmitter {
    private final ExpressionEmitter expressions;
    private final List<Local> locals;
    private final Optional<Routine> routine;

    /** @param locals of the handler or function; grows by what loops over global variables need */
    StatementEmitter(List<String> regexes, List<Local> locals, Optional<Routine> routine) {
        this.expressions = new ExpressionEmitter(regexes);
        this.locals = locals;
        this.routine = routine;
    }

    ExpressionEmitter expressions() {
        return expressions;
    }

    Stmt emit(BoundStatement statement) {
        return switch (statement) {
            case BoundStatement.Block s -> {
                List<Stmt> statements = new ArrayList<>();
                for (BoundStatement inner : s.statements) {
                    statements.add(emit(inner));
                }
                yield new Stmt.Block(statements, s.span);
            }
            case BoundStatement.Nothing s -> new Stmt.Block(List.of(), s.span);
            case BoundStatement.Evaluate s -> new Stmt.Evaluate(expressions.emit(s.expression), s.span);
            case BoundStatement.If s -> new Stmt.If(expressions.emit(s.condition), emit(s.then),
                    s.otherwise.isEmpty() ? Optional.empty() : Optional.of(emit(s.otherwise.get())), s.span);
            case BoundStatement.Loop s -> loop(s);
            case BoundStatement.Foreach s -> foreach(s);
            case BoundStatement.Return s -> new Stmt.Return(emit(s.value), s.span);
            case BoundStatement.Delete s -> delete(s);
            case BoundStatement.Next s -> new Stmt.Next(following(), s.span);
            case BoundStatement.Break s -> new Stmt.Break(s.span);
            case BoundStatement.Continue s -> new Stmt.Continue(s.span);
            case BoundStatement.Try s -> attempt(s);
        };
    }

    private Optional<Expr> emit(Optional<BoundExpression> expression) {
        return expression.isEmpty() ? Optional.empty() : Optional.of(expressions.emit(expression.get()));
    }

    private OptionalInt following() {
        return routine.isEmpty() || routine.get().following.isEmpty() ? OptionalInt.empty() : routine.get().following.get().id;
    }

    private Stmt loop(BoundStatement.Loop s) {
        Stmt loop = new Stmt.While(emit(s.condition), emit(s.body), emit(s.step), s.isFor, s.span);
        if (s.init.isEmpty()) {
            return loop;
        }
        Stmt init = new Stmt.Evaluate(expressions.emit(s.init.get()), s.init.get().span);
        return new Stmt.Block(List.of(init, loop), s.span);
    }

    private Stmt foreach(BoundStatement.Foreach s) {
        List<Stmt> prologue = new ArrayList<>();
        List<Local> keys = new ArrayList<>();
        for (Variable key : s.keys) {
            keys.add(taking(key, prologue));
        }
        Optional<Local> value = s.value.isEmpty() ? Optional.empty() : Optional.of(taking(s.value.get(), prologue));
        Stmt.Source source;
        if (s.array.isPresent()) {
            source = new Stmt.ArraySource(s.array.get().emittedGlobal);
        } else {
            BoundExpression.Extraction histogram = (BoundExpression.Extraction) s.histogram.orElseThrow();
            source = new Stmt.HistogramSource(expressions.statistic(histogram.statistic), ExpressionEmitter.shape(histogram));
        }
        List<Optional<Expr>> slices = new ArrayList<>();
        for (Optional<BoundExpression> slice : s.slices) {
            slices.add(emit(slice));
        }
        return new Stmt.Foreach(source, keys, value, List.copyOf(slices), s.sort, emit(s.limit), with(prologue, s.body), s.span);
    }

    private Stmt attempt(BoundStatement.Try s) {
        List<Stmt> prologue = new ArrayList<>();
        Optional<Local> message = s.message.isEmpty() ? Optional.empty() : Optional.of(taking(s.message.get(), prologue));
        return new Stmt.Try(emit(s.body), message, with(prologue, s.handler), s.span);
    }

    private Stmt with(List<Stmt> prologue, BoundStatement body) {
        if (prologue.isEmpty()) {
            return emit(body);
        }
        List<Stmt> statements = new ArrayList<>(prologue);
        statements.add(emit(body));
        return new Stmt.Block(statements, body.span);
    }

    /** The local that takes a value; where the script names a global, a local stands in and is copied first thing. */
    private Local taking(Variable variable, List<Stmt> prologue) {
        if (!variable.isGlobal()) {
            return variable.emittedLocal;
        }
        Local standIn = new Local(locals.size(), "__" + variable.name, variable.type.type());
        locals.add(standIn);
        Span at = variable.span;
        prologue.add(new Stmt.Evaluate(new Expr.Assign(new Expr.GlobalPlace(variable.emittedGlobal, at), Optional.empty(), false,
                new Expr.LocalPlace(standIn, at), at), at));
        return standIn;
    }

    private Stmt delete(BoundStatement.Delete s) {
        if (s.variable.isGlobal()) {
            return new Stmt.Delete(s.variable.emittedGlobal, expressions.open(s.keys), s.span);
        }
        Local local = s.variable.emittedLocal;
        Expr empty = local.type() == Type.STRING ? new Expr.TextValue("", s.span) : new Expr.NumberValue(0, s.span);
        return new Stmt.Evaluate(new Expr.Assign(new Expr.LocalPlace(local, s.span), Optional.empty(), false, empty, s.span), s.span);
    }
}
