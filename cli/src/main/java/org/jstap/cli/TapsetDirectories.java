package org.jstap.cli;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jstap.language.source.SourceFile;

/** Reads the library files of {@code -I} directories, and of what is below them, in the order of their names. */
final class TapsetDirectories {
    private TapsetDirectories() { }

    /** @throws ScriptLoader.UnreadableException if a directory or file cannot be read */
    static List<SourceFile> read(List<String> directories) throws ScriptLoader.UnreadableException {
        List<SourceFile> files = new ArrayList<>();
        for (String directory : directories) {
            File place = new File(directory);
            if (!place.isDirectory()) {
                throw new ScriptLoader.UnreadableException("Tapset directory '" + directory + "' (-I) "
                        + (place.exists() ? "is not a directory." : "does not exist."));
            }
            below(place, files);
        }
        return files;
    }

    private static void below(File directory, List<SourceFile> files) throws ScriptLoader.UnreadableException {
        String[] names = directory.list();
        if (names == null) {
            throw new ScriptLoader.UnreadableException("Tapset directory '" + directory + "' (-I) cannot be read.");
        }
        Arrays.sort(names);
        for (String name : names) {
            File file = new File(directory, name);
            if (file.isDirectory()) {
                below(file, files);
            } else if (name.endsWith(".stp") || name.endsWith(".stpm")) {
                files.add(read(file));
            }
        }
    }

    private static SourceFile read(File file) throws ScriptLoader.UnreadableException {
        try (FileInputStream in = new FileInputStream(file)) {
            return SourceFile.of(file.getPath(), in.readAllBytes(), true);
        } catch (IOException e) {
            throw new ScriptLoader.UnreadableException("Tapset file '" + file + "' cannot be read: " + ScriptLoader.reason(e) + ".");
        }
    }
}
