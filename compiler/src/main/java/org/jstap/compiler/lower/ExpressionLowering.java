package org.jstap.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** Lowers expressions; operands are evaluated from left to right. */
final class ExpressionLowering {
    /** Bytes of a text above which the kernel's helper is the faster. */
    private static final int LONGEST_MEMBER_TEXT = 16;

    private static final Operand ZERO = new Operand.Number(0);
    private static final Operand ONE = new Operand.Number(1);

    private final BodyBuilder body;
    private int labels;

    ExpressionLowering(BodyBuilder body) {
        this.body = body;
    }

    int nextLabel() {
        return labels++;
    }

    /** Evaluates an expression whose value nobody looks at. */
    void lowerForEffect(Expr expression) {
        switch (expression) {
            case Expr.Assign assign -> assign(assign, false);
            case Expr.Increment increment -> increment(increment, false);
            default -> lower(expression);
        }
    }

    Operand lower(Expr expression) {
        Span span = expression.span();
        return switch (expression) {
            case Expr.NumberValue number -> new Operand.Number(number.value());
            case Expr.TextValue text -> new Operand.Text(text.value());
            case Expr.LocalPlace place -> body.local(place.local());
            case Expr.GlobalPlace place -> read(place.global(), List.of(), span);
            case Expr.ElementPlace place -> read(place.global(), operands(place.keys()), span);
            case Expr.MemoryPlace place -> memory(place);
            case Expr.Argument argument -> result(Type.LONG, to -> new Op.LoadArgument(to, argument.index(), argument.size(),
                    argument.signed(), argument.pointee(), span));
            case Expr.ReturnValue value -> result(Type.LONG, to -> new Op.LoadResult(to, value.size(), value.signed(),
                    value.arguments(), span));
            case Expr.Unary unary -> {
                Operand operand = lower(unary.operand());
                yield result(Type.LONG, to -> new Op.Unary(to, unary.op(), operand, span));
            }
            case Expr.Arithmetic arithmetic -> {
                List<Operand> sides = operands(List.of(arithmetic.left(), arithmetic.right()));
                yield result(Type.LONG, to -> new Op.Arithmetic(to, arithmetic.op(), sides.get(0), sides.get(1), span));
            }
            case Expr.Comparison comparison -> {
                List<Operand> sides = operands(List.of(comparison.left(), comparison.right()));
                yield result(Type.LONG, to -> new Op.Compare(to, comparison.op(), sides.get(0), sides.get(1), span));
            }
            case Expr.Logical logical -> logical(logical);
            case Expr.Concat concat -> {
                List<Operand> sides = operands(List.of(concat.left(), concat.right()));
                yield result(Type.STRING, to -> new Op.Concat(to, sides.get(0), sides.get(1), span));
            }
            case Expr.Conditional conditional -> conditional(conditional);
            case Expr.Assign assign -> assign(assign, true);
            case Expr.Increment increment -> increment(increment, true);
            case Expr.Accumulate accumulate -> accumulate(accumulate);
            case Expr.Membership membership -> {
                List<Optional<Operand>> keys = optionalOperands(membership.keys());
                yield result(Type.LONG, to -> new Op.Contains(to, membership.array().id(), keys, span));
            }
            case Expr.Match match -> match(match);
            case Expr.Call call -> {
                List<Operand> arguments = operands(call.arguments());
                Optional<Variable> to = resultOf(call.type());
                body.add(new Op.Call(to, call.function(), arguments, span));
                yield to.isPresent() ? to.get() : ZERO;
            }
            case Expr.IntrinsicCall call when isMemberText(call) -> {
                Expr.Arithmetic address = (Expr.Arithmetic) call.arguments().getFirst();
                List<Operand> arguments = List.of(lower(address.left()), lower(address.right()), lower(call.arguments().get(1)));
                yield result(Type.STRING, to -> new Op.CallIntrinsic(Optional.of(to), Intrinsic.MEMBER_TEXT, arguments, span));
            }
            case Expr.IntrinsicCall call -> {
                List<Operand> arguments = operands(call.arguments());
                Optional<Variable> to = resultOf(call.type());
                body.add(new Op.CallIntrinsic(to, call.intrinsic(), arguments, span));
                yield to.isPresent() ? to.get() : ZERO;
            }
            case Expr.Extract extract -> {
                List<Operand> keys = operands(extract.statistic().keys());
                yield result(Type.LONG, to -> new Op.ReadStat(to, extract.kind(), extract.statistic().global().id(), keys, span));
            }
            case Expr.Bucket bucket -> {
                List<Operand> keys = operands(bucket.statistic().keys());
                Operand index = lower(bucket.index());
                yield result(Type.LONG, to -> new Op.ReadBucket(to, bucket.statistic().global().id(), keys, bucket.histogram(),
                        index, span));
            }
            case Expr.Print print -> print(print.format(), print.arguments(), print.asString(), span);
            case Expr.Pretty pretty -> print(pretty.format(), pretty.arguments(), true, span);
            case Expr.PrintHistogram print -> {
                List<Operand> keys = operands(print.statistic().keys());
                body.add(new Op.PrintHistogram(print.statistic().global().id(), keys, print.histogram(), span));
                yield ZERO;
            }
        };
    }

