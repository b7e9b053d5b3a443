package org.jstap.runtime;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes to what may stop reading, a pipe or a terminal, by a thread of its own: whoever has something to write waits for that, but
 * no longer than its {@link Patience} lasts. For one writer at a time.
 */
final class PatientStream extends OutputStream implements Patience.Work {
    /** So much is written at once, so that a slow reader is seen to read. */
    private static final int PIECE = 16 * 1024;
    private static final int PIECE_OF_TERMINAL = 1024;

    private final OutputStream out;
    private final boolean terminal;
    private final Patience patience;
    private Thread writer;
    private byte[] bytes;
    private int at;
    private int end;
    private IOException failure;
    private boolean unread;

    PatientStream(OutputStream out, boolean terminal, Patience patience) {
        this.out = out;
        this.terminal = terminal;
        this.patience = patience;
    }

    /**
     * A standard stream of this process: as it is where nobody reads it, as a file.
     *
     * @param descriptor 1 or 2
     */
    static OutputStream of(OutputStream out, int descriptor, Patience patience) {
        File file = new File("/proc/self/fd/" + descriptor);
        if (file.isFile()) {
            return out;
        }
        return new PatientStream(out, isTerminal(file), patience);
    }

    private static boolean isTerminal(File file) {
        try {
            String path = file.getCanonicalPath();
            return path.startsWith("/dev/") && !path.equals("/dev/null");
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether what was written was not read for so long that it was given up. */
    boolean isUnread() {
        return unread;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (unread || length == 0) {
            return;
        }
        synchronized (patience) {
            bytes = from;
            at = offset;
            end = offset + length;
            if (writer == null) {
                writer = new Thread(null, new Writer(), "output");
                writer.setDaemon(true);
                writer.start();
            }
            patience.notifyAll();
            if (!patience.await(this, terminal)) {
                unread = true;
                throw new UnreadException(end - at);
            }
            if (failure != null) {
                IOException e = failure;
                failure = null;
                throw e;
            }
        }
    }

    @Override
    public void close() {
        // A standard stream stays open, and what is written has been handed over.
    }

    @Override
    public boolean isDone() {
        return at == end;
    }

    @Override
    public int progress() {
        return at;
    }

    private final class Writer implements Runnable {
        @Override
        public void run() {
            try {
                while (true) {
                    step();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private void step() throws InterruptedException {
            byte[] piece;
            int from;
            int count;
            synchronized (patience) {
                while (isDone() || unread) {
                    patience.wait();
                }
                piece = bytes;
                from = at;
                count = Math.min(end - at, terminal ? PIECE_OF_TERMINAL : PIECE);
            }
            IOException problem = null;
            try {
                out.write(piece, from, count);
                out.flush();
            } catch (IOException e) {
                problem = e;
            }
            synchronized (patience) {
                failure = problem;
                at = problem == null ? from + count : end;
                patience.notifyAll();
            }
        }
    }

    /** Nobody has read what was written. */
    static final class UnreadException extends IOException {
        private static final long serialVersionUID = 1;
        private final int bytes;

        UnreadException(int bytes) {
            super("nobody reads it");
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }
}
