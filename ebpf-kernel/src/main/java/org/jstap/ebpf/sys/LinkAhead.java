package org.jstap.ebpf.sys;

/// Links system calls on a thread of its own, for a program that will open the door ([LinuxSystemCalls]) a little later and
/// has other work until then. Opening it waits for what is still to be done.
///
/// A class by itself: a call of any method of `LinuxSystemCalls` would link first, on the thread of the caller.
public final class LinkAhead extends Thread {

    private LinkAhead() {
        super("linking system calls");
        setDaemon(true);
    }

    /// Begins.
    public static void begin() {
        new LinkAhead().start();
    }

    /// The first call is part of it: it links the place it is made from, and the access to errno.
    @Override
    public void run() {
        new LinuxSystemCalls().call(SystemCallNumber.CLOSE, -1);
    }
}
