package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.SystemCalls;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of probe points, each with a known number of events. */
class ProbePointsLiveTest {
    private static final int RUNS = 12;
    private static final int EVENTS = 300;
    private static final long NANOSLEEP = 35;
    private static final long KILL = 62;
    private static final long MMAP = 9;
    private static final long MUNMAP = 11;
    private static final long MADVISE = 28;
    private static final long MADV_NOHUGEPAGE = 15;
    private static final long GETPRIORITY = 140;
    private static final long GETTID = 186;
    private static final int SIGURG = 23;
    private static final long PAGE = 4096;

    private final SystemCalls sys = new LinuxSystemCalls();
    private final long pid = ProcessHandle.current().pid();

    @TempDir
    Path directory;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "skipped: the numbers are those of x86-64");
    }

    /** A program that nobody else runs. */
    private Path program() throws Exception {
        Path copy = directory.resolve("jstap-true");
        Files.copy(Path.of("/bin/true").toRealPath(), copy, StandardCopyOption.COPY_ATTRIBUTES);
        return copy;
    }

    private static String finished(JstapProcess jstap) throws Exception {
        JstapProcess.Ended ended = jstap.await();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
        return ended.out();
    }

    /** Runs the program {@link #RUNS} times under a script; with a word it sets its locale. */
    private String withRuns(String script, Path program) throws Exception {
        String loop = "i=0; while [ $i -lt " + RUNS + " ]; do " + program + " word; i=$((i+1)); done";
        try (JstapProcess jstap = JstapProcess.start("-e", script.replace("PROGRAM", program.toString()), "-c", loop)) {
            return finished(jstap);
        }
    }

    /** Runs events of this process under a script that says when it is ready, and ends it by a signal. */
    private String during(String script, Events events) throws Exception {
        String ready = "probe timer.ms(1) { if (!ready++) println(\"ready\") }\nglobal ready\n";
        try (JstapProcess jstap = JstapProcess.start("-e", script.replace("PID", Long.toString(pid)) + ready)) {
            jstap.awaitOutput("ready");
            events.run();
            jstap.signal("INT");
            return finished(jstap);
        }
    }

    private interface Events {
        void run() throws Exception;
    }

    // ---- processes

    @Test
    void eachRunOfAProgramBeginsAndEndsOnce() throws Exception {
        assertThat(withRuns("""
                global begun, ended, executed, exited
                probe process("PROGRAM").begin { begun++; if (tid() != pid()) error("no leader") }
                probe process("PROGRAM").end { ended++ }
                probe kprocess.exec { if (filename == "\\"PROGRAM\\"") executed++ }
                probe kprocess.exit { if (execname() == "jstap-true" && code == 0) exited++ }
                probe end { printf("%d %d %d %d\\n", begun, ended, executed, exited) }
                """, program())).isEqualTo("%1$d %1$d %1$d %1$d\n".formatted(RUNS));
    }

    @Test
    void aShellAndWhatItStartsBeginAndEndAsOftenAsTheyFork() throws Exception {
        // Each run is a fork of the shell, which begins as the shell and ends as it when it runs the program.
        assertThat(withRuns("""
                global forked, begun, ended
                probe process.begin { if (execname() == "jstap-true") begun++ else if (pid() != target()) forked++ }
                probe process.end { if (execname() == "jstap-true") ended++ }
                probe end { printf("%d %d %d\\n", forked, begun, ended) }
                """, program())).isEqualTo("%1$d %1$d %1$d\n".formatted(RUNS));
    }

    @Test
    void systemCallsOfAProgram() throws Exception {
        assertThat(withRuns("""
                global last, status, entered, returned
                probe process("PROGRAM").syscall { entered++; if ($syscall == 231) { last++; status += $arg1 } }
                probe process("PROGRAM").syscall.return { returned++; if ($return < -4095) error("no result of a system call") }
                probe end { printf("%d %d %d\\n", last, status, entered - returned) }
                """, program())).as("exit_group does not return, but execve returns into the program")
                .isEqualTo(RUNS + " 0 0\n");
    }

    @Test
    void threadsBeginAndEnd() throws Exception {
        String out = during("""
                global begun, ended
                probe process(PID).thread.begin { begun++ }
                probe process(PID).thread.end { ended++ }
                probe end { printf("%d %d\\n", begun, ended) }
                """, () -> {
                    for (int i = 0; i < RUNS; i++) {
                        Thread thread = Thread.ofPlatform().start(() -> { });
                        thread.join();
                    }
                });
        String[] counts = out.substring("ready\n".length()).strip().split(" ");
        assertThat(Integer.parseInt(counts[0])).isGreaterThanOrEqualTo(RUNS);
        // The last may still be on its way out of the kernel.
        assertThat(Integer.parseInt(counts[1])).isGreaterThanOrEqualTo(RUNS - 1);
    }

    // ---- code of programs

    @Test
    void functionsOfALibraryWithTheirArgumentsAndResults() throws Exception {
        assertThat(withRuns("""
                global called, locale, returned, where
                probe process("PROGRAM").library("libc.so.6").function("exit") {
                    called++
                    if (ppfunc() == "exit" && user_mode() && uaddr() == addr() && addr() == register("rip")) where++
                }
                probe process("PROGRAM").library("libc.so.6").function("setlocale") {
                    if (int_arg(1) == 6 && user_string(pointer_arg(2)) == "") locale++
                }
                probe process("PROGRAM").library("libc.so.6").function("setlocale").return { if (returnval()) returned++ }
                probe end { printf("%d %d %d %d\\n", called, where, locale, returned) }
                """, program())).isEqualTo("%1$d %1$d %1$d %1$d\n".formatted(RUNS));
    }

    @Test
    void callsThroughTheLinkageTableAreSeenAtBothEnds() throws Exception {
        assertThat(withRuns("""
                global called, returned
                probe process("PROGRAM").plt("setl*") { if ($$name == "setlocale" && int_arg(1) == 6) called++ }
                probe process("PROGRAM").plt("setlocale").return { if (returnval()) returned++ }
                probe end { printf("%d %d\\n", called, returned) }
                """, program())).isEqualTo("%1$d %1$d\n".formatted(RUNS));
    }

    @Test
    void theProgramOfTheCommandIsMeantWhereNoPathIsNamed() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-c", program() + " nosuch", "-e", """
                global called, exits
                probe process.plt("setlocale") { called++ }
                probe process.library("*").function("exit") { exits++ }
                probe end { printf("%d %d\\n", called, exits) }
                """)) {
            assertThat(finished(jstap)).isEqualTo("1 1\n");
        }
    }

    // ---- counters

    @Test
    void aBusyThreadIsSampled() throws Exception {
        AtomicBoolean busy = new AtomicBoolean(true);
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            while (busy.get()) {
                Thread.onSpinWait();
            }
        });
        String script = """
                global user
                probe timer.profile.freq.hz(500) { if (pid() == PID && user_mode() && ++user == 30) { println("sampled"); exit() } }
                probe timer.profile, perf.sw.cpu_clock.sample(5000000) { all[pp()]++ }
                global all
                probe end { foreach (p in all) println(p) }
                """;
        try (JstapProcess jstap = JstapProcess.start("-e", script.replace("PID", Long.toString(pid)))) {
            assertThat(finished(jstap).lines()).containsExactlyInAnyOrder("sampled", "perf.type(1).config(0).sample(1000000)",
                    "perf.type(1).config(0).sample(5000000)");
        } finally {
            busy.set(false);
            thread.join();
        }
    }

    @Test
    void aCounterThatTheMachineDoesNotHaveIsRefusedWithThatReason() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e", "probe perf.hw.cpu_cycles { exit() }")) {
            JstapProcess.Ended ended = jstap.await();
            Assumptions.assumeTrue(ended.status() != 0, "skipped: this machine counts its cycles");
            assertThat(ended.err()).contains("perf.type(0).config(0)").contains("this machine does not have that counter");
        }
    }

    @Test
    void handlersReadWhatTheirThreadHasCounted() throws Exception {
        // The virtual machine itself has faults too: many in a first turn, a few in the second, which counts.
        String out = during("""
                probe perf.sw.page_faults.counter("faults") {}
                probe perf.sw.context_switches.counter("switches") {}
                probe perf.sw.page_faults.process("/bin/true").counter("others") {}
                global faults, switches, marks
                probe syscall.getpriority {
                  if (tid() == TID) {
                    if (++marks == 4) {
                      f = @perf("faults") - faults
                      s = @perf("switches") - switches
                      println(f >= EVENTS && f < EVENTS + 50, " ", s >= EVENTS && s < EVENTS + 50, " ", @perf("others"))
                    }
                    faults = @perf("faults")
                    switches = @perf("switches")
                  }
                }
                """.replace("TID", Long.toString(sys.call(GETTID, 0, 0, 0, 0, 0, 0))).replace("EVENTS", Integer.toString(EVENTS)),
                () -> {
                    faultsAndSwitches();
                    faultsAndSwitches();
                });
        assertThat(out).endsWith("1 1 0\n");
    }

    private void faultsAndSwitches() {
        long pages = sys.call(MMAP, 0, EVENTS * PAGE, 3, 0x22, -1, 0);
        sys.call(MADVISE, pages, EVENTS * PAGE, MADV_NOHUGEPAGE, 0, 0, 0);
        MemorySegment memory = MemorySegment.ofAddress(pages).reinterpret(EVENTS * PAGE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment moment = arena.allocateFrom(ValueLayout.JAVA_LONG, 0, 1000);
            sys.call(GETPRIORITY, 0, 0, 0, 0, 0, 0);
            for (int i = 0; i < EVENTS; i++) {
                memory.set(ValueLayout.JAVA_BYTE, i * PAGE, (byte) 1);
                sys.call(NANOSLEEP, moment.address(), 0, 0, 0, 0, 0);
            }
            sys.call(GETPRIORITY, 0, 0, 0, 0, 0, 0);
        }
        sys.call(MUNMAP, pages, EVENTS * PAGE, 0, 0, 0, 0);
    }

    @Test
    void aCounterOfAProgramStartsWithIt() throws Exception {
        // A program maps and touches far fewer pages than the shell that starts it would have by then.
        assertThat(withRuns("""
                probe perf.sw.page_faults.process("PROGRAM").counter("faults") {}
                probe perf.sw.page_faults.counter("all") {}
                global runs, started
                probe process("PROGRAM").begin { if (@perf("faults") < 20 && @perf("faults") == @perf("all")) started++ }
                probe process("PROGRAM").end { n = @perf("faults"); if (n > 20 && n < 1000) runs++ }
                probe end { println(started, " ", runs) }
                """, program())).isEqualTo("%1$d %1$d\n".formatted(RUNS));
    }

    @Test
    void aCounterToReadThatTheMachineDoesNotHaveIsRefusedAtItsUse() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-e",
                "probe perf.hw.cpu_cycles.counter(\"c\") {} probe kernel.trace(\"sched_switch\") { println(@perf(\"c\")); exit() }")) {
            JstapProcess.Ended ended = jstap.await();
            Assumptions.assumeTrue(ended.status() != 0, "skipped: this machine counts its cycles");
            assertThat(ended.err()).contains("<input>:1:87").contains("this machine does not have that counter");
        }
    }

    // ---- aliases over tracepoints

    @Test
    void aThreadThatSleepsLeavesItsProcessorEachTime() throws Exception {
        String out = during("""
                global left, off
                probe scheduler.ctxswitch { if (prev_tid == %1$d && prev_pid == PID && name == "ctxswitch") left++ }
                probe scheduler.cpu_off { if (@cast(task_prev, "struct task_struct")->pid == %1$d && !idle) off++ }
                probe end { println(left >= %2$d, off == left) }
                """.formatted(sys.call(GETTID, 0, 0, 0, 0, 0, 0), EVENTS), () -> {
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment moment = arena.allocateFrom(ValueLayout.JAVA_LONG, 0, 1000);
                        for (int i = 0; i < EVENTS; i++) {
                            sys.call(NANOSLEEP, moment.address(), 0, 0, 0, 0, 0);
                        }
                    }
                });
        assertThat(out).endsWith("11\n");
    }

    @Test
    void signalsAreSentOnceEach() throws Exception {
        // The signal of urgent data does nothing by default.
        assertThat(during("""
                global sent
                probe signal.send { if (sig == %d && sig_pid == PID && pid() == PID) sent[sig_name, si_code, shared]++ }
                probe end { foreach ([n, c, s] in sent) println(n, " ", c, " ", s, " ", sent[n, c, s]) }
                """.formatted(SIGURG), () -> {
                    for (int i = 0; i < EVENTS; i++) {
                        sys.call(KILL, pid, SIGURG, 0, 0, 0, 0);
                    }
                })).endsWith("SIGURG SI_USER 1 " + EVENTS + "\n");
    }

    @Test
    void eachFreshPageFaultsOnce() throws Exception {
        int pages = 100;
        long memory = sys.call(MMAP, 0, pages * PAGE, 3, 0x22, -1, 0);
        try {
            assertThat(during("""
                    global faults, writes
                    probe vm.pagefault { if (pid() == PID && address >= %1$d && address < %2$d) { faults++; writes += write_access } }
                    probe end { println(faults, " ", writes) }
                    """.formatted(memory, memory + pages * PAGE), () -> {
                        MemorySegment fresh = MemorySegment.ofAddress(memory).reinterpret(pages * PAGE);
                        for (int i = 0; i < pages; i++) {
                            fresh.set(ValueLayout.JAVA_BYTE, i * PAGE, (byte) 1);
                        }
                    })).endsWith(pages + " " + pages + "\n");
        } finally {
            sys.call(MUNMAP, memory, pages * PAGE, 0, 0, 0, 0);
        }
    }

    @Test
    void messagesOfTcpWithTheirSizes() throws Exception {
        int size = 100;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            String out = during("""
                    global sent, received
                    probe tcp.sendmsg.return { if (pid() == PID && size > 0) sent <<< size }
                    probe tcp.recvmsg.return { if (pid() == PID && size > 0 && dport == %d && saddr == "127.0.0.1") received <<< size }
                    probe end { println(@count(sent), " ", @sum(sent), " ", @sum(received)) }
                    """.formatted(server.getLocalPort()), () -> {
                        OutputStream to = client.getOutputStream();
                        InputStream from = accepted.getInputStream();
                        for (int i = 0; i < EVENTS; i++) {
                            to.write(new byte[size]);
                            from.readNBytes(size);
                        }
                    });
            assertThat(out).endsWith(EVENTS + " " + EVENTS * size + " " + EVENTS * size + "\n");
        }
    }

    @Test
    void interruptsAndWorkHappen() throws Exception {
        String script = """
                global soft, executed
                function done() { if (soft && executed) exit() }
                probe softirq.entry { if (vec_nr >= 0 && vec_nr < 10) { soft = 1; done() } }
                probe workqueue.execute { if (work_func) { executed = 1; done() } }
                probe end { println("seen") }
                """;
        try (JstapProcess jstap = JstapProcess.start("-e", script)) {
            assertThat(finished(jstap)).isEqualTo("seen\n");
        }
    }

    // ---- stacks

    @Test
    void aStackNamesTheFunctionsOfASystemCall() throws Exception {
        String out = during("""
                probe kernel.trace("sys_enter") {
                    if (pid() == PID && $id == %d && !n++) { print_backtrace(); print(sprint_stack(callers(20))); println(caller()) }
                }
                global n
                """.formatted(KILL), () -> sys.call(KILL, pid, 0, 0, 0, 0, 0));
        String line = " 0x[0-9a-f]{16} : do_syscall_64\\+0x[0-9a-f]+/0x[0-9a-f]+ \\[kernel\\]";
        assertThat(out.lines().filter(one -> one.matches(line))).hasSize(2);
        assertThat(out).doesNotContain("bpf_prog_").doesNotContain("bpf_trace_run");
        assertThat(out.lines().toList().getLast()).matches("\\w+ 0x[0-9a-f]{16}");
    }
}
