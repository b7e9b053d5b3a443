package org.jstap.compiler.probe;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.language.tree.ProbePoint;
import org.jstap.symbols.Glob;
import org.jstap.symbols.elf.DynamicSection;
import org.jstap.symbols.elf.ElfFile;

/** Finds the files of programs and libraries that probe points name, as a shell and the dynamic linker would. */
final class UserPaths {
    private static final List<String> LIBRARY_DIRECTORIES = List.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib");

    /** How scripts spell the directories of libraries. */
    private static final List<String> OF_LIBRARIES = List.of("/lib*", "/usr/lib*", "/lib64", "/usr/lib64", "/lib", "/usr/lib");

    private final Map<String, String> environment;
    private final Optional<String> target;

    /** @param target the name or path of the program that {@code -c} or {@code -x} names */
    UserPaths(Map<String, String> environment, Optional<String> target) {
        this.environment = environment;
        this.target = target;
    }

    /** The program that {@code -c} or {@code -x} names; empty where there is none. */
    Optional<Path> target() {
        List<Path> found = target.isEmpty() ? List.of() : find(target.get(), searchPath());
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
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

    /** The files of a library; a pattern without a directory means libraries that the program is linked with. */
    List<Path> libraries(ProbePoint.Component at, String name, Path program) {
        boolean linked = Glob.isPattern(name) && name.indexOf('/') < 0;
        List<Path> found = linked ? linked(program, Glob.of(name)) : find(name, LIBRARY_DIRECTORIES);
        if (found.isEmpty() && linked) {
            throw Points.error("no-library", "no library that " + program + " is linked with matches '" + name + "'", at);
        }
        if (found.isEmpty()) {
            throw Points.error("no-library", "no library '" + name + "' in " + String.join(", ", LIBRARY_DIRECTORIES), at,
                    "name it with its directory");
        }
        return found;
    }

    /** What a program is linked with, and what that is linked with. */
    private static List<Path> linked(Path program, Glob glob) {
        Map<String, Optional<Path>> known = new LinkedHashMap<>();
        List<Path> open = new ArrayList<>(List.of(program));
        List<Path> found = new ArrayList<>();
        while (!open.isEmpty()) {
            Path file = open.removeFirst();
            try (ElfFile elf = ElfFile.open(file)) {
                DynamicSection dynamic = DynamicSection.of(elf);
                for (String name : dynamic.needed()) {
                    if (known.containsKey(name)) {
                        continue;
                    }
                    Optional<Path> library = needed(name, dynamic.searchPath(), file.getParent());
                    known.put(name, library);
                    if (library.isPresent()) {
                        open.add(library.get());
                        if (glob.matches(name) || glob.matches(library.get().getFileName().toString())) {
                            addNew(found, List.of(library.get()));
                        }
                    }
                }
            } catch (IOException _) {
                // What cannot be read cannot be probed either.
                continue;
            }
        }
        return found;
    }

    private static Optional<Path> needed(String name, List<String> first, Path origin) {
        List<String> directories = new ArrayList<>();
        for (String directory : first) {
            directories.add(directory.replace("${ORIGIN}", "$ORIGIN").replace("$ORIGIN", origin.toString()));
        }
        directories.addAll(LIBRARY_DIRECTORIES);
        List<Path> found = find(name, directories);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    private List<String> searchPath() {
        return List.of(environment.getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").split(":"));
    }

    private static List<Path> find(String name, List<String> directories) {
        try {
            if (name.indexOf('/') >= 0) {
                return atPath(Path.of(name));
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

    private static List<Path> atPath(Path path) {
        String file = path.getFileName().toString();
        List<Path> found = new ArrayList<>();
        for (Path directory : directories(path.getParent())) {
            addNew(found, inDirectory(directory, file));
        }
        // Scripts name libraries where most distributions have them; others have a directory for each architecture there.
        if (found.isEmpty() && OF_LIBRARIES.contains(path.getParent().toString())) {
            for (String directory : LIBRARY_DIRECTORIES) {
                addNew(found, inDirectory(Path.of(directory), file));
            }
        }
        return found;
    }

    private static void addNew(List<Path> all, List<Path> further) {
        for (Path path : further) {
            if (!all.contains(path)) {
                all.add(path);
            }
        }
    }

    /** The directories that a path means, with patterns in any of its parts. */
    private static List<Path> directories(Path path) {
        if (path == null) {
            return List.of(Path.of(""));
        }
        if (path.getParent() == null || !Glob.isPattern(path.toString())) {
            return List.of(path);
        }
        List<Path> found = new ArrayList<>();
        Glob glob = Glob.of(path.getFileName().toString());
        for (Path parent : directories(path.getParent())) {
            List<Path> here = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
                for (Path entry : entries) {
                    if (glob.matches(entry.getFileName().toString()) && Files.isDirectory(entry)) {
                        here.add(entry);
                    }
                }
            } catch (IOException _) {
                // A directory that cannot be read holds nothing to be probed.
                continue;
            }
            here.sort(null);
            found.addAll(here);
        }
        return found;
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
