package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.SystemCalls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that clear what they print lose no event, while two threads produce them as fast as they can. */
class ExactCountsLiveTest {
    private static final int EVENTS = 200_000;
    /** prlimit(2) with a resource that there is not: does nothing, and nobody else calls it with that number. */
    private static final long PRLIMIT64 = 302;
    private static final long MARK = 0x4a535450;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
        org.junit.jupiter.api.Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"),
                "skipped: the number of the system call is that of x86-64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seen[tid()] <<< 1|@count(seen[t])", "seen[tid()]++|seen[t]", "seen[tid()] <<< 7|@sum(seen[t]) / 7"})
    void everyEventIsInOneReport(String how) throws Exception {
        String add = how.substring(0, how.indexOf('|'));
        String get = how.substring(how.indexOf('|') + 1);
        String script = """
                global seen, total, reports
                probe kernel.trace("sys_enter") { if ($id == %d && $regs->si == %d) %s }
                function report() { reports++; foreach (t in seen) total[t] += %s; delete seen }
                probe timer.ms(2) { report(); if (reports == 1) println("ready") }
                probe end { report(); foreach (t in total) println("total ", total[t]); println("reports ", reports) }
                """.formatted(PRLIMIT64, MARK, add, get);
        try (JstapProcess jstap = JstapProcess.start("-e", script)) {
            jstap.awaitOutput("ready");
            produce();
            jstap.signal("INT");
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            assertThat(ended.out().lines().filter(line -> line.startsWith("total"))).containsExactly("total " + EVENTS,
                    "total " + EVENTS);
            String reports = ended.out().lines().filter(line -> line.startsWith("reports")).findFirst().orElseThrow();
            assertThat(Integer.parseInt(reports.substring("reports ".length()))).isGreaterThan(5);
        }
    }

    /** A block that loops over an array sees what its own handler has added before it, although many blocks share one look. */
    @Test
    void blocksSeeWhatCameBeforeThem() throws Exception {
        int blocks = 2_000;
        String script = """
                global seen, made, short, blocks, most
                probe begin { println("ready") }
                probe kernel.trace("sys_enter") {
                  if ($id == %d && $regs->si == %d) {
                    seen[tid()]++
                    before = ++made
                    sum = 0
                    foreach (t in seen) sum += seen[t]
                    if (sum < before) short++
                    if (sum > most) most = sum
                    if (++blocks == %d) exit()
                  }
                }
                probe end { println(short, " ", blocks, " ", most) }
                """.formatted(PRLIMIT64, MARK, blocks);
        try (JstapProcess jstap = JstapProcess.start("-DMAXACTION=100000", "-e", script)) {
            jstap.awaitOutput("ready");
            SystemCalls sys = new LinuxSystemCalls();
            for (int n = 0; n < blocks; n++) {
                sys.call(PRLIMIT64, 0, MARK, 0, 0, 0, 0);
            }
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).isEqualTo("ready\n0 " + blocks + " " + blocks + "\n");
        }
    }

    private static void produce() throws InterruptedException {
        SystemCalls sys = new LinuxSystemCalls();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < EVENTS; n++) {
                    sys.call(PRLIMIT64, 0, MARK, 0, 0, 0, 0);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
