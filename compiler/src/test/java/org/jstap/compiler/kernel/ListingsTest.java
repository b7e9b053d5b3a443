package org.jstap.compiler.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.emit.ImagePrinter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What passes 3 and 4 print, on the frozen kernel, so that the text is the same on every machine. Run with the system property
 * {@code jstap.golden.write=true} to write the files anew, then look at the difference before it is committed. For instance
 * {@code mvn -pl compiler -am test -Dtest=ListingsTest -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Djstap.golden.write=true}.
 */
class ListingsTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final Path EXAMPLES = Path.of("..", "examples", "network");

    @ParameterizedTest
    @ValueSource(strings = {"nettop", "dropwatch", "tcp_connections", "socket-trace"})
    void pass3OfTheNetworkGuide(String name) throws IOException {
        check(Path.of("p3", name + ".txt"), pass3(Kernels.guide(name)));
    }

    @TestFactory
    List<DynamicTest> pass3OfOurExamples() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(EXAMPLES), "skipped: there are no examples beside the modules");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            files.filter(file -> file.toString().endsWith(".stp")).sorted().forEach(file -> {
                String name = file.getFileName().toString().replace(".stp", ".txt");
                tests.add(DynamicTest.dynamicTest(name, () -> check(Path.of("p3", "examples", name),
                        pass3(Files.readString(file, StandardCharsets.ISO_8859_1)))));
            });
        }
        return tests;
    }

    @ParameterizedTest
    @ValueSource(strings = "dropwatch")
    void pass4NamesLinesOfTheScript(String name) throws IOException {
        String script = Kernels.guide(name);
        String listing = ImagePrinter.print(Kernels.assembled(script));
        String probe = script.lines().filter(line -> line.startsWith("probe kernel.trace")).findFirst().orElseThrow();
        int number = script.lines().toList().indexOf(probe) + 1;
        assertThat(listing).contains("; test.stp:" + number + ": " + probe);
        check(Path.of("p4", name + ".txt"), listing);
    }

    @Test
    void pass4ListsTheProgramOfTheFirstFunctionThatATrampolineFinds() {
        String listing = ImagePrinter.print(Kernels.assembled("probe kernel.function(\"__sock_*\") { println(1) }"));
        assertThat(listing).contains("by fentry at kernel.function(\"__sock_create\") and ");
    }

    private static String pass3(String script) {
        IrProgram program = Kernels.lower(script);
        return PlanPrinter.print(program, Kernels.plan(program));
    }

    private static void check(Path name, String printed) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("jstap.golden.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, printed, StandardCharsets.ISO_8859_1);
        }
        assertThat(golden).as("no such file: run with -Djstap.golden.write=true").exists();
        assertThat(printed).isEqualTo(Files.readString(golden, StandardCharsets.ISO_8859_1));
    }
}
