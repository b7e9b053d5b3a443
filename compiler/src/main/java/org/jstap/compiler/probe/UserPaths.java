package org.jstap.compiler.probe;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.language.tree.ProbePoint;
import org.jstap.symbols.Glob;

/** Finds the files of programs and libraries that probe points name, as a shell and the dynamic linker would. */
final class UserPaths {
    private static final List<String> LIBRARY_DIRECTORIES = List.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib");

    private final Map<String, String> environment;

    UserPaths(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The files that a name or pattern means, symbolic links resolved. */
    List<Path> programs(ProbePoint.Component at, String name) {
        List<Path> found = find(name, searchPath());
        if (found.isEmpty() && name.indexOf('/') < 0) {
            found = find(name, LIBRARY_DIRECTORIES);
        }
        if (found.isEmpty()) {
            throw Points.error("no-program", name.indexOf('/') < 0 ? "no program '" + name + "' in the directories of $PATH"
                    : "there is no file '" + name + "'", at);
        }
        return found;
    }

    List<Path> libraries(ProbePoint.Component at, String name) {
        List<Path> found = find(name, LIBRARY_DIRECTORIES);
        if (found.isEmpty()) {
            throw Points.error("no-library", "no library '" + name + "' in " + String.join(", ", LIBRARY_DIRECTORIES), at,
                    "name it with its directory");
        }
        return found;
    }

    private List<String> searchPath() {
        return List.of(environment.getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").split(":"));
    }

    private static List<Path> find(String name, List<String> directories) {
        try {
            if (name.indexOf('/') >= 0) {
                Path path = Path.of(name);
                return inDirectory(path.getParent(), path.getFileName().toString());
            }
            for (String directory : directories) {
                List<Path> found = inDirectory(Path.of(directory), name);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        } catch (InvalidPathException _) {
            // What cannot be a path names no file.
            return List.of();
        }
        return List.of();
    }

    private static List<Path> inDirectory(Path directory, String name) {
        if (!Glob.isPattern(name)) {
            return real(directory.resolve(name)).map(List::of).orElse(List.of());
        }
        List<Path> found = new ArrayList<>();
        Glob glob = Glob.of(name);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Optional<Path> file = glob.matches(entry.getFileName().toString()) ? real(entry) : Optional.empty();
                if (file.isPresent() && !found.contains(file.get())) {
                    found.add(file.get());
                }
            }
        } catch (IOException _) {
            // A directory that cannot be read holds nothing to be probed.
            return List.of();
        }
        found.sort(null);
        return found;
    }

    private static Optional<Path> real(Path path) {
        try {
            return Files.isRegularFile(path) ? Optional.of(path.toRealPath()) : Optional.empty();
        } catch (IOException _) {
            // It vanished in between.
            return Optional.empty();
        }
    }
}
