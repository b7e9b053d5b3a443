package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jstap.cli.ExampleCheck.Verdict.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleCheckTest {
    @TempDir
    private Path directory;

    @Test
    void theCommandOfTheMetaFileIsExpandedByTheShell() throws Exception {
        write("greet.stp", "probe begin { println(@1) }");
        write("greet.meta", "title: Greeting\ntest_check: stap -p4 -Gn=3 greet.stp \"two words\"\n");

        List<ExampleScripts.Example> examples = ExampleScripts.in(directory.toString());

        assertThat(examples).hasSize(1);
        assertThat(examples.getFirst().words()).containsExactly("-p4", "-Gn=3", "greet.stp", "two words");
        Options options = examples.getFirst().options();
        assertThat(options.arguments()).containsExactly("two words");
        assertThat(options.scripts()).containsExactly(new Options.ScriptInput.File(directory.resolve("greet.stp").toString()));
    }

    @Test
    void aCheckThatDoesNotStartStapIsFollowedByTheNext() throws Exception {
        write("tool", "#!/bin/sh\nstap -e 'probe begin { println(@1) }' \"$1\"\n");
        write("tool.meta", "test_installcheck: sh ./tool 'two words'\ntest_check: test -f ./tool\n");

        assertThat(ExampleScripts.in(directory.toString())).singleElement().satisfies(example ->
                assertThat(example.words()).containsExactly("-e", "probe begin { println(@1) }", "two words"));
    }

    @Test
    void aScriptWithoutMetaFileIsTakenAsItIs() throws Exception {
        write("plain.stp", "probe begin { exit() }");

        assertThat(ExampleScripts.in(directory.toString())).singleElement()
                .satisfies(example -> assertThat(example.words()).startsWith("-p4").hasSize(2));
    }

    @Test
    void oneBadScriptDoesNotStopTheOthers() throws Exception {
        write("a.stp", "probe begin {");
        write("a.meta", "test_check: stap -p4 a.stp\n");
        write("b.stp", "probe begin { exit() }");
        write("b.meta", "test_check: stap -p4 b.stp\n");
        write("c.stp", "probe begin { no_such_function() }");
        write("c.meta", "test_check: stap -p4 c.stp\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int status = new ExampleCheck(new PrintStream(out, true)).check(directory.toString());

        assertThat(status).isEqualTo(CommandLine.FAILURE);
        assertThat(out.toString().lines()).satisfiesExactly(
                a -> assertThat(a).startsWith("a.stp").contains("failed: parse error"),
                b -> assertThat(b).startsWith("b.stp").contains(" ok "),
                c -> assertThat(c).startsWith("c.stp").contains("refused: unresolved function no_such_function"),
                totals -> assertThat(totals).isEqualTo("1 ok, 1 refused, 1 failed of 3"));
    }

    @Test
    void aProgramThatTheVerifierRefusesIsAFailure() {
        assertThat(ExampleCheck.judge("ERROR: probe a cannot be loaded (at x:1:1):\n  fentry: no\n  The kernel refused a program that"
                + " jstap made: " + Driver.DEFECT + ". Please report it\n").kind()).isEqualTo(Kind.FAILED);
        assertThat(ExampleCheck.judge("ERROR: probe a cannot be loaded (at x:1:1):\n  fentry: no\n").kind()).isEqualTo(Kind.REFUSED);
        assertThat(ExampleCheck.judge("jstap: internal error in pass 2: X\n").kind()).isEqualTo(Kind.FAILED);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
