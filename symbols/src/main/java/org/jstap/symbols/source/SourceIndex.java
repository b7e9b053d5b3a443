package org.jstap.symbols.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jstap.symbols.Glob;

/**
 * Which function is defined in which source file, for the kernels the index was built from: what debug information
 * would say, without any being installed. Immutable and thread-safe.
 *
 * <p>The index is inflated in parts, only those asked for: the functions of one file cost one block of some 50 KB; only
 * {@link #filesOf} goes through all of it.
 */
public final class SourceIndex {
    private static final String RESOURCE = "functions.idx";

    private final byte[] data;
    private final List<String> kernels;
    private final byte[] paths;
    /** Where each path starts in {@link #paths}, and at the end where the last one ends. */
    private final int[] pathStarts;
    private final int filterAt;
    private final int filterBits;
    /** Per block: its first file; where it starts in {@link #data}; its plain size. */
    private final int[] blockFiles;
    private final int[] blockStarts;
    private final int[] blockSizes;

    private SourceIndex(byte[] data) {
        this.data = data;
        IndexInput in = new IndexInput(data, 0);
        if (data.length < 8 || in.u32() != IndexFormat.MAGIC || in.u8() != IndexFormat.VERSION) {
            throw new IllegalArgumentException("not a source index of version " + IndexFormat.VERSION);
        }
        int kernelCount = in.u8();
        List<String> releases = new ArrayList<>(kernelCount);
        for (int i = 0; i < kernelCount; i++) {
            releases.add(in.string());
        }
        this.kernels = List.copyOf(releases);
        int fileCount = in.varint();
        int pathsLength = in.varint();
        int pathsSize = in.varint();
        int filterLength = in.varint();
        int blockCount = in.varint();
        this.blockFiles = new int[blockCount + 1];
        this.blockStarts = new int[blockCount + 1];
        this.blockSizes = new int[blockCount];
        for (int i = 0; i < blockCount; i++) {
            blockFiles[i + 1] = blockFiles[i] + in.varint();
            blockStarts[i + 1] = blockStarts[i] + in.varint();
            blockSizes[i] = in.varint();
        }
        this.filterAt = in.at + pathsLength;
        this.filterBits = filterLength * 8;
        for (int i = 0; i <= blockCount; i++) {
            blockStarts[i] += filterAt + filterLength;
        }
        this.pathStarts = new int[fileCount + 1];
        this.paths = readPaths(IndexInput.inflate(data, in.at, pathsLength, pathsSize));
    }

    /** Reads an index; {@link IllegalArgumentException} if these bytes are none. */
    public static SourceIndex of(byte[] bytes) {
        try {
            return new SourceIndex(bytes.clone());
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the source index is damaged", e);
        }
    }

