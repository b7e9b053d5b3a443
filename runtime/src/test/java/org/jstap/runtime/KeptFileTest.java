package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept between runs is used for what it was made from, whole, and from ourselves only. */
class KeptFileTest {
    private static final byte[] CONTENT = "an index".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path home;
    private Path directory;
    private Path file;

    @BeforeEach
    void places() {
        directory = home.resolve("cache").resolve("jstap");
        file = directory.resolve("types");
    }

    private KeptFile kept(String identity) {
        return new KeptFile(new CacheDirectory(directory), "types", identity);
    }

    private static Optional<String> text(Optional<ByteBuffer> content) {
        return content.map(bytes -> StandardCharsets.ISO_8859_1.decode(bytes).toString());
    }

    @Test
    void givesBackWhatWasWritten() {
        assertThat(kept("kernel one").read()).isEmpty();
        kept("kernel one").write(CONTENT);
        assertThat(text(kept("kernel one").read())).hasValue("an index");
        assertThat(file.resolveSibling("types.new")).doesNotExist();
    }

    @Test
    void isOfOneIdentity() {
        kept("kernel one").write(CONTENT);
        assertThat(kept("kernel two").read()).isEmpty();
        assertThat(kept("kernel").read()).isEmpty();
        assertThat(kept("kernel onean").read()).isEmpty();
        kept("kernel two").write(CONTENT);
        assertThat(kept("kernel one").read()).isEmpty();
        assertThat(text(kept("kernel two").read())).hasValue("an index");
    }

    @Test
    void isIgnoredWhenDamaged() throws IOException {
        kept("kernel").write(CONTENT);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 4;
            Files.write(file, damaged);
            assertThat(kept("kernel").read()).as("byte %d", i).isEmpty();
            Files.write(file, Arrays.copyOf(whole, i));
            assertThat(kept("kernel").read()).as("%d bytes", i).isEmpty();
        }
        Files.write(file, new byte[whole.length]);
        assertThat(kept("kernel").read()).as("zeroes").isEmpty();
        kept("kernel").write(CONTENT);
        assertThat(kept("kernel").read()).as("written again").isPresent();
    }

    @Test
    void isNotNeeded() throws IOException {
        Files.writeString(home.resolve("cache"), "no directory");
        kept("kernel").write(CONTENT);
        assertThat(kept("kernel").read()).isEmpty();
    }

    @Test
    void isNotBelievedWhereOthersWrite() throws IOException {
        kept("kernel").write(CONTENT);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(kept("kernel").read()).isEmpty();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(kept("kernel").read()).isPresent();
        Files.setPosixFilePermissions(directory.getParent(), PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(kept("kernel").read()).as("above").isEmpty();
    }

    @Test
    void isNotBelievedFromAnotherUser() throws IOException {
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "needs root, to give files away");
        kept("kernel").write(CONTENT);
        Files.setAttribute(directory, "unix:uid", 65534);
        assertThat(kept("kernel").read()).isEmpty();
        Files.setAttribute(directory, "unix:uid", 0);
        Files.setAttribute(directory.getParent(), "unix:uid", 65534);
        assertThat(kept("kernel").read()).as("above").isEmpty();
        Files.delete(file);
        Files.delete(directory);
        kept("kernel").write(CONTENT);
        assertThat(directory).as("nothing is made in the home of another user").doesNotExist();
    }

    @Test
    void leavesTheWritingToOne() throws IOException {
        kept("kernel").write(CONTENT);
        Path other = file.resolveSibling("types.new");
        Files.writeString(other, "half");
        kept("kernel two").write(CONTENT);
        assertThat(kept("kernel").read()).as("the other run has not finished").isPresent();
        Files.setLastModifiedTime(other, FileTime.fromMillis(System.currentTimeMillis() - 3_600_000));
        kept("kernel two").write(CONTENT);
        kept("kernel two").write(CONTENT);
        assertThat(kept("kernel two").read()).as("the other run never finished").isPresent();
    }

    @Test
    void isWholeWhileSeveralWrite() throws InterruptedException {
        byte[] large = new byte[1 << 18];
        Arrays.fill(large, (byte) 'x');
        kept("kernel").write(large);
        AtomicBoolean stop = new AtomicBoolean();
        Thread[] writers = new Thread[3];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new Thread(() -> {
                while (!stop.get()) {
                    kept("kernel").write(large);
                }
            });
            writers[i].start();
        }
        try {
            for (int i = 0; i < 200; i++) {
                assertThat(kept("kernel").read()).isPresent();
            }
        } finally {
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }
}
