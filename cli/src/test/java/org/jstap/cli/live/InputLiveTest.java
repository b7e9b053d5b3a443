package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Probes of standard input, a pipe and a terminal. */
class InputLiveTest {
    private static final String SCRIPT = """
            global shown
            probe begin { println("ready") }
            probe input.line { printf("line %d: %s", strlen(line), line) }
            probe input.char { shown .= char == "\\n" ? "|" : char; if (char == "x") exit() }
            probe input.line { if (line == "cd\\n") println("seen twice by ", pp()) }
            probe end { println(shown) }
            """;

    @Test
    void charactersAndLinesOfAPipe() throws Exception {
        try (JstapProcess jstap = JstapProcess.startWithInput("exec \"$@\"", "-e", SCRIPT)) {
            jstap.awaitOutput("ready");
            jstap.type("ab\nc");
            jstap.awaitOutput("line 3: ab\n");
            jstap.type("d\n" + "e".repeat(600) + "\nxy");
            assertThat(jstap.await().out()).isEqualTo("ready\nline 3: ab\nline 3: cd\nseen twice by procfs(\"__stdin_line\").write\n"
                    + "line 511: " + "e".repeat(511) + ("ab|cd|" + "e".repeat(600)).substring(0, 511) + "\n");
        }
    }

    @Test
    void aTerminalHandsOverEachCharacterWithoutShowingIt() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/script")), "skipped: no program 'script' that makes a terminal");
        String script = "probe begin { println(\"ready\") } probe input.char { printf(\"got %s\\n\", char); if (char == \"q\") exit() }";
        try (JstapProcess jstap = JstapProcess.startWithInput("set -- \"$@\"; export WORDS; WORDS=; for word; do WORDS=\"$WORDS '$word'\"; done;"
                + " exec script -qec \"$WORDS; stty -a\" /dev/null", "-e", script)) {
            jstap.awaitOutput("ready");
            jstap.type("a");
            jstap.awaitOutput("got a");
            jstap.type("q");
            String out = jstap.await().out().replace("\r", "");
            assertThat(out).startsWith("ready\ngot a\ngot q\n").containsPattern("[^-]icanon").containsPattern("[^-]echo ");
        }
    }
}
