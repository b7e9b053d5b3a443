package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/**
 * Makes a loop of each {@code foreach} that has stayed in the kernel: one whose turns begin with {@link Op.NextElement}, or read the
 * next bucket of a histogram.
 */
final class ArrayWalks extends OpRewriter {
    private final List<Variable> variables;
    private final List<Global> globals;

    private ArrayWalks(List<Variable> variables, List<Global> globals) {
        this.globals = globals;
        this.variables = variables;
    }

    static Code apply(Code code, List<Global> globals) {
        ArrayWalks walks = new ArrayWalks(new ArrayList<>(code.variables()), globals);
        Region body = walks.region(code.body());
        return walks.variables.size() == code.variables().size() ? code
                : new Code(code.name(), code.parameters(), walks.variables, code.result(), body, code.span());
    }

    private Variable variable(String name, Type type) {
        Variable variable = new Variable(variables.size(), name + "." + variables.size(), type);
        variables.add(variable);
        return variable;
    }

    @Override
    protected Region region(Region region) {
        List<Op> ops = new ArrayList<>();
        for (Op op : region.ops()) {
            if (op instanceof Op.Foreach loop) {
                expand(loop, ops);
            } else if (op instanceof Op.ForeachBucket loop) {
                expand(loop, ops);
            } else {
                ops.add(rewrite(op));
            }
        }
        return new Region(ops);
    }

    private void expand(Op.Foreach loop, List<Op> ops) {
        Span span = loop.span();
        Op.Cursor cursor = cursor(loop);
        ops.add(new Op.Move(cursor.last(), new Operand.Number(0), span));
        // The loop may change what they were computed from.
        List<Optional<Operand>> slices = new ArrayList<>();
        for (Optional<Operand> slice : loop.slices()) {
            slices.add(slice.isPresent() ? Optional.of(copy("slice", slice.get(), ops, span)) : slice);
        }
        List<Op> turn = new ArrayList<>();
        limit(loop.limit(), ops, turn, span);
        turn.add(new Op.NextElement(loop.global(), loop.keys(), loop.value(), slices, loop.sort(), cursor, span));
        turn.add(breakUnless(cursor.found(), span));
        turn.addAll(region(loop.body()).ops());
        ops.add(new Op.Loop(new Region(turn), span));
    }

    /** The body does not change the statistic, so that each turn finds the count that there was at the start. */
    private void expand(Op.ForeachBucket loop, List<Op> ops) {
        Span span = loop.span();
        List<Operand> keys = new ArrayList<>();
        for (Operand key : loop.statKeys()) {
            keys.add(copy("of", key, ops, span));
        }
        Variable count = variable("count", Type.LONG);
        ops.add(new Op.ReadStat(count, StatKind.COUNT, loop.global(), keys, span));
        List<Op> turn = new ArrayList<>();
        limit(loop.limit(), ops, turn, span);
        Op failure = new Op.CallIntrinsic(Optional.empty(), Intrinsic.ERROR, List.of(new Operand.Text("empty aggregate")), span);
        ops.add(new Op.If(count, Region.EMPTY, new Region(List.of(failure)), span));
        Variable index = (Variable) copy("bucket", new Operand.Number(0), ops, span);
        Variable more = variable("more", Type.LONG);
        turn.add(new Op.Compare(more, ComparisonOp.LT, index, new Operand.Number(StatLayout.buckets(loop.histogram())), span));
        turn.add(breakUnless(more, span));
        turn.add(new Op.Move(loop.key(), index, span));
        loop.value().ifPresent(value -> turn.add(new Op.ReadBucket(value, loop.global(), keys, loop.histogram(), index, span)));
        turn.add(new Op.Arithmetic(index, ArithmeticOp.ADD, index, new Operand.Number(1), span));
        turn.addAll(region(loop.body()).ops());
        ops.add(new Op.Loop(new Region(turn), span));
    }

    private void limit(Optional<Operand> limit, List<Op> ops, List<Op> turn, Span span) {
        if (limit.isPresent()) {
            Operand left = copy("left", limit.get(), ops, span);
            Variable more = variable("more", Type.LONG);
            turn.add(new Op.Compare(more, ComparisonOp.GT, left, new Operand.Number(0), span));
            turn.add(breakUnless(more, span));
            turn.add(new Op.Arithmetic((Variable) left, ArithmeticOp.SUB, left, new Operand.Number(1), span));
        }
    }

    private Op.Cursor cursor(Op.Foreach loop) {
        Optional<Op.CursorOrder> order = Optional.empty();
        if (loop.sort().isPresent()) {
            int column = loop.sort().get().column();
            Type type = column > 0 ? loop.keys().get(column - 1).type() : value(loop.global());
            order = Optional.of(new Op.CursorOrder(variable("last_by", type), variable("found_by", type),
                    variable("place", Type.LONG)));
        }
        return new Op.Cursor(variable("last", Type.LONG), variable("found", Type.LONG), variable("kept", Type.LONG), order);
    }

    /** What elements are sorted by where that is their value; a statistic gives a number. */
    private Type value(int global) {
        return globals.get(global).value() == Type.STRING ? Type.STRING : Type.LONG;
    }

    private Operand copy(String name, Operand from, List<Op> ops, Span span) {
        Variable copy = variable(name, from.type());
        ops.add(new Op.Move(copy, from, span));
        return copy;
    }

    private static Op breakUnless(Variable condition, Span span) {
        return new Op.If(condition, Region.EMPTY, new Region(List.of(new Op.Break(span))), span);
    }
}