    /**
     * The index that comes with this library.
     *
     * @throws IOException if it cannot be read, or is missing from the installation
     */
    public static SourceIndex load() throws IOException {
        try (InputStream in = SourceIndex.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("the source index " + RESOURCE + " is missing from the installation");
            }
            return new SourceIndex(in.readAllBytes());
        }
    }

    private byte[] readPaths(byte[] coded) {
        IndexInput in = new IndexInput(coded, 0);
        byte[] plain = new byte[coded.length * 3];
        int at = 0;
        int last = 0;
        for (int i = 0; i < pathStarts.length - 1; i++) {
            int shared = in.varint();
            int rest = in.varint();
            if (at + shared + rest > plain.length) {
                plain = Arrays.copyOf(plain, plain.length * 2);
            }
            System.arraycopy(plain, last, plain, at, shared);
            System.arraycopy(coded, in.at, plain, at + shared, rest);
            in.at += rest;
            last = at;
            pathStarts[i] = at;
            at += shared + rest;
        }
        pathStarts[pathStarts.length - 1] = at;
        return plain;
    }

    /** The releases the index was built from, oldest first. */
    public List<String> kernels() {
        return kernels;
    }

    /** The number of the kernel nearest to this version; of two equally near the newer. */
    public int closest(KernelVersion version) {
        int best = 0;
        for (int i = 1; i < kernels.size(); i++) {
            int distance = KernelVersion.parse(kernels.get(i)).distance(version);
            if (distance <= KernelVersion.parse(kernels.get(best)).distance(version)) {
                best = i;
            }
        }
        return best;
    }

    /**
     * The paths that a file pattern of a probe point means: those which end with it, beginning at a directory's name;
     * {@code socket.c}, {@code net/socket.c}, {@code net/*.c}, {@code *}{@code /socket.c}.
     */
    public List<String> files(String filePattern) {
        List<String> found = new ArrayList<>();
        Glob pattern = Glob.of(filePattern);
        for (int file = 0; file < pathStarts.length - 1; file++) {
            if (SourcePaths.matches(pattern, paths, pathStarts[file], pathStarts[file + 1])) {
                found.add(path(file));
            }
        }
        return List.copyOf(found);
    }

    /** All paths, sorted. */
    public List<String> files() {
        return files("*");
    }

    /**
     * The functions with code of their own in the files that the pattern means, of all kernels: ask each with
     * {@link IndexedFunction#isIn} for {@link #closest}.
     *
     * @param version which kernel's lines are wanted
     */
    public List<IndexedFunction> functionsIn(String filePattern, KernelVersion version) {
        List<IndexedFunction> found = new ArrayList<>();
        Glob pattern = Glob.of(filePattern);
        int kernel = closest(version);
        for (int block = 0; block < blockSizes.length; block++) {
            Block open = null;
            for (int file = blockFiles[block]; file < blockFiles[block + 1]; file++) {
                if (SourcePaths.matches(pattern, paths, pathStarts[file], pathStarts[file + 1])) {
                    open = open == null ? open(block) : open;
                    open.addFunctions(file - blockFiles[block], path(file), kernel, found);
                }
            }
        }
        return List.copyOf(found);
    }

    /** Everything known about functions of this name; goes through the whole index. */
    public List<IndexedFunction> filesOf(String function, KernelVersion version) {
        if (!mayKnow(function)) {
            return List.of();
        }
        List<IndexedFunction> found = new ArrayList<>();
        byte[] name = function.getBytes(StandardCharsets.UTF_8);
        int kernel = closest(version);
        for (int block = 0; block < blockSizes.length; block++) {
            Block open = open(block);
            for (int file : open.filesWith(name)) {
                List<IndexedFunction> all = new ArrayList<>();
                open.addFunctions(file, path(blockFiles[block] + file), kernel, all);
                for (IndexedFunction one : all) {
                    if (one.name().equals(function)) {
                        found.add(one);
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    /** Whether some file may define a function of this name: false is certain, true is wrong for one name in forty. */
    public boolean mayKnow(String function) {
        byte[] name = function.getBytes(StandardCharsets.UTF_8);
        long hash = IndexFormat.hash(name, 0, name.length);
        for (int i = 0; i < IndexFormat.FILTER_HASHES; i++) {
            int bit = IndexFormat.filterBit(hash, i, filterBits);
            if ((data[filterAt + (bit >> 3)] >> (bit & 7) & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    private String path(int file) {
        return new String(paths, pathStarts[file], pathStarts[file + 1] - pathStarts[file], StandardCharsets.UTF_8);
    }

    private Block open(int block) {
        int start = blockStarts[block];
        byte[] plain = IndexInput.inflate(data, start, blockStarts[block + 1] - start, blockSizes[block]);
        return new Block(plain, blockFiles[block + 1] - blockFiles[block], kernels.size());
    }

    /** One inflated block; the three columns of its files stand one after the other. */
    private static final class Block {
        private final byte[] plain;
        private final int kernelCount;
        private final int[] counts;
        private final int[] nameStarts;
        private final int masksAt;
        private final int[] lineStarts;

        Block(byte[] plain, int files, int kernelCount) {
            this.plain = plain;
            this.kernelCount = kernelCount;
            this.counts = new int[files];
            this.nameStarts = new int[files];
            this.lineStarts = new int[files];
            IndexInput in = new IndexInput(plain, 0);
            int total = 0;
            for (int file = 0; file < files; file++) {
                counts[file] = in.varint();
                total += counts[file];
            }
            for (int file = 0; file < files; file++) {
                nameStarts[file] = in.at;
                for (int i = 0; i < counts[file]; i++) {
                    in.skipString();
                }
            }
            this.masksAt = in.at;
            in.at += total;
            int mask = masksAt;
            for (int file = 0; file < files; file++) {
                lineStarts[file] = in.at;
                for (int i = 0; i < counts[file]; i++) {
                    int numbers = Integer.bitCount(plain[mask++] & IndexFormat.ELSEWHERE - 1);
                    while (numbers > 0) {
                        numbers -= plain[in.at++] >= 0 ? 1 : 0;
                    }
                }
            }
        }

        private int firstMask(int file) {
            int at = masksAt;
            for (int i = 0; i < file; i++) {
                at += counts[i];
            }
            return at;
        }

        void addFunctions(int file, String path, int kernel, List<IndexedFunction> found) {
            IndexInput names = new IndexInput(plain, nameStarts[file]);
            IndexInput lines = new IndexInput(plain, lineStarts[file]);
            int maskAt = firstMask(file);
            int line = 0;
            int[] shift = new int[kernelCount];
            for (int i = 0; i < counts[file]; i++) {
                String name = names.string();
                int bits = plain[maskAt + i] & 0xff;
                int mask = bits & IndexFormat.ELSEWHERE - 1;
                int newest = 31 - Integer.numberOfLeadingZeros(mask);
                line += lines.zigzag();
                int wanted = line;
                for (int k = newest - 1; k >= 0; k--) {
                    if ((mask >> k & 1) != 0) {
                        shift[k] += lines.zigzag();
                        // Going down from the newest, the last one not older than the kernel asked for stays.
                        wanted = k >= kernel || wanted == 0 ? line - shift[k] : wanted;
                    }
                }
                found.add(new IndexedFunction(name, path, wanted, mask, (bits & IndexFormat.ELSEWHERE) != 0));
            }
        }

        List<Integer> filesWith(byte[] name) {
            List<Integer> files = new ArrayList<>();
            for (int file = 0; file < counts.length; file++) {
                IndexInput in = new IndexInput(plain, nameStarts[file]);
                for (int i = 0; i < counts[file]; i++) {
                    int length = in.varint();
                    if (length == name.length && Arrays.equals(plain, in.at, in.at + length, name, 0, length)) {
                        files.add(file);
                        break;
                    }
                    in.at += length;
                }
            }
            return files;
        }
    }
}
