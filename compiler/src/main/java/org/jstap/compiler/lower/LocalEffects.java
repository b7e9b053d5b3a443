package org.jstap.compiler.lower;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.Expr;

/** Whether evaluating an expression may change a local variable. */
final class LocalEffects {
    private LocalEffects() { }

    static boolean any(List<Expr> expressions) {
        for (Expr expression : expressions) {
            if (in(expression)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyOptional(List<Optional<Expr>> expressions) {
        for (Optional<Expr> expression : expressions) {
            if (expression.isPresent() && in(expression.get())) {
                return true;
            }
        }
        return false;
    }

    private static boolean in(Expr expression) {
        return switch (expression) {
            case Expr.NumberValue _, Expr.TextValue _, Expr.LocalPlace _, Expr.GlobalPlace _, Expr.Argument _, Expr.ReturnValue _ -> false;
            case Expr.ElementPlace place -> any(place.keys());
            case Expr.MemoryPlace place -> in(place.base());
            case Expr.Unary unary -> in(unary.operand());
            case Expr.Arithmetic binary -> in(binary.left()) || in(binary.right());
            case Expr.Comparison binary -> in(binary.left()) || in(binary.right());
            case Expr.Logical binary -> in(binary.left()) || in(binary.right());
            case Expr.Concat binary -> in(binary.left()) || in(binary.right());
            case Expr.Conditional ternary -> in(ternary.condition()) || in(ternary.then()) || in(ternary.otherwise());
            case Expr.Assign assign -> assign.place() instanceof Expr.LocalPlace || in(assign.place()) || in(assign.value());
            case Expr.Increment increment -> increment.place() instanceof Expr.LocalPlace || in(increment.place());
            case Expr.Accumulate accumulate -> in(accumulate.place()) || in(accumulate.value());
            case Expr.Membership membership -> anyOptional(membership.keys());
            case Expr.Match match -> in(match.text());
            case Expr.Call call -> any(call.arguments());
            case Expr.IntrinsicCall call -> any(call.arguments());
            case Expr.Extract extract -> any(extract.statistic().keys());
            case Expr.Bucket bucket -> any(bucket.statistic().keys()) || in(bucket.index());
            case Expr.Print print -> any(print.arguments());
            case Expr.Pretty pretty -> any(pretty.arguments());
            case Expr.PrintHistogram print -> any(print.statistic().keys());
        };
    }
}
