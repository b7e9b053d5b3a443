package org.jstap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jstap.cli.Options.ScriptInput;

/**
 * Finds the example scripts of a directory as SystemTap lays them out: beside a script stands a {@code .meta} file whose line
 * {@code test_check} is a shell command that checks it; where that one does not start {@code stap}, that of
 * {@code test_installcheck} may. The shell expands the command, with a {@code stap} on its path that only writes down what it was
 * called with.
 */
final class ExampleScripts {
    /** What a check can be called, the one to be preferred first; the others do more than to check. */
    private static final List<String> CHECKS = List.of("test_check:", "test_installcheck:", "test_check_bpf:",
            "test_installcheck_bpf:");
    private static final long SHELL_SECONDS = 20;

    private ExampleScripts() { }

    /**
     * One script.
     *
     * @param name  below the directory of examples
     * @param home  where its check is to run
     * @param words what its check calls {@code stap} with; empty if it does not
     * @param guess whether no {@code .meta} file says so, and the words are the plainest
     */
    record Example(String name, Path home, List<String> words, boolean guess) {
        Example {
            words = List.copyOf(words);
        }

        /** @throws UsageException if an option is refused */
        Options options() {
            Options options = OptionParser.parse(words.toArray(new String[0]));
            List<ScriptInput> scripts = new ArrayList<>();
            for (ScriptInput input : options.scripts()) {
                scripts.add(input instanceof ScriptInput.File file ? new ScriptInput.File(home.resolve(file.path()).toString()) : input);
            }
            List<String> directories = new ArrayList<>();
            for (String directory : options.tapsetDirectories()) {
                directories.add(home.resolve(directory).toString());
            }
            return options.with(scripts, directories);
        }
    }

    /** @throws ScriptLoader.UnreadableException if the directory cannot be read */
    static List<Example> in(String directory) throws ScriptLoader.UnreadableException {
        Path top = Path.of(directory).toAbsolutePath();
        try (Stream<Path> files = Files.walk(top)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            Path bin = recorder();
            try {
                List<Example> examples = new ArrayList<>();
                for (Path file : sorted) {
                    String name = top.relativize(file).toString();
                    Path script = Path.of(file.toString().replaceAll("\\.meta$", ".stp"));
                    if (name.endsWith(".meta")) {
                        examples.add(new Example(Files.exists(script) ? top.relativize(script).toString()
                                : name.substring(0, name.length() - ".meta".length()), file.getParent(), words(file, bin), false));
                    } else if (name.endsWith(".stp") && !Files.exists(Path.of(file.toString().replaceAll("\\.stp$", ".meta")))
                            && !name.contains("tapset/")) {
                        examples.add(new Example(name, file.getParent(), List.of("-p4", file.toString()), true));
                    }
                }
                return examples;
            } finally {
                Files.delete(bin.resolve("stap"));
                Files.deleteIfExists(bin.resolve("words"));
                Files.delete(bin);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new ScriptLoader.UnreadableException("the examples cannot be read: " + e.getMessage());
        }
    }

    private static Path recorder() throws IOException {
        Path bin = Files.createTempDirectory("jstap-examples-");
        Path stap = bin.resolve("stap");
        Files.writeString(stap, "#!/bin/sh\nprintf '%s\\0' \"$@\" >" + bin.resolve("words") + "\n");
        Files.setPosixFilePermissions(stap, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    private static List<String> words(Path meta, Path bin) throws IOException {
        List<String> lines = List.of(Files.readString(meta, StandardCharsets.ISO_8859_1).split("\n"));
        for (String check : CHECKS) {
            for (String line : lines) {
                List<String> words = line.startsWith(check) ? recorded(line.substring(check.length()).strip(), meta, bin) : List.of();
                if (!words.isEmpty()) {
                    return words;
                }
            }
        }
        return List.of();
    }

    /** What a command starts {@code stap} with; empty if it does not. */
    private static List<String> recorded(String command, Path meta, Path bin) throws IOException {
        Path words = bin.resolve("words");
        Files.deleteIfExists(words);
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", command).directory(meta.getParent().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        shell.environment().merge("PATH", "", (path, _) -> bin + ":" + path);
        Process process = shell.start();
        try {
            if (!process.waitFor(SHELL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!Files.exists(words)) {
            return List.of();
        }
        String text = Files.readString(words, StandardCharsets.UTF_8);
        List<String> result = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', from)) {
            result.add(text.substring(from, end));
            from = end + 1;
        }
        return result;
    }
}
