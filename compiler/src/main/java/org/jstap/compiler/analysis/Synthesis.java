package org.jstap.compiler.analysis;

import java.util.Optional;
import org.jstap.compiler.analysis.BoundExpression.NumberConstant;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.UnaryOp;
import org.jstap.language.source.Span;

/** Operators that later passes need not know, made of others. */
final class Synthesis {
    private Synthesis() { }

    /** {@code >>>}: the arithmetic shift with the copies of the sign masked away; a count of 0 (modulo 64) keeps all bits. */
    static BoundExpression unsignedShift(Scope scope, BoundExpression value, BoundExpression count, Span at) {
        if (count instanceof NumberConstant n) {
            long by = n.value & 63;
            BoundExpression shifted = new BoundExpression.Arithmetic(ArithmeticOp.SHR, value, new NumberConstant(by, at), at);
            return by == 0 ? value
                    : new BoundExpression.Arithmetic(ArithmeticOp.AND, shifted, new NumberConstant(-1L >>> by, at), at);
        }
        Variable by = temporary(scope, at);
        BoundExpression counted = new BoundExpression.Arithmetic(ArithmeticOp.AND, count, new NumberConstant(63, at), at);
        BoundExpression shifted = new BoundExpression.Arithmetic(ArithmeticOp.SHR, value,
                new BoundExpression.Assignment(new BoundExpression.VariableUse(by, at), Optional.empty(), false, counted, at), at);
        // Shifted by 1 and once more, as a shift by 64 is none.
        BoundExpression signs = new BoundExpression.Arithmetic(ArithmeticOp.SHL, new BoundExpression.Arithmetic(ArithmeticOp.SHL,
                new NumberConstant(-1, at), new BoundExpression.Arithmetic(ArithmeticOp.SUB, new NumberConstant(63, at),
                new BoundExpression.VariableUse(by, at), at), at), new NumberConstant(1, at), at);
        return new BoundExpression.Arithmetic(ArithmeticOp.AND, shifted,
                new BoundExpression.Negation(UnaryOp.COMPLEMENT, signs, at), at);
    }

    /** A variable that no script can name. */
    static Variable temporary(Scope scope, Span at) {
        return scope.declare("__t" + scope.locals.size(), at);
    }
}
