package org.jstap.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jstap.compiler.Scripts;
import org.junit.jupiter.api.Test;

class ElisionTest {
    private static String body(String statements) {
        String printed = ProgramPrinter.print(Scripts.program("probe begin { " + statements + " }"));
        return printed.substring(printed.indexOf('{')).replaceAll("\\s+", " ").strip();
    }

    @Test
    void assignmentThatNobodyReadsGoesBeforeTypesAreChecked() {
        assertThat(Scripts.errors("probe begin { a = 1; a = \"x\"; exit() }")).isEmpty();
        assertThat(body("a = 1; a = \"x\"; exit()")).isEqualTo("{ exit() }");
    }

    @Test
    void warnsAtTheOperatorOnceForEachVariable() {
        assertThat(Scripts.warnings("probe begin { a = 1; a = 2; b = 3; exit() }")).containsExactly(
                "1:17 Eliding assignment to 'a'", "1:31 Eliding assignment to 'b'",
                "1:19 Eliding side-effect-free expression ");
    }

    @Test
    void warnsOfGlobalsThatNothingAssigns() {
        assertThat(Scripts.warnings("global a, b = 1, c, d; probe begin { println(a + b, 1 in c); c[1] = 1; exit() }"))
                .containsExactly("1:8 never-assigned global variable 'a'");
    }

    @Test
    void callsOfAnElidedExpressionStay() {
        assertThat(body("x = strlen(\"a\") + (exit() + 1); log(\"x\")")).isEqualTo("{ exit() log(\"x\") }");
    }

    @Test
    void valueOfAnElidedAssignmentIsStillUsed() {
        assertThat(body("println(d = 9)")).isEqualTo("{ printf(\"%d\\n\", 9) }");
    }

    @Test
    void branchesThatConstantsRuleOutGo() {
        assertThat(body("if (0) println(1 + \"x\"); else println(1 ? \"a\" : 2); while (0) exit()"))
                .isEqualTo("{ printf(\"%s\\n\", \"a\") }");
    }

    @Test
    void literalsAreComparedAndJoinedAsSpelled() {
        assertThat(body("println(\"\\101\" == \"A\"); println(\"\\12\" . \"3\")"))
                .isEqualTo("{ printf(\"%d\\n\", 0) printf(\"%s\\n\", \"S\") }");
    }

    @Test
    void constantDivisionByZeroIsLeftForTheRun() {
        assertThat(body("println(1 / 0)")).isEqualTo("{ printf(\"%d\\n\", 1 / 0) }");
    }

    @Test
    void nothingAfterNextIsReached() {
        assertThat(body("exit(); next; println(1 . \"type error \" + 1)")).isEqualTo("{ exit() next }");
    }

    @Test
    void globalsThatAreOnlyWrittenStayForTheDisplay() {
        var program = Scripts.program("global a, b = 3\nprobe begin { a = 1; exit() }");
        assertThat(program.globals()).hasSize(1);
        assertThat(program.globals().getFirst().written()).isTrue();
        assertThat(program.globals().getFirst().read()).isFalse();
    }

    @Test
    void recursiveFunctionsAreNoProblem() {
        assertThat(Scripts.errors("function f(n) { f(n - 1); x = f(n) }\nprobe begin { f(1); exit() }")).isEqualTo(List.of());
    }
}
