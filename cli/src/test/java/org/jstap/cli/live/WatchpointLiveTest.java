package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.SystemCalls;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kernel memory watched by debug registers: a word of this thread's task that one system call writes once. */
class WatchpointLiveTest {
    private static final int CALLS = 250;
    private static final long PERSONALITY = 135;
    private static final String READY = "global ready probe timer.ms(1) { if (!ready++) println(\"ready\") }\n";

    private final SystemCalls sys = new LinuxSystemCalls();

    @BeforeEach
    void needsDebugRegisters() {
        Requirements.rootAndTypes();
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "skipped: the numbers are those of x86-64");
        Assumptions.assumeTrue(Files.exists(Path.of("/sys/bus/event_source/devices/breakpoint")),
                "skipped: this kernel has no hardware breakpoints");
    }

    private void setPersonality() {
        sys.call(PERSONALITY, 0, 0, 0, 0, 0, 0);
    }

    private String whereItIs() throws Exception {
        long pid = ProcessHandle.current().pid();
        try (JstapProcess jstap = JstapProcess.start("-e", READY + """
                probe syscall.personality {
                  if (pid() == %d) { printf("0x%%x", &@cast(task_current(), "task_struct")->personality); exit() }
                }
                """.formatted(pid))) {
            jstap.awaitOutput("ready");
            setPersonality();
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            return ended.out().replace("ready\n", "").strip();
        }
    }

    private String watched(String access) throws Exception {
        String script = READY + """
                global all, own
                probe kernel.data(ADDRESS).length(4).ACCESS { all++; if (pid() == PID) own++ }
                probe end { printf("%d %d\\n", all, own) }
                """.replace("ADDRESS", whereItIs()).replace("ACCESS", access)
                .replace("PID", Long.toString(ProcessHandle.current().pid()));
        try (JstapProcess jstap = JstapProcess.start("-e", script)) {
            jstap.awaitOutput("ready");
            for (int i = 0; i < CALLS; i++) {
                setPersonality();
            }
            jstap.signal("INT");
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            return ended.out().replace("ready\n", "");
        }
    }

    @Test
    void eachWriteRunsTheHandlerOnce() throws Exception {
        assertThat(watched("write")).isEqualTo("%1$d %1$d\n".formatted(CALLS));
    }

    @Test
    void readsCountWhereTheScriptWantsThem() throws Exception {
        // The call reads what it returns, then writes; to start the command that sends the signal reads the task once more.
        assertThat(Integer.parseInt(watched("rw").split(" ")[0])).isBetween(2 * CALLS, 3 * CALLS - 1);
    }

    @Test
    void aFifthRegisterThereIsNot() throws Exception {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            script.append("probe kernel.data(0xffff8880000000").append(i).append("0).write { exit() }\n");
        }
        try (JstapProcess jstap = JstapProcess.start("-e", script.toString())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.err()).contains("kernel.data(0xffff888000000040).write cannot be attached", "ENOSPC",
                    "all debug registers of the processor are in use");
        }
    }
}
