package org.jstap.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.program.Type;
import org.jstap.language.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;

class TypeInferenceTest {
    @Test
    void learnsThroughFunctionsArraysAndLoops() {
        Program program = Scripts.program("""
                global a, total
                function pick(x, y) { return x ? y : "" }
                probe begin { a[execname(), 1] = pick(1, "q"); foreach ([name, n] in a) total += n; println(total) }
                """);
        assertThat(program.globals().getFirst().keys()).containsExactly(Type.STRING, Type.LONG);
        assertThat(program.globals().getFirst().value()).isEqualTo(Type.STRING);
        assertThat(program.functions().getFirst().result()).isEqualTo(Type.STRING);
        assertThat(program.functions().getFirst().parameters()).extracting(local -> local.type())
                .containsExactly(Type.LONG, Type.STRING);
    }

    @Test
    void mismatchNamesBothPlaces() {
        AnalysisResult result = Scripts.analyse("probe begin { a = 1; println(a); a = \"x\"; println(a) }");
        assertThat(result.program()).isEmpty();
        Diagnostic first = result.diagnostics().getFirst();
        assertThat(first.message()).isEqualTo("type mismatch (string)");
        assertThat(first.primary().orElseThrow().column()).isEqualTo(34);
        assertThat(first.related()).hasSize(1);
        assertThat(first.related().getFirst().label()).contains("first inferred here (long)");
        assertThat(first.related().getFirst().span().column()).isEqualTo(15);
    }

    @Test
    void functionThatReturnsNothingCountsAsANumber() {
        Program program = Scripts.program("function f() { log(\"x\") }\nprobe begin { println(f() + 1) }");
        assertThat(program.functions().getFirst().result()).isEqualTo(Type.LONG);
    }

    @Test
    void statisticsKnowWhatTheyHaveToRemember() {
        Program program = Scripts.program("""
                global s
                probe begin { s[1] <<< 2; println(@variance(s[1], 3)); foreach (k in s @max-) print(@hist_log(s[k])) }
                """);
        assertThat(program.globals().getFirst().shape().extractors()).extracting(Enum::name)
                .containsExactlyInAnyOrder("VARIANCE", "MAX");
        assertThat(program.globals().getFirst().shape().bitShift()).isEqualTo(3);
        assertThat(program.globals().getFirst().shape().histogram()).isPresent();
    }

    @Test
    void overloadsGoByPriorityAndThenToTheLibrary() {
        Program program = Scripts.program("""
                function errno_str(e):2 { return "second" }
                function errno_str(e):1 { if (e > 5) next; return "first" }
                probe begin { println(errno_str(3)) }
                """);
        String printed = ProgramPrinter.print(program);
        assertThat(printed.indexOf("\"first\"")).isLessThan(printed.indexOf("\"second\""));
        // The last one stands for the built-in function.
        assertThat(program.functions()).hasSize(3);
        assertThat(printed).contains("return errno_str(arg1)");
    }

    @Test
    void privateNamesAreSeenByTheirFileOnly() {
        assertThat(Scripts.errors("probe begin { println(_indent_depths[1]) }")).singleElement().asString()
                .contains("unresolved arity-1 global array _indent_depths");
    }

    @Test
    void valuesFromTheCommandLineReplaceInitialValues() {
        AnalysisResult result = Scripts.analyse("global n = 1, s = \"a\"\nprobe begin { println(n, s) }", new FixtureKernel(),
                new AnalysisOptions(false, Map.of("n", "0x10", "s", "b"), false, Optional.empty()));
        assertThat(result.program().orElseThrow().globals()).extracting(global -> global.initial().orElseThrow())
                .containsExactly(new Constant.Number(16), new Constant.Text("b"));
        assertThat(Scripts.errors(Scripts.analyse("probe begin { exit() }", new FixtureKernel(),
                new AnalysisOptions(false, Map.of("nosuch", "1"), false, Optional.empty())))).singleElement().asString().contains("'nosuch'");
    }

    @Test
    void loopVariablesMayBeGlobals() {
        Program program = Scripts.program("global a, k\nprobe begin { a[1] = 2; foreach (k in a) println(k) }");
        assertThat(ProgramPrinter.print(program)).contains("k = __k");
    }

    @Test
    void longChainsOfCallsEnd() {
        StringBuilder script = new StringBuilder("function f2000() { return 1 }\n");
        for (int i = 0; i < 2000; i++) {
            script.append("function f").append(i).append("() { return f").append(i + 1).append("() }\n");
        }
        Program program = Scripts.program(script + "probe begin { f0(); println(f0()) }");
        assertThat(program.functions()).hasSize(2001).allMatch(function -> function.result() == Type.LONG);
    }

    @Test
    void whatIsOnlyDeletedOrLookedAtHasNoType() {
        assertThat(Scripts.errors("global a\nprobe begin { delete a; exit() }")).singleElement().asString()
                .contains("unresolved type");
        assertThat(Scripts.errors("global a\nprobe begin { println(1 in a) }")).singleElement().asString()
                .isEqualTo("1:8 unresolved type ");
        assertThat(Scripts.errors("probe begin { println(@count(nosuch)) }")).singleElement().asString()
                .contains("missing global declaration");
    }
}
