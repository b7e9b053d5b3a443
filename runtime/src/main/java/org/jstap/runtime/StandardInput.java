package org.jstap.runtime;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.Terminal;

/** What comes on standard input, read by a thread of its own. A terminal hands over each character at once, and does not show it. */
final class StandardInput implements AutoCloseable {
    static final int NONE = -1;

    private static final int DESCRIPTOR = 0;
    private static final int PIECE = 4096;
    /** Pieces that wait for the session; then the reader waits. */
    private static final int PIECES = 16;
    private static final byte[] NOTHING = new byte[0];

    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
    private final Optional<Terminal> terminal;
    private final Runnable wake;
    private byte[] piece = NOTHING;
    private int next;

    private StandardInput(Optional<Terminal> terminal, Runnable wake) {
        this.terminal = terminal;
        this.wake = wake;
    }

    /** @param wake called by the reader when there is something */
    static StandardInput read(SystemCalls sys, Runnable wake) {
        StandardInput input = new StandardInput(Terminal.of(sys, DESCRIPTOR), wake);
        Thread reader = new Thread(input::readOn, "standard input");
        reader.setDaemon(true);
        reader.start();
        return input;
    }

    private void readOn() {
        byte[] buffer = new byte[PIECE];
        // Not System.in, which others may have read ahead of.
        InputStream in = new FileInputStream(FileDescriptor.in);
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                pieces.put(Arrays.copyOf(buffer, count));
                wake.run();
            }
        } catch (IOException _) {
            // Then nothing more comes, as at its end.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next byte, or {@link #NONE} where there is none yet or any more. */
    int next() {
        if (next == piece.length) {
            byte[] more = pieces.poll();
            if (more == null) {
                return NONE;
            }
            piece = more;
            next = 0;
        }
        return piece[next++] & 0xff;
    }

    /** The terminal is as it was again. */
    @Override
    public void close() {
        if (terminal.isPresent()) {
            terminal.get().close();
        }
    }
}
