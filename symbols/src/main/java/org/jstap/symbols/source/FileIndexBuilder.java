package org.jstap.symbols.source;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jstap.symbols.dwarf.DwarfFunction;
import org.jstap.symbols.dwarf.DwarfReader;
import org.jstap.symbols.elf.ElfFile;

/**
 * Builds the source index from the debug files of kernels.
 *
 * <p>Usage: {@code FileIndexBuilder OUTPUT RELEASE PATH... [RELEASE PATH...]}: for each kernel its release, oldest
 * first, and the files or directories (searched for {@code vmlinux*} and {@code *.ko*}) with its debug information.
 */
public final class FileIndexBuilder {
    private FileIndexBuilder() {}

    /** @param args as described above */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** Does what {@link #main} does and returns the exit status: 0, 1 after an error, 2 for wrong arguments. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        List<String> releases = new ArrayList<>();
        List<List<Path>> inputs = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            if (Character.isDigit(args[i].charAt(0))) {
                releases.add(args[i]);
                inputs.add(new ArrayList<>());
            } else if (!inputs.isEmpty()) {
                inputs.getLast().add(Path.of(args[i]));
            }
        }
        if (releases.isEmpty() || releases.size() > IndexFormat.MOST_KERNELS) {
            err.println("usage: index OUTPUT RELEASE PATH... [RELEASE PATH...]   (at most " + IndexFormat.MOST_KERNELS
                    + " releases, oldest first)");
            return 2;
        }
        try {
            IndexWriter writer = new IndexWriter(releases);
            for (int kernel = 0; kernel < releases.size(); kernel++) {
                for (Path input : inputs.get(kernel)) {
                    add(input, kernel, writer);
                }
                out.println(releases.get(kernel) + ": " + writer.fileCount() + " files, " + writer.entryCount()
                        + " functions so far");
            }
            byte[] bytes = writer.toBytes();
            Files.write(Path.of(args[0]), bytes);
            out.println(args[0] + ": " + bytes.length + " bytes");
            return 0;
        } catch (NoSuchFileException e) {
            err.println("error: there is no file " + e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("error: " + e.getMessage());
            return 1;
        }
    }

    private static void add(Path input, int kernel, IndexWriter writer) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(input)) {
            files = all.filter(Files::isRegularFile).filter(f -> f.equals(input) || isDebugFile(f)).sorted().toList();
        }
        for (Path file : files) {
            try (ElfFile elf = ElfFile.open(file)) {
                new DwarfReader(elf).forEachFunction(function -> add(function, kernel, writer));
            }
        }
    }

    private static boolean isDebugFile(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("vmlinux") || name.endsWith(".ko") || name.endsWith(".ko.debug");
    }

    private static void add(DwarfFunction function, int kernel, IndexWriter writer) {
        if (!function.hasCode()) {
            return;
        }
        String path = SourcePaths.normalize(function.file());
        // Functions written in Rust have names that no kernel symbol bears: theirs are mangled.
        if (!path.isEmpty() && !path.endsWith(".rs")) {
            writer.add(kernel, path, function.name(), function.line());
        }
    }
}
