package org.jstap.runtime;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What a script prints, one byte per char, buffered until somebody may look at it: the event loop flushes before it sleeps.
 * For one thread.
 */
public final class ScriptOutput implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int STANDARD = 1;
    /** The text of EPIPE, which Java hands on only in the message of its exception. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;
    private State state = State.OPEN;
    private String failure = "";
    private long lost;

    /** What has become of the place where the output goes. */
    public enum State {
        OPEN,
        /** Whoever read the output has gone: nothing to complain about. */
        READER_GONE,
        /** Writing failed; {@link #failure()} says why. */
        FAILED
    }

    public ScriptOutput(OutputStream out) {
        this.out = out;
    }

    /** Standard output of this process, without the layers of {@link System#out}. */
    public static ScriptOutput standard() {
        return new ScriptOutput(new FileOutputStream(FileDescriptor.out));
    }

    /** The same, written to no longer than its reader deserves. */
    static ScriptOutput standard(Patience patience) {
        return new ScriptOutput(PatientStream.of(new FileOutputStream(FileDescriptor.out), STANDARD, patience));
    }

    /**
     * A file, made empty, or several, see {@link OutputFiles}.
     *
     * @param pattern  its name, which may hold patterns of strftime(3)
     * @param rotation how large the files may get, where there are several
     * @throws IOException if the first cannot be opened
     */
    public static ScriptOutput file(String pattern, Optional<Rotation> rotation) throws IOException {
        return new ScriptOutput(new OutputFiles(pattern, rotation));
    }

    /** Writes a text of one byte per char. */
    public void print(String text) {
        int length = text.length();
        int from = 0;
        while (from < length) {
            if (used == buffer.length) {
                flush();
            }
            int count = Math.min(length - from, buffer.length - used);
            copy(text, from, from + count);
            from += count;
        }
    }

    @SuppressWarnings("deprecation")
    private void copy(String text, int from, int to) {
        // The deprecated method is the one that takes the low byte of each char, which is what script strings are made of.
        text.getBytes(from, to, buffer, used);
        used += to - from;
    }

    public void print(byte[] bytes, int from, int length) {
        int at = from;
        while (at < from + length) {
            if (used == buffer.length) {
                flush();
            }
            int count = Math.min(from + length - at, buffer.length - used);
            System.arraycopy(bytes, at, buffer, used, count);
            used += count;
            at += count;
        }
    }

    /** Hands everything to the kernel. After a failure, output is dropped. */
    public void flush() {
        if (used > 0 && state == State.OPEN) {
            try {
                out.write(buffer, 0, used);
            } catch (IOException e) {
                failed(e);
                lost = e instanceof PatientStream.UnreadException unread ? unread.bytes() : used;
            }
        } else {
            lost += used;
        }
        used = 0;
    }

    /** Goes on in the next file, where output goes to files. */
    public void nextFile() {
        flush();
        if (out instanceof OutputFiles files && state == State.OPEN) {
            try {
                files.next();
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private void failed(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        state = message.equals(BROKEN_PIPE) ? State.READER_GONE : State.FAILED;
        failure = message;
    }

    public State state() {
        return state;
    }

    /** Bytes that were not written for that, and for one write that failed perhaps some that were. */
    public long lost() {
        return lost;
    }

    /** Why writing failed, empty where it did not. */
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        flush();
        try {
            out.close();
        } catch (IOException e) {
            if (state == State.OPEN) {
                failed(e);
            }
        }
    }
}
