package org.jstap.symbols.source;

import org.jstap.symbols.Glob;

/** Paths of kernel sources: from what a compiler recorded to what stands in the index, and how patterns match them. */
final class SourcePaths {
    private static final String[] ROOTS = {
        "arch/", "block/", "certs/", "crypto/", "drivers/", "fs/", "include/", "init/", "io_uring/", "ipc/", "kernel/",
        "lib/", "mm/", "net/", "samples/", "security/", "sound/", "virt/"
    };

    private SourcePaths() {}

    /**
     * The path below the kernel's source directory; empty if the path does not lead there. Compilers record relative
     * and absolute paths, and such as {@code ./include/linux/fs.h} or {@code fs/xfs/../../lib/a.c}.
     */
    static String normalize(String recorded) {
        String path = withoutDots(recorded);
        int at = 0;
        while (at >= 0) {
            for (String root : ROOTS) {
                if (path.startsWith(root, at)) {
                    return path.substring(at);
                }
            }
            int slash = path.indexOf('/', at);
            at = slash < 0 ? -1 : slash + 1;
        }
        return "";
    }

    private static String withoutDots(String path) {
        if (!path.contains("./") && !path.contains("//")) {
            return path;
        }
        StringBuilder plain = new StringBuilder(path.length());
        for (String part : path.split("/")) {
            int slash = plain.lastIndexOf("/");
            if (part.equals("..") && !plain.isEmpty() && !plain.substring(slash + 1).equals("..")) {
                plain.setLength(Math.max(slash, 0));
            } else if (!part.isEmpty() && !part.equals(".")) {
                if (!plain.isEmpty() || path.startsWith("/")) {
                    plain.append('/');
                }
                plain.append(part);
            }
        }
        return plain.toString();
    }

    /** Whether the pattern matches the path, or what follows one of its slashes, as a whole. */
    static boolean matches(Glob pattern, byte[] path, int from, int to) {
        if (pattern.matches(path, from, to)) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (path[i] == '/' && pattern.matches(path, i + 1, to)) {
                return true;
            }
        }
        return false;
    }
}
