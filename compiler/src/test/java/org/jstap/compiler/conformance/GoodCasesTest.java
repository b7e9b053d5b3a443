package org.jstap.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jstap.compiler.analysis.Analyser;
import org.jstap.compiler.analysis.AnalysisOptions;
import org.jstap.compiler.analysis.AnalysisResult;
import org.jstap.compiler.host.FakeServices;
import org.jstap.compiler.host.Lifecycle;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.lower.Lowering;
import org.jstap.compiler.tapset.Tapset;
import org.jstap.language.diagnostic.DiagnosticPrinter;
import org.jstap.language.parser.ParseOptions;
import org.jstap.language.parser.ParseResult;
import org.jstap.language.parser.Parser;
import org.jstap.language.preprocess.PreprocessorEnvironment;
import org.jstap.language.source.SourceFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The scripts of the corpus that run: output and exit status as recorded from SystemTap. */
class GoodCasesTest {
    private static final Path CORPUS = Path.of("..", "..", "shared", "conformance", "good");

    private record Outcome(String output, int status, String messages) { }

    @TestFactory
    Stream<DynamicTest> sameOutputAndStatusAsSystemTap() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "skipped: the conformance corpus is not beside the project");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            files.filter(file -> file.toString().endsWith(".stp")).sorted().forEach(file ->
                    tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(ConformanceCase.read(file)))));
        }
        return tests.stream();
    }

    private static void check(ConformanceCase one) throws IOException {
        Outcome outcome = run(one);
        assertThat(outcome.output()).as("%s says %s; output", one.name(), outcome.messages()).isEqualTo(one.expectedOutput());
        assertThat(outcome.status()).as("status; messages: %s", outcome.messages()).isEqualTo(one.expectedStatus());
        if (Boolean.getBoolean("jstap.conformance.messages")) {
            assertThat(outcome.messages()).isEqualTo(one.expectedMessages());
        }
    }

    private static Outcome run(ConformanceCase one) throws IOException {
        PreprocessorEnvironment environment = PreprocessorEnvironment.of("6.12.0", "x86_64").withGuruMode(one.guru());
        Tapset tapset = new Tapset(environment, List.of());
        SourceFile source = SourceFile.of(one.script().getFileName().toString(), Files.readAllBytes(one.script()), false);
        ParseResult parsed = Parser.parse(source, new ParseOptions(environment, tapset.macros(), one.arguments()));
        assertThat(parsed.file()).as("parsed: %s", DiagnosticPrinter.print(parsed.diagnostics())).isPresent();
        AnalysisResult analysed = Analyser.analyse(List.of(parsed.file().get()), tapset, new NoKernel(),
                new AnalysisOptions(one.guru(), one.globals(), false));
        assertThat(analysed.program()).as("analysed: %s", DiagnosticPrinter.print(analysed.diagnostics())).isPresent();
        IrProgram program = Lowering.lower(analysed.program().get());
        Limits limits = Limits.of(one.definitions(), program);
        FakeServices services = new FakeServices();
        StringBuilder messages = new StringBuilder();
        Lifecycle lifecycle = new Lifecycle(program, limits, GlobalStorage.inJvm(program.globals(), limits), services,
                line -> messages.append(line).append('\n'), one.options());
        if (lifecycle.start()) {
            lifecycle.finish();
        }
        for (String warning : services.warnings()) {
            messages.append("WARNING: ").append(warning).append('\n');
        }
        return new Outcome(services.output(), lifecycle.status(), messages.toString());
    }
}