    /** Operands of several expressions. A local that a later one changes is copied before that happens. */
    List<Operand> operands(List<Expr> expressions) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            Operand operand = lower(expressions.get(i));
            if (operand instanceof Variable && LocalEffects.any(expressions.subList(i + 1, expressions.size()))) {
                operand = copy(operand, expressions.get(i).span());
            }
            operands.add(operand);
        }
        return operands;
    }

    List<Optional<Operand>> optionalOperands(List<Optional<Expr>> expressions) {
        List<Expr> present = new ArrayList<>();
        for (Optional<Expr> expression : expressions) {
            expression.ifPresent(present::add);
        }
        List<Operand> values = operands(present);
        List<Optional<Operand>> operands = new ArrayList<>();
        int next = 0;
        for (Optional<Expr> expression : expressions) {
            operands.add(expression.isPresent() ? Optional.of(values.get(next++)) : Optional.empty());
        }
        return operands;
    }

    private interface MakeOp {
        Op make(Variable to);
    }

    private Variable result(Type type, MakeOp maker) {
        Variable to = body.temporary(type);
        body.add(maker.make(to));
        return to;
    }

    private Optional<Variable> resultOf(Type type) {
        return type == Type.VOID ? Optional.empty() : Optional.of(body.temporary(type));
    }

    private Operand copy(Operand operand, Span span) {
        return result(operand.type(), to -> new Op.Move(to, operand, span));
    }

    private Operand read(Global global, List<Operand> keys, Span span) {
        return result(global.value(), to -> new Op.ReadGlobal(to, global.id(), keys, span));
    }

    private Operand memory(Expr.MemoryPlace place) {
        Operand base = lower(place.base());
        return result(Type.LONG, to -> new Op.LoadMemory(to, base, place.offset(), place.size(), place.signed(), place.bits(),
                place.space(), isTypedPointer(place.base()), place.span()));
    }

    /** Whether the kernel knows the type that the value points to: a struct pointer that comes from an argument by plain loads. */
    private static boolean isTypedPointer(Expr expression) {
        return switch (expression) {
            case Expr.Argument argument -> argument.pointee() != 0;
            case Expr.MemoryPlace place -> place.size() == 8 && place.bits().isEmpty() && place.space() == Expr.Space.KERNEL
                    && isStructPointer(place.cType()) && isTypedPointer(place.base());
            default -> false;
        };
    }

    /** Whether it reads an array of {@code char} in a struct, and nothing behind it, so that a typed program may load its words. */
    private static boolean isMemberText(Expr.IntrinsicCall call) {
        return call.intrinsic() == Intrinsic.KERNEL_STRING_N && call.arguments().getFirst() instanceof Expr.Arithmetic address
                && call.arguments().get(1) instanceof Expr.NumberValue length && isLoadable(length.value(), address.textBytes())
                && isTypedPointer(address.left());
    }

    private static boolean isLoadable(long length, int bytes) {
        return length > 0 && length <= LONGEST_MEMBER_TEXT && (length + 7) / 8 * 8 <= bytes;
    }

    private static boolean isStructPointer(String cType) {
        String plain = cType.startsWith("const ") ? cType.substring(6) : cType;
        return (plain.startsWith("struct ") || plain.startsWith("union ")) && plain.indexOf('*') == plain.length() - 1;
    }

    private Operand logical(Expr.Logical logical) {
        Span span = logical.span();
        Variable to = body.temporary(Type.LONG);
        Operand left = lower(logical.left());
        Region decided = new Region(List.of(new Op.Move(to, logical.and() ? ZERO : ONE, span)));
        Region evaluated = body.region(() -> {
            Operand right = lower(logical.right());
            body.add(new Op.Compare(to, Expr.ComparisonOp.NE, right, ZERO, span));
        });
        body.add(new Op.If(left, logical.and() ? evaluated : decided, logical.and() ? decided : evaluated, span));
        return to;
    }

    private Operand conditional(Expr.Conditional conditional) {
        Variable to = body.temporary(conditional.type());
        Operand condition = lower(conditional.condition());
        Region then = branch(to, conditional.then());
        Region otherwise = branch(to, conditional.otherwise());
        body.add(new Op.If(condition, then, otherwise, conditional.span()));
        return to;
    }

    private Region branch(Variable to, Expr value) {
        return body.region(() -> {
            Operand operand = lower(value);
            body.add(new Op.Move(to, operand, value.span()));
        });
    }

    private Operand accumulate(Expr.Accumulate accumulate) {
        List<Expr> all = new ArrayList<>(keysOf(accumulate.place()));
        all.add(accumulate.value());
        List<Operand> operands = operands(all);
        Operand value = operands.getLast();
        body.add(new Op.AddStat(globalOf(accumulate.place()).id(), operands.subList(0, operands.size() - 1), value,
                accumulate.place().span()));
        return value;
    }

    private Operand match(Expr.Match match) {
        Operand text = lower(match.text());
        Variable found = result(Type.LONG, to -> new Op.Match(to, match.regex(), text, match.span()));
        return match.negated() ? result(Type.LONG, to -> new Op.Unary(to, Expr.UnaryOp.NOT, found, match.span())) : found;
    }

    private Operand print(PrintFormat format, List<Expr> arguments, boolean asString, Span span) {
        List<Output.Argument> values = new ArrayList<>();
        for (Operand operand : operands(arguments)) {
            values.add(new Output.Value(operand));
        }
        Output output = new Output(format, values);
        if (asString) {
            return result(Type.STRING, to -> new Op.Format(to, output, span));
        }
        body.add(new Op.Print(output, span));
        return ZERO;
    }

    // ---- assignment

    private static Global globalOf(Expr.Place place) {
        return switch (place) {
            case Expr.GlobalPlace global -> global.global();
            case Expr.ElementPlace element -> element.global();
            default -> throw new IllegalStateException("not a global: " + place);
        };
    }

    private static List<Expr> keysOf(Expr.Place place) {
        return place instanceof Expr.ElementPlace element ? element.keys() : List.of();
    }

    private Operand assign(Expr.Assign assign, boolean used) {
        Span span = assign.span();
        return switch (assign.place()) {
            case Expr.LocalPlace place -> {
                Variable local = body.local(place.local());
                Operand value = lower(assign.value());
                body.add(combine(assign, local, local, value));
                yield used ? copy(local, span) : local;
            }
            case Expr.MemoryPlace place -> {
                Operand base = lower(place.base());
                Operand before = assign.op().isEmpty() ? ZERO : result(Type.LONG, to -> new Op.LoadMemory(to, base, place.offset(),
                        place.size(), place.signed(), place.bits(), place.space(), false, span));
                Operand value = lower(assign.value());
                Operand after = assign.op().isEmpty() ? value : result(Type.LONG, to -> combine(assign, to, before, value));
                body.add(new Op.StoreMemory(base, place.offset(), place.size(), place.bits(), after, place.space(), span));
                yield after;
            }
            case Expr.GlobalPlace _, Expr.ElementPlace _ -> assignGlobal(assign, used);
        };
    }

    private Operand assignGlobal(Expr.Assign assign, boolean used) {
        Span span = assign.span();
        int global = globalOf(assign.place()).id();
        List<Expr> all = new ArrayList<>(keysOf(assign.place()));
        all.add(assign.value());
        List<Operand> operands = operands(all);
        List<Operand> keys = operands.subList(0, operands.size() - 1);
        Operand value = operands.getLast();
        if (assign.op().isEmpty() && !assign.concat()) {
            body.add(new Op.WriteGlobal(global, keys, value, assign.place().span()));
            return value;
        }
        boolean adds = assign.op().isPresent() && (assign.op().get() == ArithmeticOp.ADD || assign.op().get() == ArithmeticOp.SUB);
        if (!used && adds) {
            Operand delta = assign.op().get() == ArithmeticOp.ADD ? value : negate(value, span);
            body.add(new Op.AddGlobal(global, keys, delta, assign.place().span()));
            return ZERO;
        }
        Operand before = read(globalOf(assign.place()), keys, span);
        Variable after = result(assign.type(), to -> combine(assign, to, before, value));
        body.add(new Op.WriteGlobal(global, keys, after, assign.place().span()));
        return after;
    }

    private Operand negate(Operand value, Span span) {
        return value instanceof Operand.Number number ? new Operand.Number(-number.value())
                : result(Type.LONG, to -> new Op.Unary(to, Expr.UnaryOp.NEGATE, value, span));
    }

    private static Op combine(Expr.Assign assign, Variable to, Operand before, Operand value) {
        if (assign.op().isPresent()) {
            return new Op.Arithmetic(to, assign.op().get(), before, value, assign.span());
        }
        return assign.concat() ? new Op.Concat(to, before, value, assign.span()) : new Op.Move(to, value, assign.span());
    }

    private Operand increment(Expr.Increment increment, boolean used) {
        Span span = increment.span();
        Operand delta = new Operand.Number(increment.delta());
        return switch (increment.place()) {
            case Expr.LocalPlace place -> {
                Variable local = body.local(place.local());
                Operand before = used && !increment.prefix() ? copy(local, span) : local;
                body.add(new Op.Arithmetic(local, ArithmeticOp.ADD, local, delta, span));
                yield used && increment.prefix() ? copy(local, span) : before;
            }
            case Expr.MemoryPlace place -> {
                Operand base = lower(place.base());
                Variable before = result(Type.LONG, to -> new Op.LoadMemory(to, base, place.offset(), place.size(), place.signed(),
                        place.bits(), place.space(), false, span));
                Variable after = result(Type.LONG, to -> new Op.Arithmetic(to, ArithmeticOp.ADD, before, delta, span));
                body.add(new Op.StoreMemory(base, place.offset(), place.size(), place.bits(), after, place.space(), span));
                yield increment.prefix() ? after : before;
            }
            case Expr.GlobalPlace _, Expr.ElementPlace _ -> incrementGlobal(increment, delta, used);
        };
    }

    private Operand incrementGlobal(Expr.Increment increment, Operand delta, boolean used) {
        Span span = increment.span();
        Global global = globalOf(increment.place());
        List<Operand> keys = operands(keysOf(increment.place()));
        if (!used) {
            body.add(new Op.AddGlobal(global.id(), keys, delta, increment.place().span()));
            return ZERO;
        }
        Operand before = read(global, keys, span);
        Variable after = result(Type.LONG, to -> new Op.Arithmetic(to, ArithmeticOp.ADD, before, delta, span));
        body.add(new Op.WriteGlobal(global.id(), keys, after, increment.place().span()));
        return increment.prefix() ? after : before;
    }
}
