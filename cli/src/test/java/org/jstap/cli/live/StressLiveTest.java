package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Right numbers, or a count of what is missing, whatever the load. {@code -Djstap.test.events=N} changes the number of events of the
 * two long tests from 1,000,000.
 */
class StressLiveTest {
    private static final long EVENTS = Long.getLong("jstap.test.events", 1_000_000) / 2 * 2;
    /** Handlers take as much of the processors as they can get here. */
    private static final String NO_OVERLOAD = "-DSTP_NO_OVERLOAD";
    /** Of dd here: others on the machine may run it too. */
    private static final String NAME = "copy" + ProcessHandle.current().pid();
    /** write(2): as often as dd is told to copy. */
    private static final String WRITES = "$id == %d && execname() == \"%s\"".formatted(
            System.getProperty("os.arch").equals("aarch64") ? 64 : 1, NAME);

    @TempDir
    private Path directory;

    @BeforeEach
    void needsTheKernel() throws IOException {
        Requirements.rootAndTypes();
        Files.copy(Requirements.command("dd"), directory.resolve(NAME), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private String copy(long count) {
        return directory.resolve(NAME) + " if=/dev/zero of=/dev/null bs=1 status=none count=" + count;
    }

    private String twoProducers() {
        return "sh -c '" + copy(EVENTS / 2) + " & " + copy(EVENTS / 2) + "; wait'";
    }

    private Path script(String text) throws IOException {
        return Files.writeString(directory.resolve("test.stp"), text);
    }

    @Test
    void reportsThatClearLoseNothing() throws Exception {
        Path script = script("""
                global hits, counted, statistic, by, reports, sum, of_statistic, of_by
                probe kernel.trace("sys_enter") {
                  if (%s) { hits++; counted[cpu(), "x"]++; statistic <<< 3; by[tid()] <<< 2 }
                }
                function report() {
                  reports++
                  foreach ([c, x] in counted) sum += counted[c, x]
                  of_statistic += @count(statistic)
                  foreach (t in by) of_by += @sum(by[t])
                  delete counted; delete statistic; delete by
                }
                probe timer.ms(2) { report() }
                probe end { report(); println(hits, " ", sum, " ", of_statistic, " ", of_by / 2); println(reports) }
                """.formatted(WRITES));
        try (JstapProcess jstap = JstapProcess.start(NO_OVERLOAD, script.toString(), "-c", twoProducers())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            List<String> lines = ended.out().lines().toList();
            assertThat(lines.getFirst()).isEqualTo(EVENTS + " " + EVENTS + " " + EVENTS + " " + EVENTS);
            assertThat(Integer.parseInt(lines.getLast())).isGreaterThanOrEqualTo((int) Math.min(100, EVENTS / 100_000));
        }
    }

    /** Task, softirq and timer contexts interrupt each other; a handler is run as a whole or skipped and counted. */
    @Test
    void handlersThatShareGlobalsExcludeEachOther() throws Exception {
        String body = "if (x != y || a[0] != b) broken++; x++; a[0] = a[0] * 3 + 1; if (x > most) most = x; b = b * 3 + 1; y++";
        Path script = script("""
                global x, y, a, b, most, broken, runs
                probe kernel.trace("sys_enter") { if (%s) { runs <<< 1; %s } }
                probe kernel.trace("sched_switch"), kernel.trace("timer_expire_entry"), kernel.trace("softirq_entry") { %s }
                probe end { println(broken, x == y, a[0] == b, most == x); println("runs ", @count(runs)); println("done ", x) }
                """.formatted(WRITES, body, body));
        try (JstapProcess jstap = JstapProcess.start(NO_OVERLOAD, script.toString(), "-DMAXSKIPPED=100000000", "-c", twoProducers())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).startsWith("0111\n");
            long done = number(ended.out(), "done (\\d+)");
            long runs = number(ended.out(), "runs (\\d+)");
            assertThat(done).isGreaterThanOrEqualTo(runs);
            assertThat(runs + number(ended.err(), "skipped probes: (\\d+)")).isGreaterThanOrEqualTo(EVENTS);
        }
    }

    @Test
    void everyLineIsPrintedOrCountedAsLost() throws Exception {
        long events = Math.min(EVENTS, 1_000_000);
        Path script = script("probe kernel.trace(\"sys_enter\") { if (" + WRITES + ") printf(\"%s %d\\n\", execname(), $id) }");
        for (String size : List.of("1", "16")) {
            try (JstapProcess jstap = JstapProcess.start(NO_OVERLOAD, "-s", size, script.toString(), "-c", copy(events))) {
                JstapProcess.Ended ended = jstap.await();
                assertThat(ended.out().lines().count() + number(ended.err(), "(\\d+) records lost")).isEqualTo(events);
                assertThat(ended.status()).isZero();
            }
        }
    }

    @Test
    void aFullArrayIsAnErrorWithItsPlace() throws Exception {
        Path script = script("""
                global a[100]
                probe kernel.trace("sys_enter") { a[gettimeofday_ns()] = 1 }
                probe error { println("error ", a[0]) }
                """);
        try (JstapProcess jstap = JstapProcess.start(script.toString())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).isEqualTo("error 0\n");
            assertThat(ended.err()).contains("ERROR: Array overflow, check size limit (100) near identifier 'a' at ").contains(":2:35");
            assertThat(ended.status()).isEqualTo(1);
        }
    }

