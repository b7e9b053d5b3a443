package org.jstap.ebpf.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path EXAMPLE = Path.of("src", "test", "java", "org", "jstap", "ebpf", "example", "SystemCallsPerSecond.java");

    @Test
    void theReadmeShowsTheExampleAsItIs() throws IOException {
        Assumptions.assumeTrue(Files.isRegularFile(README), "skipped: the module is not beside the project's README");
        String shown = between(Files.readString(README), "```java\n", "```\n");
        assertThat(shown).contains("public static void main");
        assertThat(Files.readString(EXAMPLE)).contains(shown);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        assertThat(from).as("no " + start.strip() + " in the README").isNotNegative();
        return text.substring(from + start.length(), text.indexOf(end, from + start.length()));
    }
}
