package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    @TempDir
    private Path directory;

    private Map<String, String> written(Rotation rotation, String... texts) throws IOException {
        try (OutputFiles files = new OutputFiles(directory.resolve("out").toString(), Optional.of(rotation))) {
            for (String text : texts) {
                files.write(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                contents.put(path.getFileName().toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void filesEndWithWholeLines() throws IOException {
        assertThat(written(new Rotation(10, 0), "one\ntwo\nthree\nfo", "ur\n")).isEqualTo(
                Map.of("out.0", "one\ntwo\n", "out.1", "three\n", "out.2", "four\n"));
    }

    @Test
    void aLineInPartsIsNotTornApart() throws IOException {
        assertThat(written(new Rotation(10, 0), "one\nab", "cd", "ef", "g\n", "h")).isEqualTo(
                Map.of("out.0", "one\n", "out.1", "abcdefg\nh"));
        assertThat(written(new Rotation(3, 0), "a", "b", "c", "d", "\n", "e\n")).isEqualTo(
                Map.of("out.0", "abc", "out.1", "d\n", "out.2", "e\n"));
    }

    @Test
    void onlyTheNewestAreKept() throws IOException {
        assertThat(written(new Rotation(4, 2), "aaa\nbbb\nccc\nddd\n")).isEqualTo(Map.of("out.2", "ccc\n", "out.3", "ddd\n"));
    }

    @Test
    void aLineLongerThanAFileIsCut() throws IOException {
        assertThat(written(new Rotation(4, 0), "a\nbcdefghij\nk\n")).isEqualTo(
                Map.of("out.0", "a\n", "out.1", "bcde", "out.2", "fghi", "out.3", "j\nk\n"));
    }

    @Test
    void thereIsAFileForNoOutput() throws IOException {
        assertThat(written(new Rotation(4, 1))).isEqualTo(Map.of("out.0", ""));
    }

    @Test
    void theScriptAsksForTheNext() throws IOException {
        try (ScriptOutput output = ScriptOutput.file(directory.resolve("log").toString(), Optional.empty())) {
            output.print("one\n");
            output.nextFile();
            output.print("two\nthr");
            output.nextFile();
            output.print("ee\n");
        }
        assertThat(Files.readString(directory.resolve("log"))).isEqualTo("one\n");
        assertThat(Files.readString(directory.resolve("log.1"))).isEqualTo("two\nthr");
        assertThat(Files.readString(directory.resolve("log.2"))).isEqualTo("ee\n");
    }
}
