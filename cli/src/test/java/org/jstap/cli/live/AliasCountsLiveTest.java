package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aliases that stand for tracepoints count what a small program does; those that stand for functions are tested in the lab. */
class AliasCountsLiveTest {
    private static final Path INTERRUPTS = Path.of("/proc/interrupts");
    private static final String TASKS = """
            import os, signal, sys, threading, time
            for i in range(5):
                child = os.fork()
                if child == 0:
                    os.nice(19)
                    os.execv(sys.argv[1], [sys.argv[1]])
                assert os.waitpid(child, 0) == (child, 0)
            for i in range(3):
                thread = threading.Thread(target=lambda: None)
                thread.start()
                thread.join()
            for i in range(7):
                os.sched_setaffinity(0, {i % 2})
            for i in range(20):
                time.sleep(0.0001)
            signal.signal(signal.SIGURG, lambda number, frame: None)
            for i in range(40):
                os.kill(os.getpid(), signal.SIGURG)
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGURG])
            assert not signal.sigpending()
            """;
    private static final String WORK = """
            import os, socket, tty
            master, slave = os.openpty()
            tty.setraw(slave)
            for i in range(50):
                os.write(master, b"x")
                assert os.read(slave, 10) == b"x"
            to = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            to.bind(("127.0.0.1", 0))
            for i in range(200):
                to.sendto(b"x", to.getsockname())
                to.recv(10)
            """;
    /** A datagram has 100 bytes, and 28 of headers, and 14 that only its sender sees. */
    private static final String MESSAGES = """
            import ctypes, os, socket, subprocess
            def run(words):
                subprocess.run(words.split(), check=True)
            here = os.open("/proc/self/ns/net", os.O_RDONLY)
            libc = ctypes.CDLL(None)
            def namespace(fd):
                assert libc.setns(fd, 0) == 0
            run("ip netns add jstap-test-right")
            try:
                right = os.open("/run/netns/jstap-test-right", os.O_RDONLY)
                run("ip link add left0 type veth peer name right0 netns jstap-test-right")
                run("ip addr add 10.7.0.1/24 dev left0")
                run("ip link set left0 up")
                namespace(right)
                run("ip addr add 10.7.0.2/24 dev right0")
                run("ip link set right0 up")
                udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                udp.bind(("10.7.0.2", 7777))
                server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                server.bind(("10.7.0.2", 7777))
                server.listen(5)
                namespace(here)
                # IPv6 and the search for neighbours are not counted.
                client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                client.bind(("10.7.0.1", 7776))
                for i in range(25):
                    client.sendto(bytes(100), ("10.7.0.2", 7777))
                    assert len(udp.recv(1000)) == 100
                client.connect(("10.7.0.2", 7777))
                client.close()
                for i in range(3):
                    stream = socket.create_connection(("10.7.0.2", 7777))
                    accepted, _ = server.accept()
                    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    for j in range(4):
                        stream.send(bytes(500))
                        assert len(accepted.recv(500, socket.MSG_WAITALL)) == 500
                    for j in range(2):
                        os.write(stream.fileno(), bytes(50))
                        assert len(os.read(accepted.fileno(), 50)) == 50
                    stream.close()
                    assert accepted.recv(1) == b""
                    accepted.close()
            finally:
                run("ip netns del jstap-test-right")
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
        Requirements.command("python3");
    }

    /** The interpreter itself: a wrapper on PATH would start processes of its own. */
    private static String python() throws Exception {
        Process process = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
        String path = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).isZero();
        return path;
    }

    private List<String> run(String prefix, String program, String arguments, String script) throws Exception {
        Path file = Files.writeString(directory.resolve("program.py"), program);
        try (JstapProcess jstap = JstapProcess.start("-e", script, "-c", prefix + python() + " " + file + " " + arguments)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            return ended.out().lines().toList();
        }
    }

    @Test
    void processesThatLiveAndDieAndAreSignalled() throws Exception {
        Path program = directory.resolve("jstap-true");
        Files.copy(Path.of("/bin/true").toRealPath(), program, StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(run("", TASKS, program.toString(), """
                global number, left, off
                function own() { return pid() == target() }
                probe kprocess.create { if (own()) number[new_pid == new_tid ? "create process" : "create thread"]++ }
                probe kprocess.exit { if (execname() == "jstap-true") number["exit " . sprint(code >> 8)]++ }
                probe kprocess.exec { if (isinstr(filename, "jstap-true")) number["exec"]++ }
                probe kprocess.exec_complete { if (execname() == "jstap-true" && success && !errno) number["exec_complete"]++ }
                probe scheduler.process_fork { if (parent_pid == target() && child_pid != target()) number["process_fork"]++ }
                probe scheduler.process_exit { if (execname() == "jstap-true" && priority == 139) number["process_exit"]++ }
                probe scheduler.process_wait { if (own()) number["process_wait"]++ }
                probe scheduler.wakeup_new { if (own()) number["wakeup_new"]++ }
                probe scheduler.ctxswitch { if (prev_pid == target()) left++ }
                probe scheduler.cpu_off { if (@cast(task_prev, "struct task_struct")->tgid == target()) off++ }
                probe scheduler.signal_send { if (pid == target() && signal_number == 23) number["signal_send"]++ }
                probe signal.send { if (sig_pid == target() && sig == 23) number["send " . si_code]++ }
                probe signal.handle { if (own() && sig == 23 && ka_addr) number["handle"]++ }
                probe signal.syskill { if (own() && sig == 23) number["syskill"]++ }
                probe signal.pending { if (own()) number["pending"]++ }
                probe signal.procmask { if (own() && how == 0 && sigset == 1 << 22) number["procmask"]++ }
                probe end {
                    foreach (n+ in number) printf("%s: %d\\n", n, number[n])
                    printf("switches %d\\n", left >= 20 && left == off)
                }
                """)).containsExactly("create process: 5", "create thread: 3", "exec: 5", "exec_complete: 5", "exit 0: 5", "handle: 40",
                "pending: 1", "process_exit: 5", "process_fork: 5", "process_wait: 5", "procmask: 1", "send SI_USER: 40",
                "signal_send: 40", "syskill: 40", "wakeup_new: 8", "switches 1");
    }

    /** Each byte that goes through a terminal is work for a kernel thread, and each datagram over loopback one interrupt by software. */
    @Test
    void workThatIsPutOffIsDone() throws Exception {
        Map<String, Long> before = interrupts();
        List<String> out = run("", WORK, "", """
                global inserted, executed, works, received, hard
                probe workqueue.insert { if (pid() == target()) { works[work] = 1; inserted[symname(work_func)]++ } }
                probe workqueue.execute { if (works[work]) executed[symname(work_func)]++ }
                probe softirq.entry { if (pid() == target() && vec_nr == 3) received["entry"]++ }
                probe softirq.exit { if (pid() == target() && vec_nr == 3) received["exit"]++ }
                probe irq_handler.entry { hard[irq, dev_name]++ }
                probe irq_handler.exit { if (ret) hard[irq, dev_name . " handled"]++ }
                probe end {
                    printf("inserted %d executed %d\\n", inserted["flush_to_ldisc"], executed["flush_to_ldisc"])
                    printf("received %d %d\\n", received["entry"] > 0, received["entry"] - received["exit"])
                    foreach ([i, d] in hard) printf("irq %d %s: %d\\n", i, d, hard[i, d])
                }
                """);
        Map<String, Long> after = interrupts();
        assertThat(out.subList(0, 2)).containsExactly("inserted 50 executed 50", "received 1 0");
        for (String line : out.subList(2, out.size())) {
            String number = line.split(" ")[1];
            long counted = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            assertThat(counted).as(line).isPositive()
                    .isLessThanOrEqualTo(after.getOrDefault(number, 0L) - before.getOrDefault(number, 0L));
        }
    }

    /** A pipe takes two pieces of memory, for itself and for its buffers, from functions that have its name. */
    @Test
    void memoryOfPipesIsAllocatedAndFreed() throws Exception {
        assertThat(run("", "import os\nfor i in range(30):\n    for fd in os.pipe():\n        os.close(fd)\n", "", """
                global allocated, short, freed
                function own() { return pid() == target() }
                probe vm.kmalloc { if (own()) { allocated[caller_function]++; if (bytes_alloc < bytes_req || !ptr) short++ } }
                probe vm.kfree { if (own()) freed[caller_function]++ }
                probe end {
                    foreach (f in allocated) if (isinstr(f, "pipe")) got += allocated[f]
                    foreach (f in freed) if (isinstr(f, "pipe")) gone += freed[f]
                    printf("%d %d %d\\n", got, gone, short)
                }
                """)).containsExactly("60 60 0");
    }

    /** Interrupts so far, by their number. */
    private static Map<String, Long> interrupts() throws IOException {
        Map<String, Long> counts = new HashMap<>();
        List<String> lines = Files.readAllLines(INTERRUPTS);
        int processors = lines.getFirst().strip().split("\\s+").length;
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.strip().split("\\s+");
            long sum = 0;
            for (int i = 1; i <= processors && i < words.length; i++) {
                sum += Long.parseLong(words[i]);
            }
            counts.put(words[0].replace(":", ""), sum);
        }
        return counts;
    }

    @Test
    void messagesAndTheirPacketsBetweenNamespaces() throws Exception {
        Requirements.command("ip");
        Requirements.command("unshare");
        assertThat(run("unshare -n ", MESSAGES, "", """
                global number, sum
                function own() { return pid() == target() }
                probe netdev.transmit {
                    if (dev_name == "left0" && protocol == 8) { sum["transmit"] <<< length; if (length == 142) number["datagrams"]++ }
                }
                probe netdev.hard_transmit { if (dev_name == "left0" && protocol == 8) sum["hard_transmit"] <<< length }
                probe netdev.receive { if (dev_name == "right0" && protocol == 8) sum["receive"] <<< length }
                probe netdev.rx { if (dev_name == "right0" && protocol == 8) number["rx"]++ }
                probe udp.sendmsg.return { if (own()) sum[sprintf("udp.sendmsg %d", sport)] <<< size }
                probe udp.recvmsg.return { if (own() && size >= 0) sum[sprintf("udp.recvmsg %s %d", daddr, dport)] <<< size }
                probe tcp.sendmsg.return { if (own() && size >= 0) sum["tcp.sendmsg"] <<< size }
                probe tcp.recvmsg.return { if (own() && size > 0) sum["tcp.recvmsg from " . saddr] <<< size }
                probe socket.send { if (own() && success && family == 2) sum[sprintf("%s %d %d", name, type, protocol)] <<< size }
                probe end {
                    foreach (n+ in sum)
                        if (isinstr(n, ".")) printf("%s: %d %d\\n", n, @count(sum[n]), @sum(sum[n]))
                    printf("datagrams %d\\n", number["datagrams"])
                    printf("packets %d %d %d %d\\n", @count(sum["transmit"]) >= 25 + 18, @count(sum["transmit"]) - @count(sum["hard_transmit"]),
                        @count(sum["transmit"]) - @count(sum["receive"]), number["rx"] - @count(sum["receive"]))
                    printf("bytes %d %d\\n", @sum(sum["transmit"]) - @sum(sum["hard_transmit"]),
                        @sum(sum["transmit"]) - 14 * @count(sum["transmit"]) - @sum(sum["receive"]))
                }
                """)).containsExactly("socket.send 1 6: 18 6300", "socket.send 2 17: 25 2500", "tcp.recvmsg from 10.7.0.1: 18 6300",
                "tcp.sendmsg: 18 6300", "udp.recvmsg 10.7.0.2 7777: 25 2500", "udp.sendmsg 7776: 25 2500",
                "datagrams 25", "packets 1 0 0 0", "bytes 0 0");
    }
}
