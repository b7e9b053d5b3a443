package org.jstap.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jstap.compiler.Scripts;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pass 2 prints for the four scripts of the network guide, on the frozen kernel. Set {@code jstap.golden.write} to renew it. */
class NetworkScriptsTest {
    private static final Path GUIDE = Path.of("..", "..", "shared", "network-guide");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "p2");

    @ParameterizedTest
    @ValueSource(strings = {"nettop", "dropwatch", "tcp_connections", "socket-trace"})
    void printedAsBefore(String name) throws IOException {
        Path script = GUIDE.resolve(name + ".stp");
        Assumptions.assumeTrue(Files.exists(script), "skipped: the network guide is not beside the project");
        String printed = ProgramPrinter.print(Scripts.program(Files.readString(script, StandardCharsets.ISO_8859_1)));
        Path golden = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("jstap.golden.write")) {
            Files.writeString(golden, printed);
        }
        assertThat(printed).isEqualTo(Files.readString(golden));
    }
}
