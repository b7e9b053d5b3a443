package org.jstap.ebpf.link;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Closing many links.
public final class Links {

    private static final int MOST_THREADS = 32;

    private Links() {}

    /// Closes all links at once, because the kernel waits for a grace period (up to 0.25 s) for each that rests on a perf event.
    ///
    /// Comes back when all are closed. If one fails to close, the others are closed nevertheless, and its exception is thrown.
    public static void closeAll(List<? extends Link> links) {
        if (links.size() == 1) {
            links.getFirst().close();
            return;
        }
        Closer closer = new Closer(List.copyOf(links));
        Thread[] threads = new Thread[Math.min(MOST_THREADS, links.size())];
        for (int i = 0; i < threads.length; i++) {
            // Platform threads: a virtual one would hold its carrier during the system call.
            threads[i] = Thread.ofPlatform().daemon().start(closer);
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        closer.rethrow();
    }

    /// Takes links from the list until none is left.
    private static final class Closer implements Runnable {
        private final List<Link> links;
        private final AtomicInteger next = new AtomicInteger();
        private RuntimeException failure;

        Closer(List<Link> links) {
            this.links = links;
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < links.size(); i = next.getAndIncrement()) {
                try {
                    links.get(i).close();
                } catch (RuntimeException e) {
                    add(e);
                }
            }
        }

        private synchronized void add(RuntimeException e) {
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }

        synchronized void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
