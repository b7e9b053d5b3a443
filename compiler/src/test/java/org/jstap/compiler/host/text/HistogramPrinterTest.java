package org.jstap.compiler.host.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jstap.compiler.host.stat.Buckets;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.program.HistogramShape;
import org.junit.jupiter.api.Test;

class HistogramPrinterTest {
    private static final HistogramShape LOG = new HistogramShape.Log();

    @Test
    void linearWithABucketBelow() {
        assertThat(draw(new HistogramShape.Linear(-10, 10, 5), 2, -12, -9, -6, -3, 0, 3, 6, 9, 12)).isEqualTo("""
                value |-------------------------------------------------- count
                 <-10 |@                                                  1
                  -10 |@@                                                 2
                   -5 |@                                                  1
                    0 |@@                                                 2
                    5 |@@                                                 2
                   10 |@                                                  1

                """);
    }

    @Test
    void logKeepsTwoEmptyBucketsOnEachSide() {
        assertThat(draw(LOG, 2, 100)).isEqualTo("""
                value |-------------------------------------------------- count
                   16 |                                                   0
                   32 |                                                   0
                   64 |@                                                  1
                  128 |                                                   0
                  256 |                                                   0

                """);
    }

    @Test
    void logDoesNotGoBelowZeroWithoutNegatives() {
        assertThat(draw(LOG, 2, 1).lines().skip(1).findFirst().orElseThrow()).startsWith("    0 |");
        assertThat(draw(LOG, 2, -1).lines().skip(1).findFirst().orElseThrow()).startsWith("   -4 |");
    }

    @Test
    void runsOfEmptyBucketsAreElided() {
        String drawn = draw(new HistogramShape.Linear(0, 100, 10), 2, 1, 90);
        assertThat(drawn.lines().map(line -> line.substring(0, Math.min(7, line.length())))).containsExactly("value |", "    0 |", "   10 |", "   20 |",
                "      ~", "   70 |", "   80 |", "   90 |", "  100 |", "");
    }

    @Test
    void noElisionAtAll() {
        assertThat(draw(new HistogramShape.Linear(0, 100, 10), -1, 1, 90).lines()).hasSize(13);
    }

    @Test
    void longBarsAreScaledAndCountsAligned() {
        long[] values = new long[101];
        values[100] = 8;
        String[] lines = draw(LOG, 2, values).split("\n");
        assertThat(lines[1]).isEqualTo("    0 |" + "@".repeat(50) + " 100");
        assertThat(lines[5]).isEqualTo("    8 |" + " ".repeat(50) + "   1");
    }

    private static String draw(HistogramShape shape, int elision, long... values) {
        StatValue statistic = new StatValue(0, Optional.of(Buckets.of(shape)));
        for (long value : values) {
            statistic.add(value);
        }
        TextBuffer out = new TextBuffer();
        HistogramPrinter.print(statistic, elision, out);
        return out.toString();
    }
}
