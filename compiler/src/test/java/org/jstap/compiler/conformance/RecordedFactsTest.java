package org.jstap.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What SystemTap 5.6 does and its manual does not say, one fact after the other, on the host target. */
class RecordedFactsTest {
    @Test
    void arithmeticWraps() {
        assertThat(begin("""
                low = 1 << 63; minus = -1; n = 65
                printf("%d %d %d %d\\n", low / minus, low % minus, 1 << n, low >> n)""")).isEqualTo(
                "-9223372036854775808 0 2 -4611686018427387904\n");
    }

    @Test
    void divisionByZeroNamesTheOperator() {
        HostRun.Outcome outcome = HostRun.run("global z\nprobe begin { println(1 / z) }");
        assertThat(outcome.messages()).startsWith("ERROR: division by 0 near operator '/' at a.stp:2:25 in probe begin\n");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void stringsAreCutEverywhereButInOutput() {
        HostRun.Outcome outcome = HostRun.run("""
                global a
                probe begin {
                  s = "0123456789" . "0123456789"
                  printf("%s %d %s\\n", s, strlen(sprintf("%40d", 1)), sprint(s, s))
                  a[s . "x"] = s . "y"
                  foreach (k in a) printf("%d %d\\n", strlen(k), strlen(a[k]))
                  printf("%30d|\\n", 1)
                  try { error("a text that is too long") } catch (e) { println(e) }
                }""", Map.of("MAXSTRINGLEN", "16"));
        assertThat(outcome.output()).isEqualTo("""
                012345678901234 15 012345678901234
                15 15
                                             1|
                a text that is\s
                """);
    }

    @Test
    void aZeroByteEndsAString() {
        assertThat(begin("s = sprintf(\"ab%ccd\", 0); println(strlen(s), s); printf(\"[%c]\\n\", 0)"))
                .isEqualTo("2ab\n[\0]\n");
    }

    @Test
    void comparisonAtRunTimeIsByUnsignedBytes() {
        assertThat(begin("a = \"\\xff\"; b = \"a\"; println(a > b, a . \"\" == \"\\377\", b <= \"a\")")).isEqualTo("111\n");
    }

    @Test
    void theCatchVariableIsLeftAloneWhenNothingIsCaught() {
        assertThat(begin("e = \"kept\"; try { println(\"in\") } catch (e) { } println(e)")).isEqualTo("in\nkept\n");
    }

    @Test
    void aMissingElementIsReadAndNotCreated() {
        assertThat(HostRun.run("""
                global a
                probe begin { println(a[1], 1 in a ? "in" : "out"); a[1] = 0; println(1 in a ? "in" : "out") }""".replace(
                "1 in a", "[1] in a")).output()).isEqualTo("0out\nin\n");
    }

    @Test
    void aLimitIsComputedOnceAndContinueCounts() {
        assertThat(HostRun.run("""
                global a
                probe begin {
                  for (i = 1; i <= 5; i++) a[i] = i
                  n = 3
                  foreach (k in a limit n) { n = 1; if (k == 2) continue; print(k, " ") }
                }""").output()).isEqualTo("1 3 ");
    }

    @Test
    void changesThroughAFunctionOfAFunctionAreSeenByTheRunningLoop() {
        assertThat(HostRun.run("""
                global a, n
                function inner() { if (n++ < 2) a[100 + n] = 1 }
                function outer() { inner() }
                probe begin { a[1] = 1; foreach (k in a) { outer(); print(k, " ") } }""").output()).isEqualTo("1 101 102 ");
    }

    @Test
    void nestingGoesAsDeepAsAsked() {
        String script = "function f(n) { return n <= 1 ? 1 : 1 + f(n - 1) } probe begin { println(f($1)) }";
        Map<String, String> five = Map.of("MAXNESTING", "5");
        assertThat(HostRun.run(script.replace("$1", "5"), five).output()).isEqualTo("5\n");
        assertThat(HostRun.run(script.replace("$1", "6"), five).messages()).contains("MAXNESTING exceeded near identifier 'f'")
                .contains("(called from identifier 'f'");
    }

    @Test
    void abortCannotBeCaughtAndLeavesFunctions() {
        assertThat(HostRun.run("""
                function f() { try { abort() } catch { println("caught") } println("after") }
                probe begin { f(); println("more") }
                probe end { println("end") }""").output()).isEqualTo("end\n");
    }

    @Test
    void maxActionCannotBeCaught() {
        HostRun.Outcome outcome = HostRun.run("probe begin { try { while (1) i++ } catch { println(\"caught\") } }");
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.messages()).contains("MAXACTION exceeded");
    }

    @Test
    void anErrorInAnEndProbeRunsErrorProbesAndNoFurtherEndProbe() {
        assertThat(HostRun.run("""
                probe begin { exit() }
                probe end(1) { println("end 1"); error("x") }
                probe end(2) { println("end 2") }
                probe error(1) { println("error 1"); error("y") }
                probe error(2) { println("error 2") }""").output()).isEqualTo("end 1\nerror 1\nerror 2\n");
    }

    @Test
    void globalsThatNobodyReadsAreShownAtTheEnd() {
        assertThat(HostRun.run("""
                global n, s, a, st, never
                probe begin { n = 5; s = "a\\"b"; a["x", 1] = 10; a["y", 2] = 20; st <<< 5; st <<< 15; st <<< -2; exit() }
                probe end { println("end") }""").output()).isEqualTo("""
                end
                n=5
                s="a"b"
                a["y",2]=20
                a["x",1]=10
                st @count=3 @min=-2 @max=15 @sum=18 @avg=6
                """);
    }

    @Test
    void bucketsAreIteratedAndIndexed() {
        assertThat(HostRun.run("""
                global s
                probe begin {
                  s <<< 1; s <<< 2; s <<< 3
                  foreach (b in @hist_log(s)) if (@hist_log(s)[b]) printf("%d:%d ", b, @hist_log(s)[b])
                  println(@hist_log(s)[64])
                }""").output()).isEqualTo("65:1 66:2 0\n");
    }

    @Test
    void tokensAreTakenOneByOne() {
        assertThat(begin("println(tokenize(\"  a b  c\", \" \"), tokenize(\" \"), tokenize(\" \"), \"<\", tokenize(\" \"), \">\")"))
                .isEqualTo("abc<>\n");
    }

    @Test
    void speculationsAreHeldBack() {
        assertThat(begin("""
                a = speculation(); b = speculation()
                speculate(a, "one\\n"); speculate(b, "other\\n"); speculate(a, "two\\n")
                discard(b); commit(a); commit(b)""")).isEqualTo("one\ntwo\n");
    }

    @Test
    void durationsForPeople() {
        assertThat(begin("println(msecs_to_string(61234), \" \", bytes_to_string(1536), \" \", ctime(0))"))
                .isEqualTo("1m1.234s 1.50K Thu Jan  1 00:00:00 1970\n");
    }

    @Test
    void namesOfTheNetwork() {
        assertThat(begin("println(sock_prot_num2str(17), sock_fam_str2num(\"INET6\"), sock_type_num2str(99), \" \", "
                + "msg_flags_num2str(0x42), \" \", rlimit_from_str(\"RLIMIT_NOFILE\"), nfsderror(13))"))
                .isEqualTo("UDP10UNDEF PEEK|DONTWAIT 7NFSERR_ACCES\n");
    }

    private static String begin(String body) {
        return HostRun.run("probe begin { " + body + " }").output();
    }
}
