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
    void aLoopOverAnArrayInTheMiddleOfAHandlerSeesEachEvent() throws Exception {
        // Each sum is that of all numbers so far; the array is emptied after ten.
        assertThat(out("-c", "cd $(mktemp -d) && for i in 1 2 3 4 5; do mkfifo $i.1 $i.2 $i.3 $i.4 $i.5; done; rm -r $PWD", "-e", """
                global a, n, right, tops
                probe syscall.mknodat {
                    if (execname() != "mkfifo") next
                    a[n++ % 7] += n
                    foreach (k in a) s += a[k]
                    foreach (v = k in a- limit 1) top = v
                    if (kernel_string2(s, "none") == "none" && top) { right += s == n * (n + 1) / 2; tops += top }
                    if (n == 10) { if ([*] in a) delete a; n = kernel_string2(n, "") == "" ? 0 : 1 }
                }
                probe end { println(right, " ", tops, " ", n) }
                """)).isEqualTo("25 137 5\n");
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
    void whatTheHandlerCountedIsReadAsItWasAtTheEvent() throws Exception {
        assertThat(out("-c", "dd if=/dev/zero of=/dev/null bs=1 count=20000 status=none", "-e", """
                global limits, n, calls
                probe begin { limits["fifth"] = 5; limits["last"] = 18000 }
                probe syscall.read {
                    if (pid() == target() && execname() == "dd") {
                        n++
                        calls[execname(), pid()]++
                        foreach (name in limits)
                            if (n == limits[name]) println(name, " ", n, " ", calls[execname(), target()])
                    }
                }
                """)).isEqualTo("fifth 5 5\nlast 18000 18000\n");
    }

    @Test
    void aScalarThatTheKernelCountsIsSetAtTheEvent() throws Exception {
        assertThat(out("-c", "dd if=/dev/zero of=/dev/null bs=1 count=100000 status=none", "-e", """
                global limits, n, rounds
                probe begin { limits["round"] = 100 }
                probe syscall.write {
                    if (pid() == target()) {
                        n++
                        if (n == 100) {
                            foreach (name in limits) total += limits[name]
                            rounds <<< total
                            n = 0
                        }
                    }
                }
                probe end { println(@count(rounds), " ", @sum(rounds), " ", n) }
                """)).isEqualTo("1000 100000 0\n");
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
