package org.jstap.runtime;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Output in several files, one after the other: NAME.0, NAME.1 and so on, where they have a largest size; else NAME, and NAME.1 and so
 * on as often as the script asks for another. A file that has grown large ends with a whole line where a line fits into it.
 */
final class OutputFiles extends OutputStream {
    private final String pattern;
    private final long limit;
    private final int kept;
    private final Deque<Path> written = new ArrayDeque<>();
    /** What the file has behind its last line end. */
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private FileOutputStream file;
    private long size;
    private int next;

    /** @param pattern the name, which may hold patterns of strftime(3), for the time when a file begins */
    OutputFiles(String pattern, Optional<Rotation> rotation) throws IOException {
        this.pattern = pattern;
        this.limit = rotation.isPresent() ? rotation.get().bytes() : Long.MAX_VALUE;
        this.kept = rotation.isPresent() ? rotation.get().files() : 0;
        this.file = open();
    }

    private FileOutputStream open() throws IOException {
        String name = pattern.indexOf('%') < 0 ? pattern : Strftime.format(pattern, ZonedDateTime.now());
        boolean plain = limit == Long.MAX_VALUE && next == 0;
        Path path = Path.of(plain ? name : name + "." + next);
        next++;
        FileOutputStream opened = new FileOutputStream(path.toString());
        size = 0;
        if (kept > 0) {
            written.add(path);
            if (written.size() > kept) {
                Files.deleteIfExists(written.remove());
            }
        }
        return opened;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (end - at > limit - size) {
            int fits = (int) (limit - size);
            int lines = lines(bytes, at, fits);
            if (lines > 0 || unfinished.size() == size) {
                // A line longer than a file has to be cut.
                int count = lines > 0 ? lines : fits;
                put(bytes, at, count);
                at += count;
                unfinished.reset();
            }
            turn();
        }
        put(bytes, at, end - at);
    }

    /** Goes on in the next file, with the line that the last one ends with and that is not complete yet. */
    private void turn() throws IOException {
        byte[] line = unfinished.toByteArray();
        file.getChannel().truncate(size - line.length);
        file.close();
        file = open();
        unfinished.reset();
        put(line, 0, line.length);
    }

    /** Goes on in the next file, whatever the last one ends with. */
    void next() throws IOException {
        file.close();
        file = open();
        unfinished.reset();
    }

    private void put(byte[] bytes, int from, int length) throws IOException {
        file.write(bytes, from, length);
        size += length;
        if (limit == Long.MAX_VALUE) {
            return;
        }
        int lines = lines(bytes, from, length);
        if (lines > 0) {
            unfinished.reset();
        }
        unfinished.write(bytes, from + lines, length - lines);
    }

    /** How many of the next bytes are whole lines. */
    private static int lines(byte[] bytes, int from, int length) {
        int count = length;
        while (count > 0 && bytes[from + count - 1] != '\n') {
            count--;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
