package org.jstap.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.language.source.SourceFile;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static String printed(String text) {
        return DiagnosticPrinter.print(Scripts.result(text).diagnostics());
    }

    @Test
    void theCaretStandsUnderThePlace() {
        assertThat(printed("probe begin {\n\tx = 1 + * 2\n}")).isEqualTo("""
                parse error: expected literal string or number
                        saw: operator '*' at test.stp:2:10
                     source: \tx = 1 + * 2
                             \t        ^
                """);
    }

    @Test
    void anUnclosedBraceIsShown() {
        assertThat(printed("probe begin {\n  if (x) { y()\n}\n")).isEqualTo("""
                parse error: expected statement
                        saw: end of file at test.stp:4:1
                     source:\s
                             ^
                       note: this '{' has no '}' at test.stp:1:13
                     source: probe begin {
                                         ^
                """);
    }

    @Test
    void bothPlacesOfADuplicateAreShown() {
        assertThat(printed("function f(a, b, a) {}")).isEqualTo("""
                parse error: duplicate parameter names
                        saw: identifier 'a' at test.stp:1:18
                     source: function f(a, b, a) {}
                                              ^
                       note: first named here at test.stp:1:12
                     source: function f(a, b, a) {}
                                        ^
                """);
    }

    @Test
    void aMacrosUseIsShown() {
        assertThat(printed("@define m(x) %( @x + ) %)\nprobe begin { y = @m(1) }")).isEqualTo("""
                parse error: expected literal string or number
                        saw: operator ')' at test.stp:1:22
                     source: @define m(x) %( @x + ) %)
                                                  ^
                in expansion of macro: '@m' at test.stp:2:19
                     source: probe begin { y = @m(1) }
                                               ^
                """);
    }

    @Test
    void nearNamesAreSuggested() {
        assertThat(printed("prob begin {}")).contains("hint: did you mean 'probe'?");
        assertThat(printed("probe begin { x = @coutn(s) }")).contains("hint: did you mean '@count'?");
        assertThat(printed("%( kernel_w == \"1\" %? %)")).contains("did you mean 'kernel_v' or 'kernel_vr'?");
        assertThat(Suggestions.near("abc", List.of("xyz", "abd", "acb", "ab"), 3)).containsExactly("abd", "acb", "ab");
    }

    @Test
    void parsingGoesOnAfterAnError() {
        List<Diagnostic> all = Scripts.result("""
                probe a { x = }
                function f( { }
                global 5
                probe b { y() }
                """).diagnostics();
        assertThat(all).extracting(d -> d.primary().orElseThrow().position())
                .containsExactly("test.stp:1:15", "test.stp:2:13", "test.stp:3:8");
    }

    @Test
    void controlBytesDoNotReachTheTerminal() {
        assertThat(printed("probe begin { \u001b[31m }")).doesNotContain("\u001b").contains("0x1b");
    }

    @Test
    void anEmptyFileIsAnError() {
        assertThat(printed("# nothing\n")).startsWith("parse error: Input file 'test.stp' is empty.\n");
    }

    @Test
    void deepNestingIsRefusedNotOverflowed() {
        for (String deep : List.of("(", "-", "!", "{", "if (1) ", "f(", "a[", "$x[", "1 ? ", "a = ", "while (0) ", "[")) {
            Diagnostic error = Scripts.firstError("probe begin { " + deep.repeat(200_000));
            assertThat(error.primary()).as(deep).isPresent();
        }
        assertThat(Scripts.firstError("probe begin { x = 1" + " + 1".repeat(50_000) + " }").message())
                .isEqualTo("more than 1000 operators in one statement");
        assertThat(Scripts.firstError("probe " + "{".repeat(100_000)).message()).contains("nested more than");
        assertThat(Scripts.firstError("probe " + "{a,b}.".repeat(40) + "c {}").message()).contains("more than 10000 probe points");
    }

    @Test
    void manyOperatorsInManyStatementsAreFine() {
        assertThat(Scripts.parse("probe begin { " + "x = 1 + 2 . 3\n".repeat(5_000) + " }").declarations()).hasSize(1);
        assertThat(Scripts.parse("probe begin { x = " + "(".repeat(150) + "1" + ")".repeat(150) + " }").declarations()).hasSize(1);
    }

    @Test
    void aVeryLongLineIsCutAroundTheCaret() {
        String text = printed("probe begin { x = \"" + "y".repeat(100_000) + "\" ) }");
        assertThat(text.length()).isLessThan(1_000);
        String[] lines = text.split("\n");
        assertThat(lines[2].charAt(lines[3].indexOf('^'))).isEqualTo(')');
    }

    @Test
    void linesAndColumnsCountFromOne() {
        SourceFile file = new SourceFile("a", "one\r\ntwo\n");
        assertThat(file.lineCount()).isEqualTo(3);
        assertThat(file.lineText(1)).isEqualTo("one");
        assertThat(file.span(5, 8)).returns(2, s -> s.line()).returns(1, s -> s.column()).returns("two", s -> s.text());
        assertThat(file.line(9)).isEqualTo(3);
        assertThat(file.column(4)).isEqualTo(5);
    }
}
