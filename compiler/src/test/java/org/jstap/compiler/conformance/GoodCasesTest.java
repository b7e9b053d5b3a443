package org.jstap.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jstap.language.source.SourceFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The scripts of the corpus that run: output and exit status as recorded from SystemTap. */
class GoodCasesTest {
    private static final Path CORPUS = Path.of("..", "..", "shared", "conformance", "good");

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

    static void check(ConformanceCase one) throws IOException {
        HostRun.Outcome outcome = HostRun.run(source(one), one.definitions(), one.globals(), one.guru(), one.options(),
                one.arguments());
        assertThat(outcome.output()).as("%s says %s; output", one.name(), outcome.messages()).isEqualTo(one.expectedOutput());
        assertThat(outcome.status()).as("status; messages: %s", outcome.messages()).isEqualTo(one.expectedStatus());
        assertThat(withoutLinesOfTheLibrary(outcome.messages())).isEqualTo(withoutLinesOfTheLibrary(one.expectedMessages()));
    }

    private static SourceFile source(ConformanceCase one) throws IOException {
        return SourceFile.of(one.script().getFileName().toString(), Files.readAllBytes(one.script()), false);
    }

    /** Our library's files have other lines than SystemTap's. */
    private static String withoutLinesOfTheLibrary(String messages) {
        return messages.replaceAll("(?:TAPSET/)?(logging\\.stp):\\d+:\\d+", "$1");
    }
}
