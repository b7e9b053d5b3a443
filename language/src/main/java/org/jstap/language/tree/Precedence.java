package org.jstap.language.tree;

/**
 * How tightly each form of expression binds, from {@link #ASSIGNMENT} to {@link #PRIMARY}; the levels of
 * {@link Expression.BinaryOperator#precedence()} are on the same scale. From the operator table of the language
 * reference; where it is silent ({@code in}, {@code =~}, {@code .}), from what the translator does.
 */
public final class Precedence {
    public static final int ASSIGNMENT = 0;
    public static final int TERNARY = 1;
    public static final int LOGICAL_OR = 2;
    public static final int LOGICAL_AND = 3;
    public static final int BIT_OR = 4;
    public static final int BIT_XOR = 5;
    public static final int BIT_AND = 6;
    public static final int MEMBERSHIP = 7;
    public static final int COMPARISON = 8;
    public static final int SHIFT = 9;
    public static final int CONCATENATION = 10;
    public static final int ADDITIVE = 11;
    public static final int MULTIPLICATIVE = 12;
    public static final int UNARY = 13;
    public static final int CREMENT = 14;
    public static final int PRIMARY = 15;

    private Precedence() {
    }

    /** The level of an expression's outermost operator. */
    public static int of(Expression expression) {
        return switch (expression) {
            case Expression.Assignment _ -> ASSIGNMENT;
            case Expression.Ternary _ -> TERNARY;
            case Expression.Binary binary -> binary.operator().precedence();
            case Expression.Membership _ -> MEMBERSHIP;
            // It cannot be compared further without parentheses.
            case Expression.RegexMatch _ -> MEMBERSHIP;
            case Expression.Concatenation _ -> CONCATENATION;
            case Expression.Unary _ -> UNARY;
            case Expression.Crement _ -> CREMENT;
            case Expression.TargetVariable variable -> variable.addressOf() ? CREMENT : PRIMARY;
            case Expression.VariableReference variable -> variable.addressOf() ? CREMENT : PRIMARY;
            case Expression.Cast cast -> cast.addressOf() ? CREMENT : PRIMARY;
            case Expression.Autocast autocast -> autocast.addressOf() ? CREMENT : PRIMARY;
            default -> PRIMARY;
        };
    }
}
