package org.jstap.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jstap.compiler.FixtureKernel;
import org.jstap.compiler.Scripts;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.source.SourceFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The scripts of the corpus that are wrong, or look it: refused or accepted as by SystemTap, with the first error at its place. */
class BadCasesTest {
    private static final Path CORPUS = Path.of("..", "..", "shared", "conformance", "bad");
    private static final Pattern PLACE = Pattern.compile(":(\\d+:\\d+)$");

    @TestFactory
    Stream<DynamicTest> refusedWhereSystemTapRefuses() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "skipped: the conformance corpus is not beside the project");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            // Those with options of the command line are tested there.
            files.filter(file -> file.toString().endsWith(".stp") && !Files.exists(beside(file, ".args"))).sorted()
                    .forEach(file -> tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file))));
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests.stream();
    }

    private static Path beside(Path file, String ending) {
        return Path.of(file.toString().replaceAll("\\.stp$", ending));
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1).strip() : "";
    }

    private static void check(Path file) throws IOException {
        String late = read(beside(file, ".late"));
        boolean refused = !read(beside(file, ".rc")).equals("0") || !late.isEmpty();
        List<Diagnostic> errors = errors(file);
        assertThat(errors.isEmpty()).as("accepted; errors: %s", errors).isEqualTo(!refused);
        Matcher place = PLACE.matcher(late.isEmpty() ? read(beside(file, ".first")) : late);
        if (refused && place.find()) {
            assertThat(errors.getFirst().primary()).as("%s", errors.getFirst()).isPresent();
            assertThat(errors.getFirst().primary().get().position()).endsWith(":" + place.group(1));
        }
    }

    private static List<Diagnostic> errors(Path file) throws IOException {
        Tapset tapset = new Tapset(Scripts.ENVIRONMENT, List.of());
        SourceFile source = SourceFile.of(file.getFileName().toString(), Files.readAllBytes(file), false);
        ParseResult parsed = Parser.parse(source, new ParseOptions(Scripts.ENVIRONMENT, tapset.macros(), List.of()));
        List<Diagnostic> all = new ArrayList<>(parsed.diagnostics());
        if (parsed.file().isPresent()) {
            all.addAll(Analyser.analyse(List.of(parsed.file().get()), tapset, new FixtureKernel(), AnalysisOptions.DEFAULT)
                    .diagnostics());
        }
        all.removeIf(diagnostic -> !diagnostic.isError());
        return all;
    }
}
