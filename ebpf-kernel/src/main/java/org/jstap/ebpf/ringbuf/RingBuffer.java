package org.jstap.ebpf.ringbuf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.jstap.ebpf.sys.Mapping;
import org.jstap.ebpf.sys.PageSize;
import org.jstap.ebpf.sys.SystemCalls;

/// Reads a BPF_MAP_TYPE_RINGBUF map through shared memory (kernel: kernel/bpf/ringbuf.c, Documentation/bpf/ringbuf.rst;
/// Linux 5.8).
///
/// Records come in the order in which programs reserved them, over all processors. A record's header is a 32-bit length
/// with a busy bit (31: not submitted yet) and a discard bit (30); records start at multiples of 8 bytes. The data pages are
/// mapped twice in a row, so that a record that wraps around can be read in one piece.
///
/// For one reading thread at a time. The map stays the caller's; close this object before it or after it.
public final class RingBuffer implements AutoCloseable {

    private static final int BUSY = 1 << 31;
    private static final int DISCARD = 1 << 30;
    private static final int LENGTH = ~(BUSY | DISCARD);
    private static final int HEADER_BYTES = 8;
    /// Each store to the consumer position costs a cache line transfer to the producers; each one left out keeps space
    /// from them.
    private static final int COMMIT_RECORDS = 64;

    private static final VarHandle LONG = JAVA_LONG.varHandle();
    private static final VarHandle INT = JAVA_INT.varHandle();

    private final int fd;
    private final int size;
    private final int pageSize;
    private final Mapping consumerPage;
    private final Mapping producerPages;
    private final MemorySegment consumer;
    private final MemorySegment producer;
    private long position;

    /// Maps a ring buffer.
    ///
    /// @param mapFd the map's descriptor
    /// @param size the map's `max_entries`: bytes of data, a power of two and a multiple of the page size
    /// @throws org.jstap.ebpf.sys.SystemCallException if the kernel refuses to map it
    public RingBuffer(SystemCalls sys, int mapFd, int size) {
        this.fd = mapFd;
        this.size = size;
        this.pageSize = PageSize.of(sys);
        if (Integer.bitCount(size) != 1 || size % pageSize != 0) {
            throw new IllegalArgumentException(
                    "the size of a ring buffer is a power of two and a multiple of " + pageSize + ", not " + size);
        }
        this.consumerPage = Mapping.shared(sys, mapFd, 0, pageSize, true);
        try {
            this.producerPages = Mapping.shared(sys, mapFd, pageSize, pageSize + 2L * size, false);
        } catch (RuntimeException e) {
            consumerPage.close();
            throw e;
        }
        this.consumer = consumerPage.segment();
        this.producer = producerPages.segment();
        this.position = (long) LONG.getAcquire(consumer, 0L);
    }

    /// The descriptor to wait on: it is readable while there are records.
    public int fd() {
        return fd;
    }

    /// Bytes of data the ring can hold.
    public int size() {
        return size;
    }

    /// Bytes that have been read since the ring was made, headers included.
    public long consumedBytes() {
        return position;
    }

    /// Bytes that are written or being written and not yet read, headers included.
    public long pendingBytes() {
        return (long) LONG.getAcquire(producer, 0L) - (long) LONG.getAcquire(consumer, 0L);
    }

    /// Up to where, counted as [#consumedBytes()] does, every record is submitted. What their programs did before they submitted
    /// them is done.
    public long submittedBytes() {
        long end = (long) LONG.getAcquire(producer, 0L);
        long at = position;
        while (at < end) {
            int header = (int) INT.getAcquire(producer, pageSize + (at & (size - 1)));
            if ((header & BUSY) != 0) {
                break;
            }
            at = after(at, header);
        }
        return at;
    }

    private static long after(long at, int header) {
        return at + ((header & LENGTH) + HEADER_BYTES + 7 & ~7);
    }

    /// Takes the records that are there now; those that come meanwhile are for the next time, so that a busy kernel cannot hold the
    /// reader here.
    ///
    /// Ends early at a record that a program has reserved and not yet submitted. If the taker throws, the record counts as
    /// taken.
    ///
    /// @return the number of records given to the taker
    public int drain(RecordConsumer taker) {
        long end = (long) LONG.getAcquire(producer, 0L);
        int taken = 0;
        int uncommitted = 0;
        try {
            while (position < end) {
                long at = pageSize + (position & (size - 1));
                int header = (int) INT.getAcquire(producer, at);
                if ((header & BUSY) != 0) {
                    break;
                }
                int length = header & LENGTH;
                position = after(position, header);
                if ((header & DISCARD) == 0) {
                    taken++;
                    taker.accept(producer.asSlice(at + HEADER_BYTES, length));
                }
                if (++uncommitted == COMMIT_RECORDS) {
                    uncommitted = 0;
                    LONG.setRelease(consumer, 0L, position);
                }
            }
        } finally {
            LONG.setVolatile(consumer, 0L, position);
        }
        return taken;
    }

    /// Unmaps the ring.
    @Override
    public void close() {
        consumerPage.close();
        producerPages.close();
    }
}
