package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handlers of the kernel of which the host does a part. */
class HostPartsLiveTest {
    private static final int NUMBERS = 100;

    @BeforeEach
    void needsTheKernel() {
        Requirements.rootAndTypes();
    }

    private static String out(String... words) throws Exception {
        try (JstapProcess jstap = JstapProcess.start(words)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isZero();
            return ended.out();
        }
    }

    @Test
    void memoryIsReadBesideNamesThatTheHostMakes() throws Exception {
        assertThat(out("-c", "sh -c 'trap : USR2; for i in 1 2 3; do kill -USR2 $$; done'", "-e", """
                probe signal.send {
                    if (sig == 12 && task_pid(task) == target()) printf("%s to %s by %s\\n", sig_name, task_execname(task), execname())
                }
                """)).isEqualTo("SIGUSR2 to sh by sh\n".repeat(3));
    }

    @Test
    void noOtherHandlerPrintsAfterThePartThatCallsExit() throws Exception {
        assertThat(out("-c", "dd if=/dev/zero of=/dev/null bs=1 count=100000 status=none", "-e", """
                global limits, n
                probe begin { limits["read"] = 3 }
                probe syscall.read {
                    if (pid() == target()) {
                        at = ++n
                        foreach (name in limits)
                            if (at == limits[name]) { println("the third"); exit() }
                        println("same handler")
                    }
                }
                probe end { println("end") }
                """)).isEqualTo("same handler\nsame handler\nthe third\nsame handler\nend\n");
    }

    @Test
    void aHandlerThatDoesNotFitIsLeftToTheHost() throws Exception {
        StringBuilder script = new StringBuilder("global n, a\nprobe begin { n = 3\n");
        for (int i = 0; i < NUMBERS; i++) {
            script.append("x").append(i).append(" = n + ").append(i).append("; ");
        }
        script.append("n++; sum = 0\n");
        for (int i = NUMBERS - 1; i >= 0; i--) {
            script.append("sum = sum * 3 + x").append(i).append("; ");
        }
        script.append("a[sum] = n; exit() }\nprobe end { foreach (s in a) println(s, \" \", a[s]); println(n) }\n");
        String kernel = out("--run-in=kernel", "-e", script.toString());
        assertThat(kernel).isEqualTo(out("--run-in=host", "-e", script.toString())).endsWith(" 4\n4\n");
        assertThat(out("-p3", "--run-in=kernel", "-e", script.toString())).contains("on the host(");
    }
}