    @Test
    void aRunawayLoopIsStoppedWithItsPlace() throws Exception {
        Path script = script("global n\nprobe kernel.trace(\"sched_switch\") { while (1) n++ }\n");
        try (JstapProcess jstap = JstapProcess.start(script.toString())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).contains("ERROR: MAXACTION exceeded near ").contains(":2:");
            assertThat(ended.status()).isEqualTo(1);
        }
    }

    @Test
    void aFullDiskIsTold() throws Exception {
        Path script = script("probe kernel.trace(\"sys_enter\") { printf(\"%d\\n\", $id) }");
        try (JstapProcess jstap = JstapProcess.startAs(List.of("sh", "-c", "exec \"$@\" >/dev/full", "sh"), script.toString())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).contains("ERROR: output cannot be written: No space left on device");
            assertThat(ended.status()).isEqualTo(1);
        }
    }

    @Test
    void aReaderThatLeavesEndsTheScript() throws Exception {
        Path script = script("probe kernel.trace(\"sys_enter\") { printf(\"%d\\n\", $id) }");
        try (JstapProcess jstap = JstapProcess.startAs(List.of("sh", "-c", "\"$@\" | head -1", "sh"), script.toString())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out().lines()).hasSize(1);
            assertThat(ended.err()).doesNotContain("Exception");
        }
    }

    @Test
    void manyProbesAndGlobals() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("global a_global_of_a_long_script_").append(i).append('\n');
        }
        for (int i = 0; i < 2000; i++) {
            text.append("probe timer.s(").append(1000 + i).append(") { a_global_of_a_long_script_").append(i % 1000).append(" += ")
                    .append(i).append(" }\n");
        }
        text.append("probe kernel.trace(\"sched_switch\") { ");
        for (int i = 0; i < 200; i++) {
            text.append("a_global_of_a_long_script_").append(i).append("++; ");
        }
        text.append("}\nprobe timer.ms(100) { if (a_global_of_a_long_script_0 > 0) { println(\"seen\"); exit() } }\n");
        assertThat(text.length()).isGreaterThan(100_000);
        try (JstapProcess jstap = JstapProcess.start(script(text.toString()).toString())) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.out()).startsWith("seen\n");
            assertThat(ended.status()).isZero();
        }
    }

    @Test
    void severalAtOnceEachWithItsOwnNumbers() throws Exception {
        long events = 20_000;
        Path script = script("global n probe kernel.trace(\"sys_enter\") { if (pid() == target() && " + WRITES
                + ") n++ } probe end { println(n) }");
        List<JstapProcess> all = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                all.add(JstapProcess.start(NO_OVERLOAD, script.toString(), "-c", copy(events + i)));
            }
            for (int i = 0; i < all.size(); i++) {
                JstapProcess.Ended ended = all.get(i).await();
                assertThat(ended.out() + ended.err()).isEqualTo(events + i + "\n");
            }
        } finally {
            all.forEach(JstapProcess::close);
        }
    }

    /** The number in the first match; 0 where nothing is told. */
    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
