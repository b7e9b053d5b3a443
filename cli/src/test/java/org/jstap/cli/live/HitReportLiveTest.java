package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -t} counts what the script counts itself. */
class HitReportLiveTest {
    private static final Pattern LINE = Pattern.compile(
            "(.+), \\(<input>:(\\d+):1\\), hits: (\\d+), nsecs: (\\d+)min/(\\d+)avg/(\\d+)max, from: (.+), index: (\\d+)");

    /** As text: point, line, hits, from, index; checks the times. */
    private static List<String> hits(String report) {
        List<String> found = new ArrayList<>();
        for (String line : report.lines().toList()) {
            Matcher parts = LINE.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            long shortest = Long.parseLong(parts.group(4));
            long average = Long.parseLong(parts.group(5));
            assertThat(shortest).as(line).isPositive().isLessThanOrEqualTo(average);
            assertThat(average).as(line).isLessThanOrEqualTo(Long.parseLong(parts.group(6)));
            found.add(String.join(" ", parts.group(1), parts.group(2), parts.group(3), parts.group(7), parts.group(8)));
        }
        return found;
    }

    @Test
    void onTheHost() throws Exception {
        try (JstapProcess jstap = JstapProcess.start("-t", "-e", """
                probe begin { println("begun") }
                probe timer.ms(1), timer.ms(2) { if (++n == 5) exit() }
                probe never { println("never") }
                probe end if (n == 5) { try { error("no") } catch { println("end") } }
                probe end if (n == 6) { println("off") }
                global n
                """)) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            String start = "begun\nend\n----- probe hit report: \n";
            assertThat(ended.out()).startsWith(start);
            List<String> hits = hits(ended.out().substring(start.length()));
            assertThat(hits).startsWith("begin 1 1 begin 0").endsWith("end 4 1 end 4");
            assertThat(hits.stream().filter(line -> line.startsWith("timer.")).mapToInt(line -> Integer.parseInt(line.split(" ")[2]))
                    .sum()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel.trace(\"sched_switch\")", "syscall.write"})
    void inTheKernel(String point) throws Exception {
        Requirements.rootAndTypes();
        try (JstapProcess jstap = JstapProcess.start("-t", "-c", "dd if=/dev/zero of=/dev/null bs=1 count=50 status=none", "-e", """
                probe %s { n++; s = execname() . "x"; if (s == "") println(s) }
                global n
                probe end { println(n) }
                """.formatted(point))) {
            JstapProcess.Ended ended = jstap.await();
            assertThat(ended.err()).isEmpty();
            String[] parts = ended.out().split("\n----- probe hit report: \n");
            assertThat(parts).as(ended.out()).hasSize(2);
            List<String> hits = hits(parts[1]);
            assertThat(hits).hasSize(2);
            assertThat(Integer.parseInt(parts[0])).isPositive();
            assertThat(hits.getFirst()).contains(" 1 " + parts[0] + " " + point + " 0");
        }
    }
}
