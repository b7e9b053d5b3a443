package org.jstap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetProgramTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ls -l                | ls
            "/opt/my tool" x     | /opt/my tool
            /opt/my\\ tool'x'y z | /opt/my toolxy
            ``                   | ``
            """)
    void theFirstWordOfACommand(String command, String word) {
        assertThat(TargetProgram.firstWord(command)).isEqualTo(word);
    }

    @Test
    void aProcessIsMeantByWhatItRuns() throws UsageException {
        assertThat(TargetProgram.of(OptionParser.parse(new String[] {"-x", "1", "-e", "probe begin { }"}))).contains("/proc/1/exe");
        assertThat(TargetProgram.of(OptionParser.parse(new String[] {"-c", "sleep 1", "-e", "probe begin { }"}))).contains("sleep");
        assertThat(TargetProgram.of(OptionParser.parse(new String[] {"-e", "probe begin { }"}))).isEmpty();
    }
}
