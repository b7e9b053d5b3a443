package org.jstap.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.preprocess.MacroLibrary;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.TreePrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorTest {
    private static String body(String statements, String... arguments) {
        String printed = Scripts.printed("probe begin { " + statements + " }", arguments);
        return printed.replace("probe begin {\n", "").replace("}\n", "").replaceAll("\\s+", " ").strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "kernel_v == \"6.12.3\"; yes", "kernel_v >= \"6.9\"; yes", "kernel_v < \"6.2\"; no", "kernel_v == \"6.12*\"; yes",
        "kernel_vr == \"6.12.3-1-amd64\"; yes", "kernel_vr != \"*amd64\"; no", "arch == \"x86_64\"; yes",
        "arch != \"ia64\"; yes", "arch == \"x86*\"; yes", "systemtap_v >= \"4.8\"; yes", "guru_mode == 0; yes",
        "guru_mode != 0; no", "runtime == \"kernel\"; yes", "runtime != \"bpf\"; yes",
        "systemtap_privilege == \"stapdev\"; yes", "CONFIG_SMP == \"[ym]\"; yes", "CONFIG_NONE == \"\"; yes",
        "CONFIG_NR_CPUS >= CONFIG_SPLIT; yes", "1 < 2; yes", "0x10 == 16; yes", "\"10\" < \"9\"; yes",
        "1 == 2 || 3 == 3; yes", "1 == 1 || 1 == 1 && 1 == 2; yes", "1 == 2 && 1 == 1 || 2 == 3; no",
    })
    void conditions(String condition, String expected) {
        var environment = Scripts.ENVIRONMENT.withConfiguration(
                option -> switch (option) {
                    case "CONFIG_SMP" -> "y";
                    case "CONFIG_NR_CPUS" -> "128";
                    case "CONFIG_SPLIT" -> "16";
                    default -> "";
                });
        ParseResult result = Parser.parse(new SourceFile("t.stp",
                "probe begin { %( " + condition + " %? yes() %: no() %) }"), ParseOptions.of(environment));
        assertThat(TreePrinter.print(result.file().orElseThrow())).contains(expected + "();");
    }

    @Test
    void conditionsNestAndTheElseMayBeMissing() {
        assertThat(body("%( 1 == 1 %? %( 1 == 2 %? a() %: b() %) c() %: d() %) %( 1 == 2 %? e() %)")).isEqualTo("b(); c();");
        assertThat(body("%( 1 == 2 %? %( 1 == 1 %? a() %: b() %) c() %: d() %)")).isEqualTo("d();");
    }

    @Test
    void leftOutTokensNeedNotParseButMustBeTokens() {
        assertThat(body("%( 1 == 2 %? ) ** ] $7 @nothing %) a()")).isEqualTo("a();");
        assertThat(Scripts.firstError("probe begin { %( 1 == 2 %? \"abc\n %) a() }").message())
                .isEqualTo("Could not find matching closing quote");
    }

    @Test
    void arguments() {
        assertThat(body("a($1, @1, $#, @#)", "7")).isEqualTo("a(7, \"7\", 1, \"1\");");
        assertThat(body("$1", "b(1) + c")).isEqualTo("b(1) + c;");
        assertThat(body("a(@1)", "q\"\\n")).isEqualTo("a(\"q\\\"\\\\n\");");
        Diagnostic error = Scripts.firstError("probe begin { a($2) }", "x");
        assertThat(error.message()).isEqualTo("command line argument out of range [1-1]");
    }

    @Test
    void anUnusedArgumentIsAWarning() {
        ParseResult result = Scripts.result("probe begin { a($2) }", "x", "y", "z");
        assertThat(result.file()).isPresent();
        assertThat(result.diagnostics()).extracting(Diagnostic::message).containsExactly(
                "unused command line option $1/@1", "unused command line option $3/@3");
    }

    @Test
    void macrosAreText() {
        String script = "@define two(x) %( @x + @x %)\n@define list(a, b) %( @b, @a %)\n";
        assertThat(Scripts.printed(script + "probe begin { f(@two(i++)) g(@list(h(3, 4), 5)) }"))
                .contains("f(i++ + i++);").contains("g(5, h(3, 4));");
    }

    @Test
    void anArgumentsMacrosMeanWhatTheyMeanWhereItIsWritten() {
        String script = "@define inner(x) %( nn(@x) %)\n@define outer(x) %( @inner(@x + 1) %)\nprobe begin { @outer(2) @inner(@inner(3)) }";
        assertThat(Scripts.printed(script)).contains("nn(2 + 1);").contains("nn(nn(3));");
    }

    @Test
    void macrosMayHoldConditionsAndHideBuiltIns() {
        ParseResult result = Scripts.result("@define count(x) %( %( 1 == 1 %? c(@x) %: d %) %) probe begin { @count(5) }");
        assertThat(TreePrinter.print(result.file().orElseThrow())).contains("c(5);");
        assertThat(result.diagnostics()).singleElement()
                .returns("macro '@count' hides the built-in operator of that name", Diagnostic::message)
                .returns(false, Diagnostic::isError);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "@define m %( @m %) probe begin { @m }|recursive invocation of macro '@m'",
        "@define a %( @b %) @define b %( @a %) probe begin { @a }|recursive invocation of macro '@a'",
        "@define m(x) %( @x %) probe begin { @m }|expected '(' in invocation of macro '@m' taking 1 parameter",
        "@define m(x) %( @x %) probe begin { @m(1, 2) }|too many parameters for macro '@m' (expected 1)",
        "@define m(x, y) %( @x %) probe begin { @m(1) }|too few parameters for macro '@m' (expected 2)",
        "@define m(x) %( @x %) probe begin { @m(1 }|could not find matching ')' in invocation of macro '@m'",
        "@define m %( 1 %) @define m %( 2 %)|attempt to redefine macro '@m' in the same file",
        "@define m %( 1|incomplete macro definition of '@m' - missing '%)'",
        "@define %( 1 %)|expected identifier as the name of a macro",
        "probe begin { @coutn(x) }|unknown operator @coutn",
        "probe begin %) {}|incomplete conditional - missing '%('",
        "%( 1 == \"x\" %? %)|expected number",
        "%( arch < \"x\" %? %)|expected '==' or '!='",
    })
    void macroErrors(String script, String message) {
        assertThat(Scripts.firstError(script).message()).isEqualTo(message);
    }

    @Test
    void macrosThatDoubleEachOtherAreStopped() {
        StringBuilder script = new StringBuilder("@define m0 %( 1 + %)\n");
        for (int i = 1; i < 60; i++) {
            script.append("@define m").append(i).append(" %( @m").append(i - 1).append(" @m").append(i - 1).append(" %)\n");
        }
        assertThat(Scripts.firstError(script + "probe begin { x = @m59 1 }").isError()).isTrue();
        String empty = script.toString().replace("1 +", "");
        assertThat(Scripts.firstError(empty + "probe begin { @m59 }").message()).contains("expand to more than");
    }

    @Test
    void libraryMacrosAreFoundAndConditionsAroundThemHold() {
        MacroLibrary.Result library = MacroLibrary.parse(List.of(new SourceFile("lib.stpm", """
                %( kernel_v >= "6" %? @define version %( "new" %) %: @define version %( "old" %) %)
                @define choose(a, b) %( ( @defined(@a) ? @a : @b ) %)
                """, true)), Scripts.ENVIRONMENT);
        assertThat(library.diagnostics()).isEmpty();
        ParseResult result = Parser.parse(new SourceFile("t.stp", "probe begin { a(@version, @choose($x, 1)) }"),
                ParseOptions.of(Scripts.ENVIRONMENT).withMacros(library.library()));
        assertThat(TreePrinter.print(result.file().orElseThrow())).contains("a(\"new\", @defined($x) ? $x : 1);");
        assertThat(MacroLibrary.parse(List.of(new SourceFile("lib.stpm", "probe begin {}", true)), Scripts.ENVIRONMENT)
                .diagnostics()).singleElement().satisfies(d -> assertThat(d.message()).contains("@define"));
    }
}
