package org.jstap.ebpf.ringbuf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.testing.LiveKernel;
import org.jstap.ebpf.testing.TestPrograms;

/// Reads records of the running kernel, made by programs that are run without an event.
class RingBufferLiveTest {

    private static final int SIZE = 4096;
    /// A header of 8 bytes and a record of 16.
    private static final int RECORD = 24;

    private SystemCalls sys;
    private KernelMap map;
    private RingBuffer ring;
    private Program program;

    @BeforeEach
    void open() throws Exception {
        sys = LiveKernel.require();
        map = KernelMap.create(sys, MapSpec.ringBuffer("ring", SIZE));
        ring = new RingBuffer(sys, map.fd(), SIZE);
        program = new ProgramLoader(sys)
                .load(TestPrograms.rawTracepoint("record", TestPrograms.record()), Map.of("ring", map));
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
            ring.close();
            map.close();
        }
    }

    private int produce(long value) {
        long[] context = new long[12];
        context[0] = value;
        return program.testRun(MemorySegment.ofArray(context));
    }

    @Test
    void givesRecordsInOrderOverManyRounds() {
        List<Long> seen = new ArrayList<>();
        long next = 0;
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 100; i++) {
                assertThat(produce(next++)).isZero();
            }
            assertThat(ring.pendingBytes()).isEqualTo(100 * RECORD);
            assertThat(ring.drain(record -> {
                        assertThat(record.byteSize()).isEqualTo(16);
                        seen.add(record.get(JAVA_LONG, 0));
                        assertThat(record.get(JAVA_LONG, 8)).isEqualTo(record.get(JAVA_LONG, 0) + 1);
                    }))
                    .isEqualTo(100);
            assertThat(ring.pendingBytes()).isZero();
        }
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i)).isEqualTo(i);
        }
        assertThat(seen).hasSize(5000);
    }

    @Test
    void accountsForEveryRecordWhenFull() {
        int written = 0;
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            if (produce(i) == 0) {
                written++;
            } else {
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(ring.drain(record -> {})).isEqualTo(written);
        assertThat(written + refused).isEqualTo(1000);
        // The producer may use all bytes but one.
        assertThat(written).isEqualTo((SIZE - 1) / RECORD);
        assertThat(produce(1)).isZero();
    }

    @Test
    void countsARecordAsTakenWhenTheTakerFails() {
        produce(1);
        produce(2);
        assertThatThrownBy(() -> ring.drain(record -> {
                    throw new IllegalStateException("no " + record.get(JAVA_LONG, 0));
                }))
                .hasMessage("no 1");
        List<Long> seen = new ArrayList<>();
        ring.drain(record -> seen.add(record.get(JAVA_LONG, 0)));
        assertThat(seen).containsExactly(2L);
    }

    @Test
    void theViewCannotBeWrittenTo() {
        produce(1);
        assertThatThrownBy(() -> ring.drain(record -> record.set(JAVA_LONG, 0, 7)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesNothingBetweenAProducerAndAWaitingReader() throws Exception {
        int total = 20_000;
        AtomicLong refused = new AtomicLong();
        Thread producer = new Thread(() -> {
            for (int i = 0; i < total; i++) {
                if (produce(i) != 0) {
                    refused.incrementAndGet();
                }
            }
        });
        long[] state = {0, -1};
        try (Poller poller = new Poller(sys, ring.fd())) {
            producer.start();
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (state[0] + refused.get() < total && System.nanoTime() < deadline) {
                poller.await(10_000_000);
                ring.drain(record -> {
                    long value = record.get(JAVA_LONG, 0);
                    assertThat(value).isGreaterThan(state[1]);
                    state[1] = value;
                    state[0]++;
                });
            }
            producer.join();
        }
        assertThat(state[0] + refused.get()).isEqualTo(total);
    }

    @Test
    void waitsUntilARecordComesOrSomebodyWakes() throws Exception {
        try (Poller poller = new Poller(sys, ring.fd())) {
            assertThat(poller.await(0)).isZero();
            Thread later = new Thread(() -> produce(1));
            later.start();
            long deadline = System.nanoTime() + 10_000_000_000L;
            long ready = 0;
            while (ready == 0 && System.nanoTime() < deadline) {
                ready = poller.await(1_000_000_000L);
            }
            later.join();
            assertThat(ready).isEqualTo(1);
            assertThat(ring.drain(record -> {})).isEqualTo(1);

            Thread waker = new Thread(poller::wake);
            waker.start();
            assertThat(poller.await(-1)).isZero();
            waker.join();
            assertThat(poller.await(0)).isZero();
        }
    }

    @Test
    void refusesSizesThatNoRingHas() {
        assertThatThrownBy(() -> new RingBuffer(sys, map.fd(), 5000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("power of two");
    }

    @Test
    void doesNotCrashAfterItIsClosed() {
        ring.close();
        assertThatThrownBy(() -> ring.drain(record -> {})).isInstanceOf(IllegalStateException.class);
    }
}
