package org.jstap.runtime.kernel;

/** Where the time of attaching goes, for {@code -v}: the kernel checks programs, and it waits while it changes functions that run. */
final class AttachTimes {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What is done to attach a group of sites. */
    enum Share { EMIT, LOAD, LIST, LINK, MAPS }

    private final long[] nanos = new long[Share.values().length];
    private final int[] calls = new int[nanos.length];

    /** @param began {@link System#nanoTime()} before it */
    synchronized void add(Share share, long began) {
        nanos[share.ordinal()] += System.nanoTime() - began;
        calls[share.ordinal()]++;
    }

    /** One line for {@code -v}. */
    synchronized String text() {
        return "To attach took, in ms: making programs " + millis(Share.EMIT) + ", loading " + calls[Share.LOAD.ordinal()] + " of them "
                + millis(Share.LOAD) + ", the list of functions " + millis(Share.LIST) + ", " + calls[Share.LINK.ordinal()]
                + " links " + millis(Share.LINK) + ", waiting for maps " + millis(Share.MAPS) + '.';
    }

    private long millis(Share share) {
        return nanos[share.ordinal()] / NANOS_PER_MILLI;
    }
}
