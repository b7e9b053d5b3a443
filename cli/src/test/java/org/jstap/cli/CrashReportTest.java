package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CrashReportTest {
    private static String report(Throwable bug, boolean verbose) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CrashReport.print(new PrintStream(bytes, true), "pass 2", bug, verbose);
        return bytes.toString();
    }

    @Test
    void theTraceIsInAFileAndTheMessageSaysWhatToDo() throws IOException {
        String text = report(new IllegalStateException("first\nsecond"), false);
        assertThat(text).startsWith("jstap: internal error in pass 2: IllegalStateException, first\n").doesNotContain("\tat ")
                .contains("Please report it").hasLineCount(2);
        Matcher file = Pattern.compile("the file (\\S+\\.txt)").matcher(text);
        assertThat(file.find()).isTrue();
        Path path = Path.of(file.group(1));
        assertThat(Files.readString(path)).contains("jstap " + Version.NUMBER, "In pass 2:", "\tat org.jstap.cli.CrashReportTest");
        Files.delete(path);
    }

    @Test
    void verboseShowsTheTraceAtOnce() {
        assertThat(report(new StackOverflowError(), true)).startsWith("jstap: internal error in pass 2: the script nests too deeply\n")
                .contains("java.lang.StackOverflowError\n");
    }
}
