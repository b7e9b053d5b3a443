package org.jstap.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jstap.compiler.host.stat.Buckets;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.kernel.RunIn;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.ebpf.vm.VmArrayOfMaps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kernel handlers collect in a bank is what a statistic on the JVM collects of the same values. */
class StatisticsTest {
    private static final long[] EDGES = {0, 1, -1, 2, 3, -2, -3, 4, 7, 8, 100, -100, 9, 10, 11, 49, 50, 51, 60, 61, Long.MAX_VALUE,
        -Long.MAX_VALUE, 1L << 62, -(1L << 62)};

    @ParameterizedTest
    @ValueSource(strings = {"@hist_log(s)", "@hist_linear(s, 0, 50, 10)", "@hist_linear(s, -100, 100, 7)", "@hist_linear(s, 5, 60, 1)"})
    void countsSumsExtremesAndBuckets(String histogram) {
        StringBuilder adds = new StringBuilder();
        long[] values = values();
        for (long value : values) {
            adds.append("  s <<< ").append(value).append('\n');
        }
        String script = "global s\nprobe begin {\n" + adds + "}\nprobe timer.s(100) { println(@count(s), @sum(s), @min(s), @max(s)); print("
                + histogram + ") }";
        InterpretedHost host = new InterpretedHost(Translation.of(script, RunIn.KERNEL, Map.of()));
        assertThat(host.run().messages()).isEmpty();
        GlobalHome.Bank bank = (GlobalHome.Bank) host.target().plan().homes().getFirst();
        HistogramShape shape = host.target().plan().globals().getFirst().shape().histogram().orElseThrow();
        check(bank.stat().orElseThrow(), ((VmArrayOfMaps) host.vm().map(bank.slot().name())).slot(0).lookup(new byte[4]).orElseThrow(),
                expected(values, Buckets.of(shape)));
    }

    private static long[] values() {
        SplittableRandom random = new SplittableRandom(4711);
        long[] values = new long[EDGES.length + 60];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < EDGES.length ? EDGES[i] : random.nextLong() >> random.nextInt(64);
        }
        return values;
    }

    private static StatValue expected(long[] values, Buckets buckets) {
        StatValue expected = new StatValue(0, Optional.of(buckets));
        for (long value : values) {
            expected.add(value);
        }
        return expected;
    }

    private static void check(StatLayout layout, byte[] element, StatValue expected) {
        ByteBuffer bytes = ByteBuffer.wrap(element).order(ByteOrder.nativeOrder());
        assertThat(bytes.getLong(layout.count())).isEqualTo(expected.count());
        assertThat(bytes.getLong(layout.sum())).isEqualTo(expected.sum());
        assertThat(bytes.getLong(layout.min())).isEqualTo(expected.min());
        assertThat(bytes.getLong(layout.max())).isEqualTo(expected.max());
        assertThat(layout.bucketCount()).isEqualTo(expected.buckets().orElseThrow().count());
        for (int i = 0; i < layout.bucketCount(); i++) {
            assertThat(bytes.getLong(layout.buckets() + 8 * i)).as("bucket %d", i).isEqualTo(expected.bucket(i));
        }
    }
}
