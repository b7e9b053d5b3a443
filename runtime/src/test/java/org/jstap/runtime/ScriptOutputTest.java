package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptOutputTest {
    @Test
    void bytesComeOutAsTheyAreHoweverMany() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ScriptOutput output = new ScriptOutput(bytes);
        String text = "\u00ff\u0000x".repeat(50_000);
        output.print(text);
        byte[] more = "[abc]".getBytes(StandardCharsets.ISO_8859_1);
        output.print(more, 1, 3);
        output.flush();
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).isEqualTo(text + "abc");
        assertThat(output.state()).isEqualTo(ScriptOutput.State.OPEN);
    }

    @Test
    void aReaderThatHasGoneIsNoFailure() {
        assertThat(stateAfter("Broken pipe")).isEqualTo(ScriptOutput.State.READER_GONE);
        assertThat(stateAfter("No space left on device")).isEqualTo(ScriptOutput.State.FAILED);
    }

    private static ScriptOutput.State stateAfter(String message) {
        ScriptOutput output = new ScriptOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        });
        output.print("x");
        output.flush();
        assertThat(output.failure()).isEqualTo(message);
        return output.state();
    }

    @Test
    void aFileIsNamedByTheTime(@TempDir Path directory) throws IOException {
        try (ScriptOutput output = ScriptOutput.file(directory.resolve("out-%%").toString(), java.util.Optional.empty())) {
            output.print("hello\n");
        }
        assertThat(Files.readString(directory.resolve("out-%"))).isEqualTo("hello\n");
    }
}
