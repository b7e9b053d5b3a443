package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** Writes operations that take the place of one. What is constant is computed here. */
final class IrWriter {
    static final Operand ZERO = new Operand.Number(0);
    static final Operand EMPTY = new Operand.Text("");

    private final List<Variable> variables;
    private final Span span;
    private List<Op> ops = new ArrayList<>();

    /** @param variables of the code; new ones are added */
    IrWriter(List<Variable> variables, Span span) {
        this.variables = variables;
        this.span = span;
    }

    List<Op> ops() {
        return ops;
    }

    Span span() {
        return span;
    }

    static Operand number(long value) {
        return new Operand.Number(value);
    }

    static Operand text(String value) {
        return new Operand.Text(value);
    }

    Variable fresh(Type type) {
        Variable variable = new Variable(variables.size(), "t" + variables.size(), type);
        variables.add(variable);
        return variable;
    }

    void add(Op op) {
        ops.add(op);
    }

    void move(Variable to, Operand from) {
        ops.add(new Op.Move(to, from, span));
    }

    /** A copy that what is written later does not change. */
    Variable copy(Operand from) {
        Variable to = fresh(from.type());
        move(to, from);
        return to;
    }

    Operand add(Operand left, long right) {
        return right == 0 ? left : arithmetic(ArithmeticOp.ADD, left, number(right));
    }

    Operand sum(Operand left, Operand right) {
        return arithmetic(ArithmeticOp.ADD, left, right);
    }

    Operand subtract(Operand left, Operand right) {
        return arithmetic(ArithmeticOp.SUB, left, right);
    }

    Operand divide(Operand left, long right) {
        return arithmetic(ArithmeticOp.DIV, left, number(right));
    }

    Operand modulo(Operand left, long right) {
        return arithmetic(ArithmeticOp.MOD, left, number(right));
    }

    Operand multiply(Operand left, long right) {
        return arithmetic(ArithmeticOp.MUL, left, number(right));
    }

    Operand arithmetic(ArithmeticOp op, Operand left, Operand right) {
        if (left instanceof Operand.Number a && right instanceof Operand.Number b) {
            switch (op) {
                case ADD -> {
                    return number(a.value() + b.value());
                }
                case SUB -> {
                    return number(a.value() - b.value());
                }
                default -> { }
            }
        }
        Variable to = fresh(Type.LONG);
        ops.add(new Op.Arithmetic(to, op, left, right, span));
        return to;
    }

    Operand compare(ComparisonOp op, Operand left, Operand right) {
        Variable to = fresh(Type.LONG);
        ops.add(new Op.Compare(to, op, left, right, span));
        return to;
    }

    /** The larger of two numbers. */
    Operand larger(Operand left, Operand right) {
        if (left instanceof Operand.Number a && right instanceof Operand.Number b) {
            return number(Math.max(a.value(), b.value()));
        }
        Variable to = copy(left);
        branch(compare(ComparisonOp.LT, left, right), () -> move(to, right), () -> { });
        return to;
    }

    void branch(Operand condition, Runnable then, Runnable otherwise) {
        List<Op> outer = ops;
        ops = new ArrayList<>();
        then.run();
        Region first = new Region(ops);
        ops = new ArrayList<>();
        otherwise.run();
        Region second = new Region(ops);
        ops = outer;
        ops.add(new Op.If(condition, first, second, span));
    }

    Variable call(Intrinsic intrinsic, Operand... arguments) {
        Variable to = fresh(intrinsic.result());
        call(to, intrinsic, arguments);
        return to;
    }

    void call(Variable to, Intrinsic intrinsic, Operand... arguments) {
        ops.add(new Op.CallIntrinsic(Optional.of(to), intrinsic, List.of(arguments), span));
    }

    Operand length(Operand text) {
        return text instanceof Operand.Text constant ? number(constant.value().length()) : call(Intrinsic.STRLEN, text);
    }

    Operand concat(Operand left, Operand right) {
        if (left.equals(EMPTY) || right.equals(EMPTY)) {
            return left.equals(EMPTY) ? right : left;
        }
        Variable to = fresh(Type.STRING);
        ops.add(new Op.Concat(to, left, right, span));
        return to;
    }

    /** A number by a conversion that needs no width. */
    Variable format(char letter, Operand number) {
        Variable to = fresh(Type.STRING);
        format(to, List.of(plain(letter)), List.of(number));
        return to;
    }

    void format(Variable to, List<PrintFormat.Part> parts, List<Operand> operands) {
        List<Output.Argument> arguments = new ArrayList<>();
        for (Operand operand : operands) {
            arguments.add(new Output.Value(operand));
        }
        ops.add(new Op.Format(to, new Output(new PrintFormat(parts), arguments), span));
    }

    static PrintFormat.Conversion plain(char letter) {
        return conversion(letter, 0, 0);
    }

    static PrintFormat.Conversion conversion(char letter, int flags, int width) {
        return new PrintFormat.Conversion(letter, flags, width == 0 ? java.util.OptionalInt.empty() : java.util.OptionalInt.of(width),
                false, java.util.OptionalInt.empty(), false);
    }
}
