package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.SystemCalls;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A script that counts, prints and reports all the time stays as it is: no memory, no descriptors more, no event less.
 * {@code -Djstap.test.soak=SECONDS} changes how long, from 6 seconds.
 */
class SoakLiveTest {
    private static final long SECONDS = Math.max(6, Long.getLong("jstap.test.soak", 6));
    /** prlimit(2) with a resource that there is not: does nothing, and nobody else calls it with that number. */
    private static final long PRLIMIT64 = 302;
    private static final long MARK = 0x4a535451;
    private static final int IN_A_BURST = 5_000;
    private static final long BETWEEN_BURSTS_NANOS = 20_000_000;
    private static final String SCRIPT = """
            global hits, by, times, summed, counted, reports
            probe begin { println("ready") }
            probe kernel.trace("sys_enter") {
              if ($id == %d && $regs->si == %d) { hits++; by[tid(), $regs->dx]++; times <<< 1 }
            }
            probe kernel.trace("sched_switch") { printf("%%d %%s\\n", pid(), execname()) }
            function report() {
              reports++
              foreach ([t, n] in by) summed += by[t, n]
              counted += @count(times)
              delete by
              delete times
            }
            probe timer.ms(50) { report() }
            probe end { report(); printf("\\n%%d %%d %%d\\nreports %%d\\n", hits, summed, counted, reports) }
            """.formatted(PRLIMIT64, MARK);

    /** What a process has at one moment. */
    private record Size(long pages, long descriptors) {
        static Size of(long pid) throws IOException {
            String[] words = Files.readString(Path.of("/proc", Long.toString(pid), "statm")).split(" ");
            try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
                return new Size(Long.parseLong(words[1]), all.count());
            }
        }

        static Size greatest(List<Size> sizes) {
            return new Size(sizes.stream().mapToLong(Size::pages).max().orElseThrow(),
                    sizes.stream().mapToLong(Size::descriptors).max().orElseThrow());
        }
    }

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"),
                "skipped: the number of the system call is that of x86-64");
    }

    @Test
    void staysAsItIs() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-DMAXACTION=1000000", "-DSTP_NO_OVERLOAD", "-e", SCRIPT)) {
            jstap.awaitOutput("ready");
            List<Size> sizes = new ArrayList<>();
            long events = produce(jstap.pid(), sizes);
            jstap.signal("INT");
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            List<String> lines = ended.out().lines().toList();
            assertThat(lines.get(lines.size() - 2)).isEqualTo(events + " " + events + " " + events);
            long reports = Long.parseLong(lines.getLast().substring("reports ".length()));
            assertThat(reports).isGreaterThan(SECONDS * 2);

            int third = sizes.size() / 3;
            Size settled = Size.greatest(sizes.subList(third, 2 * third));
            Size last = Size.greatest(sizes.subList(2 * third, sizes.size()));
            // The compilers of the JVM go on for a while. What each report or event kept would be far more.
            assertThat(last.pages()).as("resident pages, after %s", settled).isLessThan(settled.pages() * 11 / 10 + 2_048);
            // A report that is under way holds a map more for each global.
            assertThat(last.descriptors()).as("descriptors, after %s", settled).isLessThanOrEqualTo(settled.descriptors() + 6);
        }
    }

    /** Bursts of events until the time is over; notes the size of a process after each. */
    private static long produce(long pid, List<Size> sizes) throws IOException {
        SystemCalls sys = new LinuxSystemCalls();
        long events = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            for (int i = 0; i < IN_A_BURST; i++) {
                sys.call(PRLIMIT64, 0, MARK, i & 255, 0, 0, 0);
            }
            events += IN_A_BURST;
            sizes.add(Size.of(pid));
            LockSupport.parkNanos(BETWEEN_BURSTS_NANOS);
        }
        return events;
    }
}
