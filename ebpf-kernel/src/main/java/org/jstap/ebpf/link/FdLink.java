package org.jstap.ebpf.link;

import java.util.List;
import org.jstap.ebpf.sys.Fd;

/// What all links share: descriptors whose closing detaches, and a description.
abstract sealed class FdLink implements Link
        permits RawTracepointLink,
                TracingLink,
                KprobeMultiLink,
                PerfKprobeLink,
                TraceEventLink,
                UprobeLink,
                UprobeMultiLink,
                PerfEventLink,
                NetfilterLink {

    private final String description;
    private final List<Fd> descriptors;

    FdLink(String description, List<Fd> descriptors) {
        this.description = description;
        this.descriptors = List.copyOf(descriptors);
    }

    @Override
    public final String describe() {
        return description;
    }

    @Override
    public long missed() {
        return 0;
    }

    /// The first of the descriptors.
    ///
    /// @throws IllegalStateException after [#close()]
    final int fd() {
        return descriptors.getFirst().number();
    }

    @Override
    public final void close() {
        for (Fd fd : descriptors) {
            fd.close();
        }
    }

    @Override
    public final String toString() {
        return description;
    }
}
