package org.jstap.runtime;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where what takes long to find is kept between runs: {@code jstap} in {@code $XDG_CACHE_HOME}, or {@code ~/.cache}. Nothing is
 * believed that another user could have put there: the directory and all above it must belong to the user of this process or to
 * root, and nobody else may write in them.
 */
final class CacheDirectory {
    private static final int WRITABLE_BY_OTHERS = 022;
    /** Others may make files there, but not rename ours. */
    private static final int STICKY = 01000;
    /** A file that is being written for longer was left by a process that was killed. */
    private static final long ABANDONED_MILLIS = 60_000;

    private final Path directory;

    CacheDirectory(Path directory) {
        this.directory = directory;
    }

    /** That of the user; empty where the environment does not name one. */
    static Optional<CacheDirectory> ofUser() {
        String cache = System.getenv("XDG_CACHE_HOME");
        if (cache != null && cache.startsWith("/")) {
            return Optional.of(new CacheDirectory(Path.of(cache, "jstap")));
        }
        String home = System.getenv("HOME");
        return home != null && home.startsWith("/") ? Optional.of(new CacheDirectory(Path.of(home, ".cache", "jstap")))
                : Optional.empty();
    }

    /** A file that was kept; empty if there is none, or it cannot be trusted. */
    Optional<byte[]> read(String name) {
        try {
            Path real = directory.toRealPath();
            if (!isTrusted(real)) {
                return Optional.empty();
            }
            try (FileInputStream in = new FileInputStream(real + "/" + name)) {
                return Optional.of(in.readAllBytes());
            }
        } catch (IOException | RuntimeException _) {
            return Optional.empty();
        }
    }

    /** Keeps a file, so that others see the old one or the whole new one. Does nothing where that is not possible. */
    void write(String name, byte[] content) {
        try {
            if (!Files.isDirectory(directory)) {
                make();
            }
            Path real = directory.toRealPath();
            if (isTrusted(real)) {
                replace(real.resolve(name), real.resolve(name + ".new"), content);
            }
        } catch (IOException | RuntimeException _) {
            // A file system that is full or read-only: it is found anew the next time.
        }
    }

    /** Not in the home of another user, which is that of root where sudo leaves {@code $HOME} alone. */
    private void make() throws IOException {
        Path there = directory;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (areTrustedAbove(there.toRealPath().resolve("new"))) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void replace(Path file, Path fresh, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(content);
        } catch (FileAlreadyExistsException _) {
            // Another run is at it.
            if (System.currentTimeMillis() - Files.getLastModifiedTime(fresh).toMillis() > ABANDONED_MILLIS) {
                Files.deleteIfExists(fresh);
            }
            return;
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether only this user and root can have changed what is in a directory. */
    private static boolean isTrusted(Path real) throws IOException {
        return isOurs(real, 0) && areTrustedAbove(real);
    }

    private static boolean areTrustedAbove(Path real) throws IOException {
        for (Path path = real.getParent(); path != null; path = path.getParent()) {
            if (!isOurs(path, STICKY)) {
                return false;
            }
        }
        return true;
    }

    /** @param sharing the bit of the mode with which others may write there */
    private static boolean isOurs(Path path, int sharing) throws IOException {
        int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        boolean user = owner == 0 || owner == (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return user && ((mode & WRITABLE_BY_OTHERS) == 0 || (mode & sharing) != 0);
    }
}
