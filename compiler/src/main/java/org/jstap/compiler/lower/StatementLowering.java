package org.jstap.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.Function;
import org.jstap.compiler.program.Local;
import org.jstap.compiler.program.Stmt;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** Lowers statements, with the counts of MAXACTION: one for each statement, and one for each turn of a loop. */
final class StatementLowering {
    private final BodyBuilder body;
    private final ExpressionLowering expressions;
    private final Optional<Function> function;

    /** @param function the function that is lowered; absent for a handler */
    StatementLowering(BodyBuilder body, Optional<Function> function) {
        this.body = body;
        this.expressions = new ExpressionLowering(body);
        this.function = function;
    }

    void lower(Stmt statement) {
        switch (statement) {
            case Stmt.Block block -> {
                for (Stmt inner : block.statements()) {
                    lower(inner);
                }
            }
            case Stmt.Evaluate evaluate -> {
                count(evaluate.span());
                expressions.lowerForEffect(evaluate.expression());
            }
            case Stmt.If branch -> branch(branch);
            case Stmt.While loop -> loop(loop);
            case Stmt.Foreach loop -> foreach(loop);
            case Stmt.Return leave -> {
                count(leave.span());
                body.add(new Op.Return(leave.value().map(expressions::lower), leave.span()));
            }
            case Stmt.Delete delete -> {
                count(delete.span());
                body.add(new Op.Delete(delete.global().id(), expressions.optionalOperands(delete.keys()), delete.span()));
            }
            case Stmt.Next next -> next(next);
            case Stmt.Break leave -> {
                count(leave.span());
                body.add(new Op.Break(leave.span()));
            }
            case Stmt.Continue turn -> {
                count(turn.span());
                body.add(new Op.Continue(turn.span()));
            }
            case Stmt.Try attempt -> {
                count(attempt.span());
                Region tried = body.region(() -> lower(attempt.body()));
                Region handler = body.region(() -> lower(attempt.handler()));
                body.add(new Op.Try(tried, attempt.message().map(body::local), handler, attempt.span()));
            }
        }
    }

    private void count(Span span) {
        body.add(new Op.Count(1, span));
    }

    private void branch(Stmt.If branch) {
        count(branch.span());
        Operand condition = expressions.lower(branch.condition());
        Region then = body.region(() -> lower(branch.then()));
        Region otherwise = branch.otherwise().isPresent() ? body.region(() -> lower(branch.otherwise().get())) : Region.EMPTY;
        body.add(new Op.If(condition, then, otherwise, branch.span()));
    }

    /**
     * {@code continue} has to reach the step, so a body that has one stands in a scope of its own, where leaving means going on
     * with the step.
     */
    private void loop(Stmt.While loop) {
        if (!loop.isFor()) {
            count(loop.span());
        }
        Region turn = body.region(() -> {
            if (loop.condition().isPresent()) {
                Operand condition = expressions.lower(loop.condition().get());
                Region leave = new Region(List.of(new Op.Break(loop.span())));
                body.add(new Op.If(condition, Region.EMPTY, leave, loop.span()));
            }
            count(loop.body().span());
            if (loop.step().isPresent()) {
                int label = expressions.nextLabel();
                Region inner = body.region(() -> lower(loop.body()));
                Region redirected = ContinueToScope.redirect(inner, label);
                if (redirected == inner) {
                    inner.ops().forEach(body::add);
                } else {
                    body.add(new Op.Scope(label, redirected, loop.span()));
                }
                expressions.lowerForEffect(loop.step().get());
            } else {
                lower(loop.body());
            }
        });
        body.add(new Op.Loop(turn, loop.span()));
        if (loop.isFor()) {
            // SystemTap counts entry and step of a for loop behind it: once, whatever the number of turns.
            body.add(new Op.Count(loop.step().isPresent() ? 2 : 1, loop.span()));
        }
    }

    private void foreach(Stmt.Foreach loop) {
        count(loop.span());
        List<Optional<Operand>> slices = expressions.optionalOperands(loop.slices());
        Optional<Operand> limit = loop.limit().map(expressions::lower);
        Optional<Variable> value = loop.value().map(body::local);
        List<Variable> keys = new ArrayList<>();
        for (Local key : loop.keys()) {
            keys.add(body.local(key));
        }
        switch (loop.source()) {
            case Stmt.ArraySource source -> body.add(new Op.Foreach(source.array().id(), keys, value, slices, loop.sort(), limit,
                    turn(loop), loop.span()));
            case Stmt.HistogramSource source -> {
                List<Operand> statKeys = expressions.operands(source.statistic().keys());
                body.add(new Op.ForeachBucket(source.statistic().global().id(), statKeys, source.histogram(), keys.getFirst(),
                        value, limit, turn(loop), loop.span()));
            }
        }
    }

    private Region turn(Stmt.Foreach loop) {
        return body.region(() -> {
            count(loop.body().span());
            lower(loop.body());
        });
    }

    private void next(Stmt.Next next) {
        count(next.span());
        if (function.isEmpty()) {
            body.add(new Op.LeaveHandler(next.span()));
            return;
        }
        if (next.overload().isEmpty()) {
            body.add(new Op.CallIntrinsic(Optional.empty(), Intrinsic.ERROR, List.of(new Operand.Text("all functions exhausted")),
                    next.span()));
            return;
        }
        List<Operand> arguments = new ArrayList<>();
        for (Local parameter : function.get().parameters()) {
            arguments.add(body.local(parameter));
        }
        Type type = function.get().result();
        Optional<Variable> result = type == Type.VOID ? Optional.empty() : Optional.of(body.temporary(type));
        body.add(new Op.Call(result, next.overload().getAsInt(), arguments, next.span()));
        body.add(new Op.Return(result.map(v -> v), next.span()));
    }
}
