package org.jstap.runtime;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfException;
import org.jstap.ebpf.btf.BtfSource;

/**
 * Reads the types of the running kernel once. To go through all of them takes longer than a short run needs for everything else:
 * so an index of them is kept where the user's cache is, for the same kernel only, and with it just those that are asked for are
 * read. What it found is seen by a thread that has waited for it.
 */
final class KernelTypes extends Thread {
    private static final String BTF_FILE = "/sys/kernel/btf/vmlinux";
    private static final String NOTES_FILE = "/sys/kernel/notes";
    private static final String VERSION_FILE = "/proc/sys/kernel/version";
    private static final String INDEX_NAME = "types-";

    private final File file;
    private final Optional<KeptFile> index;
    private Optional<Btf> types = Optional.empty();
    private String problem = "";

    /**
     * @param file  the types
     * @param index where an index of them is kept; empty to do without
     */
    KernelTypes(File file, Optional<KeptFile> index) {
        super("kernel types");
        setDaemon(true);
        this.file = file;
        this.index = index;
    }

    static KernelTypes ofRunningKernel() {
        File types = new File(BTF_FILE);
        Optional<CacheDirectory> cache = CacheDirectory.ofUser();
        return new KernelTypes(types, cache.isEmpty() ? Optional.empty() : kept(cache.get(), types));
    }

    /** Empty where it cannot be told by what the running kernel differs from others. */
    private static Optional<KeptFile> kept(CacheDirectory cache, File types) {
        String release = System.getProperty("os.version");
        try (FileInputStream version = new FileInputStream(VERSION_FILE); FileInputStream notes = new FileInputStream(NOTES_FILE)) {
            String identity = release + '\n' + types.length() + '\n' + new String(version.readAllBytes(), StandardCharsets.ISO_8859_1)
                    + new String(notes.readAllBytes(), StandardCharsets.ISO_8859_1);
            return Optional.of(new KeptFile(cache, INDEX_NAME + release.replace('/', '_'), identity));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public void run() {
        try {
            types = withIndex();
            if (types.isEmpty()) {
                types = Optional.of(withoutIndex());
            }
        } catch (IOException | BtfException e) {
            problem = e.getMessage();
        }
    }

    private Optional<Btf> withIndex() throws IOException {
        Optional<ByteBuffer> kept = index.isPresent() ? index.get().read() : Optional.empty();
        return kept.isPresent() ? Btf.indexed(new Pieces(file), kept.get()) : Optional.empty();
    }

    private Btf withoutIndex() throws IOException {
        try (FileInputStream in = new FileInputStream(file)) {
            Btf all = Btf.parse(in.readAllBytes());
            byte[] made = all.index();
            if (index.isPresent()) {
                index.get().write(made);
            }
            return all;
        }
    }

    void await() {
        boolean interrupted = false;
        while (isAlive()) {
            try {
                join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty if they cannot be read. */
    Optional<Btf> types() {
        return types;
    }

    /** Why they cannot be read; empty if they can. */
    String problem() {
        return problem;
    }

    /** The file, open until the process ends: types are asked for at any time. */
    private static final class Pieces implements BtfSource {
        private final RandomAccessFile file;
        private final int length;

        Pieces(File file) throws IOException {
            this.file = new RandomAccessFile(file, "r");
            this.length = Math.toIntExact(this.file.length());
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public synchronized void read(int from, byte[] into) throws IOException {
            file.seek(from);
            file.readFully(into);
        }
    }
}
