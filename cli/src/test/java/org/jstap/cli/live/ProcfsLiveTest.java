package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of procfs probes, read and written by other processes. */
class ProcfsLiveTest {
    private static final String SCRIPT = """
            global n, names
            probe begin { names["a\\"b"] = 2; println("ready") }
            probe procfs("dir/count").read { $value = sprintf("%d", ++n); $value .= "\\n" }
            probe procfs("dir/count").write { n = strtol($value, 10); printf("set %d\\n", n) }
            probe procfs("bad").read { error("on purpose") }
            probe procfs("big").read.maxsize(2001) { for (i = 0; i < 300; i++) $value .= "0123456789" }
            probe procfs("limited").umask(0).read { $value = "0123456789"; $value .= "abc" }
            probe prometheus { @prometheus_dump_array1(names, "m", "k") }
            probe json_data {
              @json_output_data_start
              @json_output_numeric_value("n", n)
              @json_output_array_numeric_value("rows", "r", "v", 7)
              @json_output_data_end
            }
            probe procfs.write { exit() }
            """;

    @BeforeEach
    void needsMounts() {
        Requirements.rootAndTypes();
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/fuse")), "skipped: this kernel has no /dev/fuse");
    }

    private static String shell(String command) throws Exception {
        Process process = new ProcessBuilder("timeout", "60", "sh", "-c", command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return out;
    }

    @Test
    void readersAndWritersReachTheirHandlers() throws Exception {
        String name = "test_" + ProcessHandle.current().pid();
        String directory = "/run/jstap/" + name;
        try (JstapProcess jstap = JstapProcess.start("-m", name, "-e", SCRIPT, "--suppress-handler-errors", "-D",
                "STP_PROCFS_BUFSIZE=12")) {
            jstap.awaitOutput("ready");
            assertThat(shell("cat " + directory + "/dir/count; echo 41 > " + directory + "/dir/count; cat " + directory
                    + "/dir/count")).isEqualTo("1\n42\n");
            assertThat(shell("stat -c %a " + directory + "/dir/count " + directory + "/big " + directory + "/command"))
                    .isEqualTo("600\n400\n200\n");
            assertThat(shell("chmod 640 " + directory + "/big; stat -c %a " + directory + "/big " + directory + "/limited"))
                    .isEqualTo("640\n444\n");
            assertThat(shell("cat " + directory + "/limited")).isEqualTo("0123456789a");
            assertThat(shell("cat " + directory + "/data.json")).isEqualTo("""
                    {
                      "n": 42,
                      "rows": [
                        {
                          "__id": "r",
                          "v": 7
                        }
                      ]
                    }
                    """);
            assertThat(shell("cat " + directory + "/bad")).contains("Input/output error");
            assertThat(shell("cat " + directory + "/big")).isEqualTo("0123456789".repeat(200));
            assertThat(shell("cat " + directory + "/__prometheus")).isEqualTo("m{k=\"a\\\"b\"} 2\n");
            List<Process> readers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                readers.add(new ProcessBuilder("timeout", "60", "cat", directory + "/dir/count").start());
            }
            List<Integer> seen = new ArrayList<>();
            for (Process reader : readers) {
                seen.add(Integer.parseInt(new String(reader.getInputStream().readAllBytes()).strip()));
            }
            assertThat(seen).containsExactlyInAnyOrder(43, 44, 45, 46, 47, 48, 49, 50);
            shell("echo > " + directory + "/command");
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).contains("set 41");
            assertThat(ended.status()).isZero();
        }
        assertThat(Path.of(directory)).doesNotExist();
        assertThat(mounts()).doesNotContain(name);
    }

    private static String mounts() throws IOException {
        return Files.readString(Path.of("/proc/self/mountinfo"));
    }

    @Test
    void nothingIsMountedAfterASignal() throws Exception {
        String name = "term_" + ProcessHandle.current().pid();
        try (JstapProcess jstap = JstapProcess.start("-m", name, "-e", "probe begin { println(\"ready\") } probe procfs.read { $value = \"1\" }")) {
            jstap.awaitOutput("ready");
            assertThat(mounts()).contains(name);
            jstap.signal("TERM");
            assertThat(jstap.await().status()).isZero();
        }
        assertThat(mounts()).doesNotContain(name);
        assertThat(Path.of("/run/jstap", name)).doesNotExist();
    }

    @Test
    void theNextSessionTakesAwayWhatAKilledOneLeft() throws Exception {
        String name = "kill_" + ProcessHandle.current().pid();
        String file = "/run/jstap/" + name + "/command";
        String script = "probe begin { println(\"ready\") } probe procfs.read { $value = \"alive\" } probe procfs.write { exit() }";
        try (JstapProcess killed = JstapProcess.start("-m", name, "-e", script)) {
            killed.awaitOutput("ready");
            try (JstapProcess second = JstapProcess.start("-m", name, "-e", script)) {
                JstapProcess.Ended ended = second.await();
                assertThat(ended.status()).isEqualTo(1);
                assertThat(ended.err()).contains("another session has its files at /run/jstap/" + name);
            }
            assertThat(shell("cat " + file)).isEqualTo("alive");
            killed.signal("KILL");
            killed.await();
            assertThat(shell("cat " + file)).contains("not connected");
        }
        try (JstapProcess next = JstapProcess.start("-m", name, "-e", script)) {
            next.awaitOutput("ready");
            assertThat(shell("cat " + file + "; echo > " + file)).isEqualTo("alive");
            assertThat(next.await().status()).isZero();
        }
        assertThat(mounts()).doesNotContain(name);
    }
}
