package org.jstap.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jstap.language.tree.Declaration;
import org.jstap.language.tree.Expression;
import org.jstap.language.tree.FunctionBody;
import org.jstap.language.tree.ProbePoint;
import org.jstap.language.tree.Statement;
import org.jstap.language.tree.TargetComponent;
import org.jstap.language.tree.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {
    private static List<String> points(String text) {
        Declaration.ProbeDeclaration probe =
                (Declaration.ProbeDeclaration) Scripts.parse("probe " + text + " {}").declarations().getFirst();
        return probe.points().stream().map(ProbePoint::asText).toList();
    }

    @Test
    void globals() {
        List<Declaration> all = Scripts.parse("""
                global a, b = -5, c[10], d%[20], e%; private f = "x" private global g
                probe begin {}
                """).declarations();
        assertThat(all).hasSize(8);
        assertThat((Declaration.GlobalDeclaration) all.get(1))
                .returns("b", Declaration.GlobalDeclaration::name)
                .returns(-5L, g -> ((Expression.NumberLiteral) g.init().orElseThrow()).value());
        assertThat((Declaration.GlobalDeclaration) all.get(3))
                .returns(Optional.of(20L), Declaration.GlobalDeclaration::size)
                .returns(true, Declaration.GlobalDeclaration::wrap);
        assertThat((Declaration.GlobalDeclaration) all.get(5)).returns(true, Declaration.GlobalDeclaration::isPrivate);
        assertThat((Declaration.GlobalDeclaration) all.get(6))
                .returns("g", Declaration.GlobalDeclaration::name)
                .returns(true, Declaration.GlobalDeclaration::isPrivate);
    }

    @Test
    void functions() {
        List<Declaration> all = Scripts.parseGuru("""
                function f:string(a:long, b:string, c):3 { return b }
                private function g() %{ /* pure */ STAP_RETURN(1); %}
                """).declarations();
        Declaration.FunctionDeclaration f = (Declaration.FunctionDeclaration) all.getFirst();
        assertThat(f.returnType()).contains(ValueType.STRING);
        assertThat(f.priority()).contains(3L);
        assertThat(f.parameters()).extracting(p -> p.name() + p.type().map(ValueType::text).orElse("?"))
                .containsExactly("along", "bstring", "c?");
        Declaration.FunctionDeclaration g = (Declaration.FunctionDeclaration) all.get(1);
        assertThat(g.isPrivate()).isTrue();
        assertThat(g.body()).isInstanceOfSatisfying(FunctionBody.EmbeddedCode.class,
                c -> assertThat(c.code()).isEqualTo(" /* pure */ STAP_RETURN(1); "));
    }

    @Test
    void probePoints() {
        assertThat(points("kernel.function(\"a\" \"b\").call?, timer.s( 5 )!, begin(-1), syscall.*.return"))
                .containsExactly("kernel.function(\"ab\").call?", "timer.s(5)!", "begin(-1)", "syscall.*.return");
        assertThat(points("kernel.{function(\"a\")!, trace(\"b\")}.{y,z}?"))
                .containsExactly("kernel.function(\"a\").y?!", "kernel.function(\"a\").z?!", "kernel.trace(\"b\").y?",
                        "kernel.trace(\"b\").z?");
        assertThat(points("{begin, end}")).containsExactly("begin", "end");
        assertThat(points("begin if (a > 1 && b), end")).containsExactly("begin if (a > 1 && b)", "end");
        assertThat(points("a.**.ex*ec*.next")).containsExactly("a.**.ex*ec*.next");
    }

    @Test
    void aliases() {
        List<Declaration> all = Scripts.parse("""
                probe a.b, c = kernel.function("x") ?, begin { v = 1 }
                probe d += a.b {}
                probe e = begin { v = 1 }, { w = 2 }
                """).declarations();
        Declaration.AliasDeclaration first = (Declaration.AliasDeclaration) all.getFirst();
        assertThat(first.names()).extracting(ProbePoint::asText).containsExactly("a.b", "c");
        assertThat(first.points()).hasSize(2);
        assertThat(first.kind()).isEqualTo(Declaration.AliasKind.PROLOGUE);
        assertThat(first.second()).isEmpty();
        assertThat(((Declaration.AliasDeclaration) all.get(1)).kind()).isEqualTo(Declaration.AliasKind.EPILOGUE);
        assertThat(((Declaration.AliasDeclaration) all.get(2)).second().orElseThrow().statements()).hasSize(1);
    }

    @Test
    void statementsNeedNoSemicolons() {
        assertThat(Scripts.handler("a = 1 b++ ; ; c() if (a) b(); else c() while (0) next return_ = 2")).hasSize(6)
                .satisfies(list -> assertThat(list.get(2)).isInstanceOf(Statement.ExpressionStatement.class));
        assertThat(Scripts.handler(";")).hasOnlyElementsOfType(Statement.Empty.class);
    }

    @Test
    void foreachForms() {
        Statement.Foreach f = (Statement.Foreach) Scripts.handler("foreach (v = [a, b-] in m[*, 1] limit 5) {}").getFirst();
        assertThat(f.indexes()).extracting(Expression.Symbol::name).containsExactly("a", "b");
        assertThat(f.value().orElseThrow().name()).isEqualTo("v");
        assertThat(f.slices()).hasSize(2);
        assertThat(f.slices().getFirst()).isEmpty();
        assertThat(f.sort().orElseThrow()).returns(2, Statement.Sort::column)
                .returns(Statement.Direction.DESCENDING, Statement.Sort::direction);
        Statement.Foreach g = (Statement.Foreach) Scripts.handler("foreach (k in m @sum- limit n) {}").getFirst();
        assertThat(g.sort().orElseThrow()).returns(0, Statement.Sort::column)
                .returns(Optional.of(Expression.StatisticKind.SUM), Statement.Sort::extractor);
        Statement.Foreach h = (Statement.Foreach) Scripts.handler("foreach (v+ = k in m) {}").getFirst();
        assertThat(h.sort().orElseThrow().column()).isZero();
        Statement.Foreach i = (Statement.Foreach) Scripts.handler("foreach (v-=k in @hist_linear(s, 0, 10, -1)) {}").getFirst();
        assertThat(i.sort().orElseThrow().direction()).isEqualTo(Statement.Direction.DESCENDING);
        assertThat(i.array()).isInstanceOfSatisfying(Expression.Histogram.class,
                x -> assertThat(x.parameters()).containsExactly(0L, 10L, -1L));
        assertThat(Scripts.firstError("probe begin { foreach (a+ in m-) {} }").message())
                .isEqualTo("multiple sort directives");
    }

    @Test
    void targetVariables() {
        Expression.TargetVariable v = (Expression.TargetVariable) Scripts.expression("&$file->f_path[3]->dentry$$");
        assertThat(v.name()).isEqualTo("$file");
        assertThat(v.addressOf()).isTrue();
        assertThat(v.components()).hasSize(4);
        assertThat(v.components().getLast()).isInstanceOfSatisfying(TargetComponent.Pretty.class,
                p -> assertThat(p.nested()).isTrue());
        assertThat((Expression.TargetVariable) Scripts.expression("$$parms$")).satisfies(t -> {
            assertThat(t.name()).isEqualTo("$$parms");
            assertThat(t.components()).hasSize(1);
        });
        assertThat(Scripts.expression("$x[1]$")).isInstanceOfSatisfying(Expression.TargetVariable.class,
                t -> assertThat(t.components()).hasSize(2));
        assertThat(Scripts.handler("x = $y[1] $$vars")).hasSize(2);
        assertThat(Scripts.expression("f(1)->x")).isInstanceOf(Expression.Autocast.class);
        assertThat(Scripts.expression("@cast(x, \"struct a\", \"kernel<a.h>\")->next")).isInstanceOfSatisfying(
                Expression.Cast.class, c -> assertThat(c.module()).contains("kernel<a.h>"));
        assertThat(Scripts.expression("@var(\"a@b.c\")[1]")).isInstanceOf(Expression.VariableReference.class);
        assertThat(Scripts.expression("@entry($x)->y")).isInstanceOf(Expression.Autocast.class);
    }

    @Test
    void statisticsAndHistograms() {
        assertThat(Scripts.expression("@variance(s, 3)")).isInstanceOfSatisfying(Expression.Statistic.class,
                s -> assertThat(s.parameters()).containsExactly(3L));
        assertThat(Scripts.expression("@hist_log(s[1])[5] + 1")).isInstanceOf(Expression.Binary.class);
        assertThat(Scripts.expression("print(@hist_log(s))")).isInstanceOfSatisfying(Expression.Print.class,
                p -> assertThat(p.arguments().getFirst()).isInstanceOf(Expression.Histogram.class));
        assertThat(Scripts.expression("print(@hist_log(s)[2] + 1)")).isInstanceOfSatisfying(Expression.Print.class,
                p -> assertThat(p.arguments().getFirst()).isInstanceOf(Expression.Binary.class));
        assertThat(Scripts.firstError("probe begin { x = @hist_log(s) }").message())
                .isEqualTo("base histogram operator where expression expected");
    }

    @Test
    void adjacentStringsAreGluedAsSpelled() {
        Expression.StringLiteral literal = (Expression.StringLiteral) Scripts.expression("\"\\12\" \"3\\z\\\"\"");
        assertThat(literal.raw()).isEqualTo("\\123z\"");
        assertThat(literal.value()).isEqualTo("Sz\"");
    }

    @Test
    void numbersWrapButDoNotOverflow() {
        assertThat(((Expression.NumberLiteral) Scripts.expression("0xffffffffffffffff")).value()).isEqualTo(-1);
        assertThat(((Expression.NumberLiteral) Scripts.expression("18446744073709551615")).value()).isEqualTo(-1);
        assertThat(((Expression.NumberLiteral) Scripts.expression("0777")).value()).isEqualTo(511);
        assertThat(((Expression.NumberLiteral) Scripts.expression("0")).value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551616", "0x10000000000000000", "08", "0x", "12ab", "99999999999999999999999"})
    void badNumbersAreRefused(String number) {
        assertThat(Scripts.firstError("probe begin { x = " + number + " }").message())
                .isEqualTo("number invalid or out of range");
    }

    @Test
    void embeddedCodeNeedsGuruModeOrTheLibrary() {
        assertThat(Scripts.firstError("probe begin { %{ x %} }").message())
                .isEqualTo("embedded code in unprivileged script; need stap -g");
        assertThat(Scripts.parseGuru("%{ #include <x.h> %} probe begin { %{ a %} x = %{ b %} }").declarations()).hasSize(2);
    }
}
