package org.jstap.runtime.kernel;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.link.AttachException;
import org.jstap.ebpf.link.LinkFactory;
import org.jstap.ebpf.sys.SystemCallException;

/**
 * The functions that the kernel lets ftrace hook, from its list of them. The kernel refuses a whole list of functions for a single
 * one that is not among these, and does not say for which. Reading takes a tenth of a second, on slow machines seconds: so it is done
 * ahead, on a thread of its own, where a script names many functions, and otherwise only after a refusal. Ahead only the list with
 * addresses is read: a kernel that has no such list may have no use for it, because it hooks functions one by one.
 */
public final class TraceableFunctions {
    /** For up to so many functions the kernel is asked to hook them all, and the list is read after it has refused. */
    public static final int FEW = 16;

    private static final String[] PLACES = {"/sys/kernel/tracing/", "/sys/kernel/debug/tracing/"};
    /** With addresses, from Linux 6.5: names are not unique, and functions have second names that are not in the list. */
    private static final String ADDRESSES = "available_filter_functions_addrs";
    private static final String NAMES = "available_filter_functions";
    /** Bytes from a function's address to the place that ftrace patches, at most: a landing pad for indirect calls is before it. */
    private static final int PLACE = 8;

    private static final int HEXADECIMAL = 16;

    private Optional<long[]> addresses = Optional.empty();
    private Optional<Set<String>> names = Optional.empty();
    private boolean namesRead;
    private boolean begun;
    private Optional<Reader> reading = Optional.empty();

    /** Nothing is read yet. */
    public TraceableFunctions() { }

    /** Begins to read, unless that has begun. */
    public void readAhead() {
        if (begun) {
            return;
        }
        begun = true;
        Reader reader = new Reader();
        reader.setDaemon(true);
        reader.start();
        reading = Optional.of(reader);
    }

    private static final class Reader extends Thread {
        private long[] found = new long[0];

        Reader() {
            super("list of functions");
        }

        @Override
        public void run() {
            for (int i = 0; i < PLACES.length && found.length == 0; i++) {
                try (FileInputStream in = new FileInputStream(PLACES[i] + ADDRESSES)) {
                    found = parseAddresses(in.readAllBytes());
                } catch (IOException _) {
                    // Not mounted here, or an older kernel.
                    found = new long[0];
                }
            }
        }

        long[] await() {
            boolean interrupted = false;
            while (isAlive()) {
                try {
                    join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return found;
        }
    }

    /** Whether the list with addresses was read ahead, so that what is not in it is certain not to be hooked. */
    boolean isExact() {
        if (reading.isPresent()) {
            long[] found = reading.get().await();
            reading = Optional.empty();
            addresses = found.length == 0 ? Optional.empty() : Optional.of(found);
        }
        return addresses.isPresent();
    }

    /**
     * Whether a function can be hooked.
     *
     * @return absent where the kernel does not tell
     */
    Optional<Boolean> contains(ProbeSite.KernelFunction function, LinkFactory links) {
        if (isExact() && function.address().isPresent()) {
            return Optional.of(isHooked(addresses.get(), function.address().getAsLong()));
        }
        if (!namesRead) {
            namesRead = true;
            readNames(links);
        }
        return names.isPresent() ? Optional.of(names.get().contains(function.name())) : Optional.empty();
    }

    private void readNames(LinkFactory links) {
        try {
            names = Optional.of(parse(links.traceFs().read(NAMES)));
        } catch (AttachException | SystemCallException e) {
            // Whoever asks has another way of finding out, and reports what the kernel answers then.
            names = Optional.empty();
        }
    }

    /** @param places sorted */
    static boolean isHooked(long[] places, long function) {
        int at = Arrays.binarySearch(places, function);
        int next = at >= 0 ? at : -at - 1;
        return next < places.length && places[next] - function <= PLACE;
    }

    /**
     * A line is an address, a name, and for a function of a module that in brackets. Sorted as signed numbers: the kernel's addresses
     * are all in the upper half.
     */
    static long[] parseAddresses(byte[] text) {
        long[] found = new long[1 << 16];
        int count = 0;
        int at = 0;
        while (at < text.length) {
            long address = 0;
            int start = at;
            while (at < text.length && Character.digit(text[at], HEXADECIMAL) >= 0) {
                address = address << 4 | Character.digit(text[at++], HEXADECIMAL);
            }
            if (at > start && at < text.length && text[at] == ' ') {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = address;
            }
            while (at < text.length && text[at] != '\n') {
                at++;
            }
            at++;
        }
        long[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** A line is a name, and for a function of a module that in brackets. */
    static Set<String> parse(String text) {
        Set<String> found = new HashSet<>(1 << 17);
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int space = start;
            while (space < end && text.charAt(space) != ' ' && text.charAt(space) != '\t') {
                space++;
            }
            if (space > start) {
                found.add(text.substring(start, space));
            }
            start = end + 1;
        }
        return found;
    }
}
