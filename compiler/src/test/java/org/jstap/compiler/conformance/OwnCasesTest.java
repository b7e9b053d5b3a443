package org.jstap.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.source.SourceFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our own cases, in the form of the corpus, numbered by section of the language reference. */
class OwnCasesTest {
    private static final Path CASES = Path.of("src", "test", "resources", "cases");

    @TestFactory
    Stream<DynamicTest> scriptsThatRun() throws IOException {
        return tests("good", 80, file -> GoodCasesTest.check(ConformanceCase.read(file)));
    }

    @TestFactory
    Stream<DynamicTest> scriptsThatAreRefused() throws IOException {
        return tests("bad", 60, OwnCasesTest::refused);
    }

    @FunctionalInterface
    private interface Check {
        void of(Path script) throws IOException;
    }

    private static Stream<DynamicTest> tests(String folder, int atLeast, Check check) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(CASES.resolve(folder))) {
            files.filter(file -> file.toString().endsWith(".stp")).sorted().forEach(file ->
                    tests.add(DynamicTest.dynamicTest(folder + "/" + file.getFileName(), () -> check.of(file))));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(atLeast);
        return tests.stream();
    }

    /** {@code .first} is the first error, with its place. */
    private static void refused(Path script) throws IOException {
        Diagnostic first = errors(script).stream().filter(Diagnostic::isError).findFirst().orElseThrow(
                () -> new AssertionError("accepted"));
        String place = first.primary().isPresent() ? first.primary().get().position() : script.getFileName() + ":1:1";
        String expected = Files.readString(Path.of(script.toString().replaceAll("\\.stp$", ".first")),
                StandardCharsets.ISO_8859_1).strip();
        assertThat((first.phase().title() + ": " + first.message()).strip() + " at " + place).isEqualTo(expected);
    }

    private static List<Diagnostic> errors(Path script) throws IOException {
        Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of());
        SourceFile source = SourceFile.of(script.getFileName().toString(), Files.readAllBytes(script), false);
        ParseResult parsed = Parser.parse(source, new ParseOptions(Scripts.ENVIRONMENT, tapset.macros(), List.of()));
        List<Diagnostic> all = new ArrayList<>(parsed.diagnostics());
        if (parsed.file().isPresent()) {
            all.addAll(Analyser.analyse(List.of(parsed.file().get()), tapset, new FixtureKernel(), AnalysisOptions.DEFAULT)
                    .diagnostics());
        }
        return all;
    }
}
