package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of the tapset that read the kernel, against what /proc says. */
class FunctionsLiveTest {
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final long DEADLINE = 20_000_000_000L;

    private final long pid = ProcessHandle.current().pid();

    @TempDir
    Path directory;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
    }

    private static String run(String... words) throws Exception {
        try (JstapProcess jstap = JstapProcess.start(words)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            return ended.out();
        }
    }

    private static String[] fields(long process, String file) throws IOException {
        String text = Files.readString(Path.of("/proc", Long.toString(process), file));
        return text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
    }

    /** A process that does nothing, so that what is known of it stays as it is. */
    private static Process sleeper(String... prefix) throws IOException {
        List<String> words = new ArrayList<>(List.of(prefix));
        words.addAll(List.of("sleep", "1000"));
        return new ProcessBuilder(words).start();
    }

    // ---- paths

    private Map<String, String> descriptors() throws IOException {
        Map<String, String> links = new HashMap<>();
        for (String name : new File("/proc/self/fd").list()) {
            Path link = Path.of("/proc/self/fd", name);
            if (Files.isSymbolicLink(link)) {
                links.put(name, Files.readSymbolicLink(link).toString());
            }
        }
        return links;
    }

    @Test
    void pathsOfFilesAreThoseOfTheirDescriptors() throws Exception {
        Path deep = Files.createDirectories(directory.resolve("a").resolve("b").resolve("c")).resolve("file");
        Files.writeString(deep, "x");
        try (InputStream file = Files.newInputStream(deep); InputStream ofProc = new FileInputStream("/proc/self/status");
                InputStream ofDevices = new FileInputStream("/dev/zero"); Selector _ = Selector.open()) {
            Pipe pipe = Pipe.open();
            Map<String, String> before = descriptors();
            String out = run("-x", Long.toString(pid), "-e", """
                    probe begin {
                      task = pid2task(target())
                      for (fd = 0; fd < 400; fd++) {
                        file = task_fd_lookup(task, fd)
                        if (file) printf("%d %s\\n", fd, fullpath_struct_file(task, file))
                      }
                      printf("cwd %s\\n", fullpath_struct_path(task_cwd_path(task)))
                      printf("exe %s\\n", fullpath_struct_file(task, task_exe_file(task)))
                      println(task_fd_lookup(task, -1), task_fd_lookup(task, 1 << 40))
                      exit()
                    }""");
            before.entrySet().retainAll(descriptors().entrySet());
            before.values().removeIf(path -> path.endsWith(" (deleted)"));
            assertThat(before.values()).contains(deep.toString(), "/proc/" + pid + "/status", "/dev/zero")
                    .anyMatch(path -> path.startsWith("pipe:")).anyMatch(path -> path.startsWith("anon_inode:"));
            for (Map.Entry<String, String> link : before.entrySet()) {
                assertThat(out.lines()).contains(link.getKey() + " " + link.getValue());
            }
            assertThat(out.lines()).contains("cwd " + Path.of("").toAbsolutePath(), "00",
                    "exe " + Path.of("/proc/self/exe").toRealPath());
            pipe.sink().close();
            pipe.source().close();
            assertThat(file.read() + ofProc.read() + ofDevices.read()).isPositive();
        }
    }

    // ---- tasks

    @Test
    void anyTaskIsFoundByItsNumber() throws Exception {
        Process process = sleeper();
        try {
            long id = process.pid();
            long tid = Files.list(Path.of("/proc/self/task")).mapToLong(path -> Long.parseLong(path.getFileName().toString()))
                    .filter(thread -> thread != pid).findFirst().orElseThrow();
            assertThat(run("-e", """
                    probe begin {
                      sleeper = pid2task(ID); thread = pid2task(TID)
                      printf("%d %d %s %d\\n", task_pid(sleeper), task_tid(sleeper), task_execname(sleeper), task_pid(task_parent(sleeper)))
                      printf("%d %d\\n", task_pid(thread), task_tid(thread))
                      printf("%d %d %d %d\\n", pid2task(0), pid2task(-1), pid2task(4194303), pid2task(1 << 40))
                      printf("%d %d\\n", task_pid(pid2task(1)), pid2task(tid()) == task_current())
                    }
                    probe timer.ms(1) { println(task_execname(pid2task(ID))); exit() }
                    probe end { println(task_pid(pid2task(ID))) }
                    """.replace("TID", Long.toString(tid)).replace("ID", Long.toString(id))))
                    .isEqualTo("%1$d %1$d sleep %2$d\n%2$d %3$d\n0 0 0 0\n1 1\nsleep\n%1$d\n".formatted(id, pid, tid));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void memoryAndTimesOfAnotherProcess() throws Exception {
        Process process = sleeper();
        try {
            String id = Long.toString(process.pid());
            long deadline = System.nanoTime() + DEADLINE;
            while (!fields(process.pid(), "stat")[0].equals("S")) {
                assertThat(System.nanoTime()).as("it comes to rest").isLessThan(deadline);
            }
            String[] memory = fields(process.pid(), "statm");
            String[] stat = fields(process.pid(), "stat");
            String out = run("-x", id, "-e", """
                    probe begin {
                      printf("%d %d %d\\n", proc_mem_size_pid(target()), proc_mem_txt(target()), proc_mem_data_pid(target()))
                      printf("%d %d\\n", task_start_time(target()), proc_mem_size(4194303))
                      println(proc_mem_string_pid(target()), "|", task_time_string_tid(target()))
                      exit()
                    }""");
            String[] lines = out.split("\n");
            // Size, code, data: the first, fourth and sixth of proc_pid_statm(5).
            assertThat(lines[0]).isEqualTo(memory[0] + " " + memory[3] + " " + memory[5]);
            // Field 22 of proc_pid_stat(5), of which the first two are not counted here.
            assertThat(Long.parseLong(lines[1].split(" ")[0]) / NANOS_PER_TICK).isEqualTo(Long.parseLong(stat[19]));
            assertThat(lines[1]).endsWith(" 0");
            assertThat(lines[2]).matches("size: AMOUNT, rss: AMOUNT, shr: AMOUNT, txt: AMOUNT, data: AMOUNT".replace("AMOUNT", " *[0-9.]+[KMG]?")
                    + "\\|usr: 0m0\\.\\d{3}s, sys: 0m0\\.\\d{3}s");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theEnvironmentIsThatOfTheProgram() throws Exception {
        assertThat(run("-c", "env LONG=" + "x".repeat(1500) + " JSTAP_TEST='a value' /bin/true", "-e", """
                probe process.end { if (execname() == "true") printf("[%s][%s][%s]\\n", env_var("JSTAP_TEST"), env_var("JSTAP"), env_var("")) }
                """)).isEqualTo("[a value][][]\n");
    }

    // ---- namespaces

    @Test
    void withoutNamespacesIdentifiersAreTheUsualOnes() throws Exception {
        assertThat(run("-e", """
                probe begin {
                  printf("%d%d%d%d%d", ns_pid() == pid(), ns_tid() == tid(), ns_ppid() == ppid(), ns_pgrp() == pgrp(), ns_sid() == sid())
                  printf("%d%d%d%d\\n", ns_uid() == uid(), ns_euid() == euid(), ns_gid() == gid(), ns_egid() == egid())
                  exit()
                }""")).isEqualTo("111111111\n");
    }

    @Test
    void identifiersAreToldAsAnotherProcessSeesThem() throws Exception {
        Requirements.command("unshare");
        Process outer = sleeper("unshare", "--pid", "--fork", "--user", "--map-user=77", "--map-group=88", "--kill-child");
        try {
            long inner = child(outer);
            String id = Long.toString(inner);
            assertThat(run("--target-namespaces=" + id, "-x", id, "-e", """
                    probe begin {
                      task = pid2task(target()); own = task_current()
                      printf("%d %d %d %d %d %d\\n", task_ns_pid(task), task_ns_tid(task), task_ns_uid(task), task_ns_euid(task),
                        task_ns_gid(task), task_ns_egid(task))
                      printf("%d %d\\n", task_ns_pid(own), ns_uid() == task_ns_uid(task))
                      exit()
                    }""")).as("jstap is not in that namespace, and its user is").isEqualTo("1 1 77 77 88 88\n0 1\n");
        } finally {
            outer.destroyForcibly();
            assertThat(outer.waitFor()).isNotNegative();
        }
    }

    private static long child(Process parent) throws Exception {
        long deadline = System.nanoTime() + DEADLINE;
        while (true) {
            List<ProcessHandle> children = parent.toHandle().children().toList();
            if (!children.isEmpty() && Files.readString(Path.of("/proc/" + children.getFirst().pid() + "/comm")).equals("sleep\n")) {
                return children.getFirst().pid();
            }
            assertThat(parent.isAlive() && System.nanoTime() < deadline).as("unshare starts its program").isTrue();
            Thread.onSpinWait();
        }
    }

    // ---- memory

    @Test
    void buffersAndTheModuleThatCalls() throws Exception {
        String out = run("-c", "/usr/bin/printf 'tab\\t%b' '\\0001\\0000quote\"'", "-e", """
                global callers
                probe syscall.write {
                  if (execname() == "printf") {
                    println(user_buffer_quoted(pointer_arg(2), ulong_arg(3), 512))
                    println(user_buffer_quoted(pointer_arg(2), 4, 512), user_buffer_quoted(pointer_arg(2), 12, 9), user_buffer_quoted(0, 4, 9))
                    try { println(user_buffer_quoted_error(0, 4, 9)) } catch (why) { println(why) }
                    println(kernel_buffer_quoted(task_current() + (&@cast(0, "struct task_struct")->comm), 8))
                    callers[umodname(ustack(0))]++
                    println(ucallers(1))
                  }
                }
                probe end { foreach (name in callers) println(name) }
                """);
        assertThat(out).contains("\"tab\\t\\001\\0quote\\\"\"\n", "\"tab\\t\"\"tab\"...0x0\n",
                "Unable to access user space data at 0x0\n", "\"printf\\0\\0\"\n");
        assertThat(out.lines().toList().getLast()).containsAnyOf("libc", "musl");
        assertThat(out).containsPattern("0x[0-9a-f]+ \n");
    }

    // ---- what a handler does

    @Test
    void aSignalIsRaisedInTheProcessThatRuns() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-g", "-c", "/bin/true; echo $?; exec sleep 1000", "-e", """
                probe syscall.* { if (execname() == "true" && !n++) raise(10); if (execname() == "sleep") raise(9) }
                global n
                """)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).as("the signal ended it").startsWith("138\n");
            assertThat(ended.err()).contains("WARNING: Child process exited with signal 9");
        }
    }

    @Test
    void handlersWait() throws Exception {
        assertThat(run("-g", "-c", "/bin/true", "-e", """
                probe process.end { if (execname() == "true") { t = ktime_get_ns(); udelay(3000); mdelay(2); d = ktime_get_ns() - t; println(d >= 5000000) } }
                probe begin { t = ktime_get_ns(); udelay(3000); println(ktime_get_ns() - t >= 3000000) }
                """)).isEqualTo("1\n1\n");
    }

    @Test
    void aLineInTheLogOfTheKernel() throws Exception {
        Requirements.command("dmesg");
        String mark = "jstap test of printk " + pid + " " + System.nanoTime();
        run("-g", "-e", "probe begin { printk(6, \"" + mark + "\"); exit() }");
        Process dmesg = new ProcessBuilder("dmesg").start();
        assertThat(new String(dmesg.getInputStream().readAllBytes())).contains(mark);
    }

    @Test
    void loadAveragesAreThoseOfTheSystem() throws Exception {
        String[] before = Files.readString(Path.of("/proc/loadavg")).split(" ");
        String[] told = run("-e", "probe begin { print(sprint_loadavg()); println(get_loadavg_index(2)); exit() }").split("\\s");
        assertThat(told).hasSize(4);
        // The average of 15 minutes hardly moves while this runs.
        assertThat(Double.parseDouble(told[2])).isBetween(Double.parseDouble(before[2]) - 2, Double.parseDouble(before[2]) + 2);
        assertThat(told[3]).isEqualTo(told[2].substring(0, told[2].indexOf('.')));
    }

    @Test
    void registersAreThoseOfTheSample() throws Exception {
        String out = run("-e", """
                probe perf.sw.cpu_clock.sample(1000000) { if (!n++) { print_regs(); println(probe_type()) } exit() }
                probe begin { print_regs(); println(probemod()) }
                global n
                """);
        assertThat(out).startsWith("<unknown>\n").contains("perf_event\n");
        assertThat(out).containsPattern("(RIP: |pc : )[0-9a-f]{16}");
    }
}
