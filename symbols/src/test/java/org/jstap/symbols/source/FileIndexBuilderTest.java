package org.jstap.symbols.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIndexBuilderTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return FileIndexBuilder.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(FileIndexBuilderTest.class.getResource("/org/jstap/symbols/dwarf/" + name).toURI());
    }

    @Test
    void anIndexIsBuiltFromImagesAndModules(@TempDir Path dir) throws IOException, URISyntaxException {
        Path debug = Files.createDirectories(dir.resolve("debug/kernel/net"));
        Files.copy(fixture("dwarf5.o"), debug.resolve("functions.ko"));
        Files.copy(fixture("functions.c"), debug.resolve("ignored.c"));
        Path output = dir.resolve("functions.idx");
        assertThat(run(output.toString(), "6.1.5", fixture("dwarf5-linked").toString(), "6.12.9",
                dir.resolve("debug").toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("6.12.9: 2 files");
        SourceIndex index = SourceIndex.of(Files.readAllBytes(output));
        assertThat(index.files()).containsExactly("net/functions.c", "net/helper.h");
        assertThat(index.functionsIn("net/functions.c", KernelVersion.parse("6.12"))).containsExactly(
                new IndexedFunction("both_ways", "net/functions.c", 7, 3, false),
                new IndexedFunction("plain_static", "net/functions.c", 18, 3, false),
                new IndexedFunction("two_ranges", "net/functions.c", 24, 3, false),
                new IndexedFunction("global_function", "net/functions.c", 35, 3, false));
        assertThat(index.functionsIn("helper.h", KernelVersion.parse("6.12"))).hasSize(1);
    }

    @Test
    void wrongArgumentsAreExplained() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("out.idx", "no-release")).isEqualTo(2);
        assertThat(err.toString()).contains("usage:").contains("RELEASE PATH");
    }

    @Test
    void anUnreadableFileIsNamed(@TempDir Path dir) throws IOException {
        Path text = Files.writeString(dir.resolve("vmlinux"), "text".repeat(50));
        assertThat(run(dir.resolve("o").toString(), "6.1", text.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("error: ").contains("vmlinux").doesNotContain("Exception");
        assertThat(run(dir.resolve("o").toString(), "6.1", dir.resolve("missing").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("missing");
        assertThat(dir.resolve("o")).doesNotExist();
    }
}
