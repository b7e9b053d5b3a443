package org.jstap.symbols.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Collects the functions of kernels and lays them out as an index. */
final class IndexWriter {
    private final List<String> kernels;
    private final TreeMap<String, TreeMap<String, Entry>> files = new TreeMap<>();
    private final Map<String, String> firstFile = new HashMap<>();

    private final class Entry {
        final String name;
        final int[] lines = new int[kernels.size()];
        int mask;
        boolean elsewhere;

        Entry(String name) {
            this.name = name;
        }
    }

    /** @param kernels releases, oldest first */
    IndexWriter(List<String> kernels) {
        if (kernels.isEmpty() || kernels.size() > IndexFormat.MOST_KERNELS) {
            throw new IllegalArgumentException("an index holds 1 to " + IndexFormat.MOST_KERNELS + " kernels, not "
                    + kernels.size());
        }
        this.kernels = List.copyOf(kernels);
    }

    void add(int kernel, String file, String name, int line) {
        Entry entry = files.computeIfAbsent(file, f -> new TreeMap<>()).computeIfAbsent(name, Entry::new);
        if ((entry.mask >> kernel & 1) == 0) {
            entry.mask |= 1 << kernel;
            entry.lines[kernel] = line;
        }
        String first = firstFile.putIfAbsent(name, file);
        if (first != null && !first.equals(file)) {
            entry.elsewhere = true;
            files.get(first).get(name).elsewhere = true;
        }
    }

    int fileCount() {
        return files.size();
    }

    int entryCount() {
        int count = 0;
        for (TreeMap<String, Entry> entries : files.values()) {
            count += entries.size();
        }
        return count;
    }

    byte[] toBytes() {
        Output blocks = new Output();
        Output directory = new Output();
        int blockCount = writeBlocks(blocks, directory);
        Output plainPaths = paths();
        byte[] paths = deflate(plainPaths);
        byte[] filter = filter();
        Output out = new Output();
        out.u32(IndexFormat.MAGIC);
        out.u8(IndexFormat.VERSION);
        out.u8(kernels.size());
        for (String kernel : kernels) {
            out.string(kernel);
        }
        out.varint(files.size());
        out.varint(paths.length);
        out.varint(plainPaths.size());
        out.varint(filter.length);
        out.varint(blockCount);
        out.bytes(directory.toByteArray());
        out.bytes(paths);
        out.bytes(filter);
        out.bytes(blocks.toByteArray());
        return out.toByteArray();
    }

    private Output paths() {
        Output out = new Output();
        byte[] last = new byte[0];
        for (String path : files.keySet()) {
            byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
            int shared = 0;
            while (shared < last.length && shared < bytes.length && last[shared] == bytes[shared]) {
                shared++;
            }
            out.varint(shared);
            out.varint(bytes.length - shared);
            out.write(bytes, shared, bytes.length - shared);
            last = bytes;
        }
        return out;
    }

    private byte[] filter() {
        int bits = Math.max(64, firstFile.size() * IndexFormat.FILTER_BITS_PER_NAME + 7 & ~7);
        byte[] filter = new byte[bits / 8];
        for (String name : firstFile.keySet()) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            long hash = IndexFormat.hash(bytes, 0, bytes.length);
            for (int i = 0; i < IndexFormat.FILTER_HASHES; i++) {
                int bit = IndexFormat.filterBit(hash, i, bits);
                filter[bit >> 3] |= (byte) (1 << (bit & 7));
            }
        }
        return filter;
    }

    private int writeBlocks(Output blocks, Output directory) {
        int blockCount = 0;
        List<List<Entry>> block = new ArrayList<>();
        int size = 0;
        for (TreeMap<String, Entry> entries : files.values()) {
            List<Entry> sorted = new ArrayList<>(entries.values());
            sorted.sort((a, b) -> Integer.compare(newestLine(a), newestLine(b)));
            block.add(sorted);
            for (Entry entry : sorted) {
                size += entry.name.length() + 3;
            }
            if (size >= IndexFormat.BLOCK_SIZE) {
                writeBlock(block, blocks, directory);
                blockCount++;
                block.clear();
                size = 0;
            }
        }
        if (!block.isEmpty()) {
            writeBlock(block, blocks, directory);
            blockCount++;
        }
        return blockCount;
    }

    private int newestLine(Entry entry) {
        return entry.lines[31 - Integer.numberOfLeadingZeros(entry.mask)];
    }

    private void writeBlock(List<List<Entry>> block, Output blocks, Output directory) {
        Output out = new Output();
        for (List<Entry> entries : block) {
            out.varint(entries.size());
        }
        for (List<Entry> entries : block) {
            for (Entry entry : entries) {
                out.string(entry.name);
            }
        }
        for (List<Entry> entries : block) {
            for (Entry entry : entries) {
                out.u8(entry.mask | (entry.elsewhere ? IndexFormat.ELSEWHERE : 0));
            }
        }
        for (List<Entry> entries : block) {
            writeLines(entries, out);
        }
        byte[] deflated = deflate(out);
        directory.varint(block.size());
        directory.varint(deflated.length);
        directory.varint(out.size());
        blocks.bytes(deflated);
    }

    /** The newest kernel's lines as differences along the file; older ones by how far they lie from the newest. */
    private void writeLines(List<Entry> entries, Output out) {
        int last = 0;
        int[] shift = new int[kernels.size()];
        for (Entry entry : entries) {
            int newest = 31 - Integer.numberOfLeadingZeros(entry.mask);
            int line = entry.lines[newest];
            out.zigzag(line - last);
            last = line;
            for (int kernel = newest - 1; kernel >= 0; kernel--) {
                if ((entry.mask >> kernel & 1) != 0) {
                    int distance = line - entry.lines[kernel];
                    out.zigzag(distance - shift[kernel]);
                    shift[kernel] = distance;
                }
            }
        }
    }

    private static byte[] deflate(Output plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(plain.toByteArray());
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static final class Output extends ByteArrayOutputStream {
        void u8(int value) {
            write(value);
        }

        void u32(int value) {
            for (int shift = 0; shift < 32; shift += 8) {
                write(value >>> shift);
            }
        }

        void varint(int value) {
            int rest = value;
            while (rest >>> 7 != 0) {
                write(rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            write(rest);
        }

        void zigzag(int value) {
            varint(value << 1 ^ value >> 31);
        }

        void bytes(byte[] bytes) {
            write(bytes, 0, bytes.length);
        }

        /** The length, then the bytes. */
        void string(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            varint(bytes.length);
            bytes(bytes);
        }
    }
}
