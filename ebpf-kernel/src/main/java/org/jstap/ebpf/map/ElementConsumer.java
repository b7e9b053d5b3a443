package org.jstap.ebpf.map;

import java.lang.foreign.MemorySegment;

/// Takes the elements of a map, one at a time.
@FunctionalInterface
public interface ElementConsumer {

    /// Takes one element. Both segments are valid only until this method returns, and may lie at any address: use unaligned
    /// layouts.
    ///
    /// @param key the key's bytes
    /// @param value the value's bytes; of a per-CPU map the values of all possible processors, [KernelMap#stride()] bytes apart
    void accept(MemorySegment key, MemorySegment value);
}
