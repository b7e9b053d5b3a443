package org.jstap.cli.live;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine; it is skipped where that is not there. */
final class Requirements {
    private static final Path GUIDE = Path.of("..", "..", "shared", "network-guide");
    /** CAP_SYS_ADMIN, bit 21 of the effective capabilities. */
    private static final int SYS_ADMIN = 21;

    private Requirements() { }

    static void rootAndTypes() {
        Assumptions.assumeTrue(isAdministrator(), "skipped: needs root (CAP_SYS_ADMIN) to load eBPF programs");
        Assumptions.assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "skipped: this kernel has no BTF");
    }

    static Path command(String name) {
        for (String directory : System.getenv("PATH").split(":")) {
            Path file = Path.of(directory, name);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return Assumptions.abort("skipped: there is no command '" + name + "'");
    }

    /** A command that runs another as another user, who has to be able to read Java and the classes. */
    static void anotherUser(List<String> prefix) throws IOException, InterruptedException {
        command(prefix.getFirst());
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of("sh", "-c", "for file; do [ -r \"$file\" ] || exit 1; done", "sh", System.getProperty("java.home")));
        words.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
        Assumptions.assumeTrue(new ProcessBuilder(words).start().waitFor() == 0,
                "skipped: another user may not read the classes under test");
    }

    /** A file of the network guide. */
    static Path guide(String name) {
        Path file = GUIDE.resolve(name).toAbsolutePath().normalize();
        Assumptions.assumeTrue(Files.exists(file), "skipped: no shared folder with the network guide beside the project");
        return file;
    }

    /** A script whose events the kernel has to deliver. */
    static void functionProbes(boolean wanted) {
        boolean there = Files.exists(Path.of("/sys/bus/event_source/devices/kprobe/type"));
        Assumptions.assumeTrue(there == wanted, "skipped: this kernel " + (there ? "can" : "cannot") + " probe functions");
    }

    private static boolean isAdministrator() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    return (Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16) >> SYS_ADMIN & 1) != 0;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
