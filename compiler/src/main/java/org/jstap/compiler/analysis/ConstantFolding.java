package org.jstap.compiler.analysis;

import org.jstap.compiler.analysis.BoundExpression.NumberConstant;
import org.jstap.compiler.analysis.BoundExpression.TextConstant;
import org.jstap.language.lexer.StringEscapes;
import org.jstap.language.source.Span;

/**
 * Computes what is constant. Strings are compared and joined as they are spelled, escapes and all: SystemTap does so, and
 * {@code "\101" == "A"} is false there.
 */
final class ConstantFolding {
    private boolean changed;

    boolean takeChanged() {
        boolean result = changed;
        changed = false;
        return result;
    }

    BoundStatement fold(BoundStatement statement) {
        statement.rewriteExpressions(this::fold);
        statement.rewriteStatements(this::fold);
        return switch (statement) {
            case BoundStatement.If s when s.condition instanceof NumberConstant condition -> {
                changed = true;
                yield condition.value != 0 ? s.then : s.otherwise.orElseGet(() -> new BoundStatement.Nothing(s.span));
            }
            case BoundStatement.Loop s when s.condition.isPresent() && s.condition.get() instanceof NumberConstant condition
                    && condition.value == 0 -> {
                changed = true;
                yield s.init.isPresent() ? new BoundStatement.Evaluate(s.init.get(), s.span) : new BoundStatement.Nothing(s.span);
            }
            default -> statement;
        };
    }

    BoundExpression fold(BoundExpression expression) {
        expression.rewrite(this::fold);
        BoundExpression result = switch (expression) {
            case BoundExpression.Arithmetic e when e.left instanceof NumberConstant a && e.right instanceof NumberConstant b ->
                    arithmetic(e, a.value, b.value);
            case BoundExpression.Comparison e when e.left instanceof NumberConstant a && e.right instanceof NumberConstant b ->
                    compared(e, Long.compare(a.value, b.value));
            case BoundExpression.Comparison e when e.left instanceof TextConstant a && e.right instanceof TextConstant b ->
                    compared(e, a.raw.compareTo(b.raw));
            case BoundExpression.Concatenation e when e.left instanceof TextConstant a && e.right instanceof TextConstant b ->
                    joined(a, b, e.span);
            case BoundExpression.Negation e when e.operand instanceof NumberConstant a -> number(switch (e.op) {
                case NEGATE -> -a.value;
                case NOT -> a.value == 0 ? 1 : 0;
                case COMPLEMENT -> ~a.value;
            }, e.span);
            case BoundExpression.Logical e when e.left instanceof NumberConstant a -> logical(e, a.value != 0);
            case BoundExpression.Choice e when e.condition instanceof NumberConstant a -> a.value != 0 ? e.then : e.otherwise;
            default -> expression;
        };
        changed |= result != expression;
        return result;
    }

    private static BoundExpression logical(BoundExpression.Logical e, boolean left) {
        if (left != e.and) {
            return number(left ? 1 : 0, e.span);
        }
        return e.right instanceof NumberConstant b ? number(b.value != 0 ? 1 : 0, e.span) : e;
    }

    private static BoundExpression joined(TextConstant a, TextConstant b, Span at) {
        String raw = a.raw + b.raw;
        return new TextConstant(StringEscapes.decode(raw).value(), raw, at);
    }

    private static BoundExpression number(long value, Span at) {
        return new NumberConstant(value, at);
    }

    private static BoundExpression compared(BoundExpression.Comparison e, int order) {
        boolean holds = switch (e.op) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
        return number(holds ? 1 : 0, e.span);
    }

    /** Division by zero stays: it is an error when it is run, and only then. */
    private static BoundExpression arithmetic(BoundExpression.Arithmetic e, long a, long b) {
        return switch (e.op) {
            case ADD -> number(a + b, e.span);
            case SUB -> number(a - b, e.span);
            case MUL -> number(a * b, e.span);
            case DIV -> b == 0 ? e : number(a / b, e.span);
            case MOD -> b == 0 ? e : number(b == -1 ? 0 : a % b, e.span);
            case AND -> number(a & b, e.span);
            case OR -> number(a | b, e.span);
            case XOR -> number(a ^ b, e.span);
            // Between constants SystemTap leaves the value alone where the count is out of range; the run takes the count's low bits.
            case SHL -> number(b < 0 || b > 63 ? a : a << b, e.span);
            case SHR -> number(b < 0 || b > 63 ? a : a >> b, e.span);
        };
    }
}
