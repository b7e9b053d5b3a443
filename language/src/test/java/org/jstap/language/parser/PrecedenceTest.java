package org.jstap.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jstap.language.tree.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {
    /** Writes every operator with its operands in parentheses. */
    private static String shape(Expression e) {
        return switch (e) {
            case Expression.Binary b -> "(" + shape(b.left()) + b.operator().text() + shape(b.right()) + ")";
            case Expression.Concatenation c -> "(" + shape(c.left()) + "." + shape(c.right()) + ")";
            case Expression.Unary u -> "(" + u.operator().text() + shape(u.operand()) + ")";
            case Expression.Crement c -> c.prefix() ? "(" + c.text() + shape(c.target()) + ")"
                    : "(" + shape(c.target()) + c.text() + ")";
            case Expression.Ternary t -> "(" + shape(t.condition()) + "?" + shape(t.then()) + ":" + shape(t.otherwise()) + ")";
            case Expression.Assignment a -> "(" + shape(a.target()) + a.operator().text() + shape(a.value()) + ")";
            case Expression.Membership m -> "(" + shape(m.index().getFirst().orElseThrow()) + " in " + shape(m.array()) + ")";
            case Expression.RegexMatch r -> "(" + shape(r.left()) + (r.negated() ? "!~" : "=~") + r.pattern().asText() + ")";
            case Expression.Symbol s -> s.name();
            case Expression.NumberLiteral n -> n.asText();
            default -> throw new AssertionError("not in this table: " + e);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "a + b * c; (a+(b*c))",
        "a * b + c; ((a*b)+c)",
        "a - b - c; ((a-b)-c)",
        "a / b % c; ((a/b)%c)",
        "a . b + c; (a.(b+c))",
        "a + b . c; ((a+b).c)",
        "a << b . c; (a<<(b.c))",
        "a < b << c; (a<(b<<c))",
        "a >> b < c; ((a>>b)<c)",
        "a < b < c; ((a<b)<c)",
        "a == b & c; ((a==b)&c)",
        "a & b == c; (a&(b==c))",
        "a ^ b & c; (a^(b&c))",
        "a | b ^ c; (a|(b^c))",
        "a && b | c; (a&&(b|c))",
        "a || b && c; (a||(b&&c))",
        "a && b || c; ((a&&b)||c)",
        "a ? b : c ? d : e; (a?b:(c?d:e))",
        "a || b ? c : d; ((a||b)?c:d)",
        "a ? b : c = d; (a?b:(c=d))",
        "a = b = c; (a=(b=c))",
        "a += b ? c : d; (a+=(b?c:d))",
        "a <<< b + c; (a<<<(b+c))",
        "a in b & c; ((a in b)&c)",
        "a & b in c; (a&(b in c))",
        "a == b in c; ((a==b) in c)",
        "a in b && c in d; ((a in b)&&(c in d))",
        "!a in b; ((!a) in b)",
        "a . b =~ \"x\"; ((a.b)=~\"x\")",
        "a =~ \"x\" && b; ((a=~\"x\")&&b)",
        "a !~ \"x\" & b; ((a!~\"x\")&b)",
        "-a + b; ((-a)+b)",
        "- -a; (-(-a))",
        "! ~a; (!(~a))",
        "-a++; (-(a++))",
        "++a * b; ((++a)*b)",
        "a - -1; (a-(-1))",
        "a >>> b + c; (a>>>(b+c))",
        "(a + b) * c; ((a+b)*c)",
        "a - (b - c); (a-(b-c))",
    })
    void operatorsBindAsSystemTapsDo(String text, String shape) {
        assertThat(shape(Scripts.expression(text))).isEqualTo(shape);
    }

    @Test
    void aMatchCannotBeComparedWithoutParentheses() {
        assertThat(Scripts.firstError("probe begin { println(a =~ \"x\" == 1) }").message())
                .isEqualTo("expected one of ', )'");
        assertThat(Scripts.firstError("probe begin { println(a == b =~ \"x\") }").message())
                .isEqualTo("expected one of ', )'");
        assertThat(shape(Scripts.expression("(a =~ \"x\") == b"))).isEqualTo("((a=~\"x\")==b)");
    }

    @Test
    void membershipTakesSeveralIndexesAndStars() {
        Expression.Membership membership = (Expression.Membership) Scripts.expression("[a, *, \"x\"] in m");
        assertThat(membership.index()).hasSize(3);
        assertThat(membership.index().get(1)).isEqualTo(Optional.empty());
        assertThat(membership.array()).isInstanceOfSatisfying(Expression.Symbol.class,
                s -> assertThat(s.name()).isEqualTo("m"));
    }

    @Test
    void minusMinusIsOneOperator() {
        assertThat(Scripts.firstError("probe begin { println(3--1) }").message()).isEqualTo("expected one of ', )'");
    }
}
