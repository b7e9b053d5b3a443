package org.jstap.ebpf.link;

/// A program attached to an event. The program runs at each event until the link is closed.
///
/// Links can be closed by any thread; closing many of them concurrently is quicker, since some kinds wait for a grace period of
/// the kernel each.
public interface Link extends AutoCloseable {

    /// What the program is attached to and how, in a few words, for example `raw tracepoint sys_enter`.
    String describe();

    /// How many events the program did not run at because the kernel had no room to keep a return in, or was in the same probe
    /// already, so far; zero where the kernel does not count them (Linux 6.7 does, for kprobes of both kinds).
    long missed();

    /// Detaches. Closing twice does nothing the second time.
    @Override
    void close();
}
