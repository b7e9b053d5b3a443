package org.jstap.ebpf.ringbuf;

import java.lang.foreign.MemorySegment;

/// Takes the records of a ring buffer.
@FunctionalInterface
public interface RecordConsumer {

    /// Takes one record.
    ///
    /// @param record the record's bytes in the ring itself, read-only and 8-byte aligned; valid only until this method
    ///     returns, because the kernel then writes over it
    void accept(MemorySegment record);
}
