package org.jstap.ebpf.link;

/// A program attached to an event. The program runs at each event until the link is closed.
///
/// Links can be closed by any thread; closing many of them concurrently is quicker, since some kinds wait for a grace period of
/// the kernel each.
public interface Link extends AutoCloseable {

    /// What the program is attached to and how, in a few words, for example `raw tracepoint sys_enter`.
    String describe();

    /// Detaches. Closing twice does nothing the second time.
    @Override
    void close();
}
