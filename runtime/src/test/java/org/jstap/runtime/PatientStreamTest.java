package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers that take their time, or take nothing more. */
@Timeout(60)
class PatientStreamTest {
    private static final long SHORT = 20_000_000;
    private static final byte[] TEXT = "x".repeat(100_000).getBytes(StandardCharsets.ISO_8859_1);

    /** Takes a piece when it may. */
    private static final class Reader extends OutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final Semaphore mayTake = new Semaphore(0);
        private final Semaphore asked = new Semaphore(0);

        @Override
        public void write(int b) {
            throw new IllegalStateException("a byte at a time");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            asked.release();
            mayTake.acquireUninterruptibly();
            taken.write(bytes, from, length);
        }
    }

    private final Reader reader = new Reader();
    private final Patience patience = new Patience(SHORT);

    private Thread inTheBackground(Runnable action) {
        Thread thread = new Thread(action);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void whatIsReadLateIsWrittenInOrder() throws Exception {
        patience.end();
        PatientStream stream = new PatientStream(reader, false, patience);
        Thread late = inTheBackground(() -> {
            while (true) {
                reader.asked.acquireUninterruptibly();
                awaitNanos(2 * SHORT);
                reader.mayTake.release();
            }
        });
        stream.write("abc".getBytes(StandardCharsets.ISO_8859_1), 1, 2);
        stream.write('d');
        assertThat(reader.taken.toString(StandardCharsets.ISO_8859_1)).isEqualTo("bcd");
        assertThat(stream.isUnread()).isFalse();
        assertThat(late.isAlive()).isTrue();
    }

    @Test
    void afterASignalAReaderThatTakesNothingIsGivenUp() throws Exception {
        PatientStream stream = new PatientStream(reader, false, patience);
        inTheBackground(() -> {
            reader.mayTake.release();
            reader.asked.acquireUninterruptibly(2);
            patience.endNow();
        });
        int first = 16 * 1024;
        assertThatThrownBy(() -> stream.write(TEXT)).isInstanceOfSatisfying(PatientStream.UnreadException.class,
                e -> assertThat(e.bytes()).isEqualTo(TEXT.length - first));
        assertThat(stream.isUnread()).isTrue();
        stream.write(TEXT);
        assertThat(reader.taken.size()).isEqualTo(first);
    }

    @Test
    void aReaderThatTakesALittleNowAndThenIsNot() throws Exception {
        Patience great = new Patience(Long.MAX_VALUE / 2);
        great.endNow();
        PatientStream stream = new PatientStream(reader, true, great);
        reader.mayTake.release(TEXT.length / 1024 + 1);
        stream.write(TEXT);
        assertThat(reader.taken.size()).isEqualTo(TEXT.length);
    }

    @Test
    void aTerminalIsNotWaitedForAfterTheEndThatWasSetBefore() {
        AtomicInteger ends = new AtomicInteger();
        patience.atEnd(ends::incrementAndGet);
        patience.endsAt(System.nanoTime() + SHORT);
        assertThatThrownBy(() -> new PatientStream(reader, true, patience).write(TEXT)).hasMessage("nobody reads it");
        assertThat(ends).hasValue(1);
    }

    @Test
    void atTheEndOfTheTimeEventsStopWhileAPipeIsWaitedFor() throws Exception {
        patience.atEnd(reader.mayTake::release);
        patience.endsAt(System.nanoTime() + SHORT);
        new PatientStream(reader, false, patience).write('x');
        assertThat(reader.taken.size()).isEqualTo(1);
    }

    @Test
    void aFailureIsTheWritersAndTheNextWriteIsTriedAgain() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        PatientStream stream = new PatientStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (writes.incrementAndGet() == 1) {
                    throw new IOException("Broken pipe");
                }
            }
        }, false, patience);
        assertThatThrownBy(() -> stream.write('x')).isInstanceOf(IOException.class).hasMessage("Broken pipe");
        stream.write('y');
        assertThat(writes).hasValue(2);
    }

    private static void awaitNanos(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
