package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void helpIsOnePage() throws IOException {
        Call call = Call.of("--help");
        assertThat(call.status()).isZero();
        assertThat(call.out()).isEqualTo(golden("help.txt"));
        assertThat(call.err()).isEmpty();
        assertThat(call.out().lines().count()).isLessThanOrEqualTo(50);
        assertThat(call.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theVersionIsThatOfTheProject() throws IOException {
        Call call = Call.of("-V");
        assertThat(call.status()).isZero();
        assertThat(call.out()).startsWith("jstap " + Version.NUMBER + ":");
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom).contains("<version>" + Version.NUMBER + "</version>");
    }

    @Test
    void aWrongCommandLinePointsAtTheWordAndSaysWhereHelpIs() {
        Call call = Call.of("-p2", "--no-such-option", "x.stp");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).isEqualTo("""
                jstap: unrecognized option '--no-such-option'
                         at: <input>:1:11 (the command line)
                     source: jstap -p2 --no-such-option x.stp
                                       ^
                Try '--help' for more information.
                """);
    }

    private static String golden(String name) throws IOException {
        try (var in = CommandLineTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
