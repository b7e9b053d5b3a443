package org.jstap.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.analysis.AnalysisResult;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.diagnostic.Severity;
import org.jstap.language.source.SourceFile;
import org.jstap.language.tree.Declaration.FunctionDeclaration;
import org.jstap.language.tree.Parameter;
import org.jstap.language.tree.ValueType;
import org.jstap.language.tree.ScriptFile;
import org.junit.jupiter.api.Test;

class TapsetIndexTest {
    private static final Path FILES = Path.of("src", "main", "resources", "org", "jstap", "compiler", "tapset");

    @Test
    void committedIndexIsThatOfTheFiles() throws IOException {
        TapsetIndex.Result result = TapsetIndex.index(FILES);
        assertThat(result.diagnostics()).as(DiagnosticPrinter.print(result.diagnostics())).isEmpty();
        assertThat(Tapset.resource("index.txt"))
                .as("run org.jstap.compiler.tapset.TapsetIndex on the tapset's directory and commit index.txt")
                .isEqualTo(result.index());
    }

    @Test
    void onlyFilesWithANameInUseAreRead() {
        Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of());
        List<ScriptFile> files = tapset.withFunction("thread_indent");
        assertThat(files).extracting(file -> file.source().name()).containsExactly("indent.stp");
        assertThat(tapset.withFunction("thread_indent").getFirst()).isSameAs(files.getFirst());
        assertThat(tapset.withFunction("no_such_function")).isEmpty();
    }

    @Test
    void everyFunctionOfTheLibraryHasTypes() {
        Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of());
        StringBuilder calls = new StringBuilder();
        List<String> names = new ArrayList<>(tapset.functionNames());
        for (String name : names) {
            for (ScriptFile file : tapset.withFunction(name)) {
                file.declarations().forEach(declaration -> {
                    if (declaration instanceof FunctionDeclaration function && function.name().equals(name)) {
                        calls.append(call(function)).append('\n');
                    }
                });
            }
        }
        assertThat(names).hasSizeGreaterThan(100);
        ScriptFile script = Scripts.parse("probe begin {\n" + calls + "}", tapset);
        AnalysisResult result = Analyser.analyse(List.of(script), tapset, new FixtureKernel(),
                new AnalysisOptions(true, Map.of(), false, Optional.empty()));
        // The frozen kernel has only some types, and no modules; the one that runs here has all of the kernel's.
        assertThat(result.diagnostics()).filteredOn(TapsetIndexTest::isError).as(DiagnosticPrinter.print(result.diagnostics()))
                .allMatch(diagnostic -> diagnostic.message().contains("not found in '")
                        || diagnostic.message().contains("unable to find member")
                        || diagnostic.message().contains("which has no member"));
    }

    private static boolean isError(Diagnostic diagnostic) {
        return diagnostic.severity() == Severity.ERROR;
    }

    private static String call(FunctionDeclaration function) {
        List<String> arguments = new ArrayList<>();
        for (Parameter parameter : function.parameters()) {
            arguments.add(parameter.type().orElse(ValueType.LONG) == ValueType.STRING ? "execname()" : "pid()");
        }
        String call = function.name() + "(" + String.join(", ", arguments) + ")";
        return function.returnType().isPresent() ? "println(" + call + ")" : call;
    }

    @Test
    void aliasesOfTheLibraryResolve() {
        assertThat(Scripts.errors("probe netdev.transmit, netdev.receive { println(dev_name, length, protocol, truesize) }")).isEmpty();
        assertThat(Scripts.errors("probe oneshot { log(\"once\") }")).isEmpty();
    }

    @Test
    void anAliasSeesThePrivateFunctionsOfItsFile() {
        SourceFile own = new SourceFile("own.stp", "private global secret = 4\nprivate function mine(x:long) { return x + secret }\n"
                + "probe my.begin = begin { n = mine(1) }", true);
        Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of(own));
        AnalysisResult result = Analyser.analyse(List.of(Scripts.parse("probe my.begin { println(n) }", tapset)), tapset,
                new FixtureKernel(), AnalysisOptions.DEFAULT);
        assertThat(result.program()).as(DiagnosticPrinter.print(result.diagnostics())).isPresent();
    }

    @Test
    void filesOfTheUserComeFirst() {
        SourceFile own = new SourceFile("own.stp", "function mine(x:long) { return x + 1 }\nprobe my.begin = begin { n = 1 }");
        SourceFile macros = new SourceFile("own.stpm", "@define two %( 2 %)");
        Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of(own, macros));
        ScriptFile script = Scripts.parse("probe my.begin { println(mine(@two) + n) }", tapset);
        AnalysisResult result = Analyser.analyse(List.of(script), tapset, new FixtureKernel(), AnalysisOptions.DEFAULT);
        assertThat(result.program()).as(DiagnosticPrinter.print(result.diagnostics())).isPresent();
    }
}
