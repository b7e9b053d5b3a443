package org.jstap.compiler.tapset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Files beside classes. What is built has an archive of such files only, first on the class path. There they are looked up by
 * ourselves: a class loader asks those of the JDK first and makes a URL and a connection of each answer, several milliseconds.
 */
final class LibraryArchive {
    private static final String ARCHIVE = "library.jar";
    /** Open until the process ends. */
    private static final Optional<ZipFile> FILE = archive();

    private LibraryArchive() { }

    private static Optional<ZipFile> archive() {
        String path = System.getProperty("java.class.path");
        int end = path.indexOf(':');
        String first = end < 0 ? path : path.substring(0, end);
        try {
            return first.endsWith("/" + ARCHIVE) ? Optional.of(new ZipFile(first)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** @return null if there is no such file, as of {@link Class#getResourceAsStream} */
    static InputStream open(Class<?> beside, String name) throws IOException {
        if (FILE.isPresent()) {
            ZipEntry entry = FILE.get().getEntry(beside.getPackageName().replace('.', '/') + '/' + name);
            if (entry != null) {
                return FILE.get().getInputStream(entry);
            }
        }
        return beside.getResourceAsStream(name);
    }
}
