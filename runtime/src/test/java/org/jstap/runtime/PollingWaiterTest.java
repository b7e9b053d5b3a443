package org.jstap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.testing.ScriptedSystemCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the reader has records wake it, when it looks for them, and that none is left lying while it changes from one to the other. */
class PollingWaiterTest {
    private static final int RECORDS = 7;
    private static final int WAKE_UP = 8;
    private static final int CAPACITY = 64 * 1024;
    private static final long MILLISECOND = 1_000_000;
    private static final long FOREVER = -1;

    private final List<String> told = new ArrayList<>();
    /** How long each sleep may last, and whether records end it. */
    private final List<Sleep> sleeps = new ArrayList<>();
    /** Which descriptor is ready after the next sleeps; none where there is nothing. */
    private final Deque<Integer> ready = new ArrayDeque<>();
    private final ScriptedSystemCalls kernel = new ScriptedSystemCalls();
    private final Flow flow = new Flow();
    private long clock;
    private final PollingWaiter waiter;

    private record Sleep(long nanos, boolean endsByRecords) { }

    private final class Flow implements RecordFlow {
        private long taken;

        @Override
        public int capacity() {
            return CAPACITY;
        }

        @Override
        public long taken() {
            return taken;
        }

        @Override
        public void wakeReader(boolean wanted) {
            told.add(wanted ? "wake me" : "I look");
        }
    }

    PollingWaiterTest() {
        kernel.then(SystemCallNumber.EVENTFD2, WAKE_UP).always(SystemCallNumber.CLOSE, 0);
        waiter = new PollingWaiter(kernel, RECORDS, flow) {
            @Override
            long now() {
                return clock;
            }
        };
    }

    @AfterEach
    void close() {
        waiter.close();
    }

    /** Waits once, and records come in the meantime. */
    private void await(long nanos, long bytes) {
        kernel.then(SystemCallNumber.PPOLL, this::poll);
        if (ready.isEmpty()) {
            ready.add(bytes > 0 ? RECORDS : 0);
        }
        if (ready.peek() == WAKE_UP) {
            kernel.then(SystemCallNumber.READ, 8);
        }
        waiter.await(nanos);
        flow.taken += bytes;
    }

    private long poll(long[] arguments) {
        MemorySegment entries = MemorySegment.ofAddress(arguments[0]).reinterpret(arguments[1] * 8);
        boolean records = entries.get(ValueLayout.JAVA_INT, 0) == RECORDS;
        long nanos = FOREVER;
        if (arguments[2] != 0) {
            MemorySegment time = MemorySegment.ofAddress(arguments[2]).reinterpret(16);
            nanos = time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000 + time.get(ValueLayout.JAVA_LONG, 8);
        }
        sleeps.add(new Sleep(nanos, records));
        int wanted = ready.remove();
        long found = 0;
        for (long at = 0; at < entries.byteSize(); at += 8) {
            boolean is = entries.get(ValueLayout.JAVA_INT, at) == wanted;
            entries.set(ValueLayout.JAVA_SHORT, at + 6, (short) (is ? 1 : 0));
            found += is ? 1 : 0;
        }
        return found;
    }

    private Sleep last() {
        return sleeps.getLast();
    }

    /** Records come one upon the other until the reader says that it looks. */
    private void stream() {
        for (int i = 0; i < 8; i++) {
            assertThat(told).isEmpty();
            await(Long.MAX_VALUE, 100);
            assertThat(last()).isEqualTo(new Sleep(FOREVER, true));
        }
        await(Long.MAX_VALUE, 100);
        assertThat(told).containsExactly("I look");
        told.clear();
    }

    @Test
    void sleepsUntilARecordComesWhereNothingIsDue() {
        await(Long.MAX_VALUE, 0);
        assertThat(last()).isEqualTo(new Sleep(FOREVER, true));
        await(5 * MILLISECOND, 0);
        assertThat(last()).isEqualTo(new Sleep(5 * MILLISECOND, true));
        assertThat(told).isEmpty();
    }

    @Test
    void recordsThatComeNowAndThenWakeIt() {
        for (int i = 0; i < 100; i++) {
            await(Long.MAX_VALUE, 100);
            clock += 3 * MILLISECOND;
            assertThat(last().endsByRecords()).isTrue();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aPauseBetweenRecordsBeginsTheCountAnew() {
        for (int i = 0; i < 50; i++) {
            await(Long.MAX_VALUE, 100);
            clock += i % 7 == 6 ? 3 * MILLISECOND : 0;
        }
        assertThat(told).isEmpty();
    }

    @Test
    void looksEveryFourMillisecondsWhileRecordsStream() {
        stream();
        assertThat(last()).isEqualTo(new Sleep(4 * MILLISECOND, false));
        await(Long.MAX_VALUE, 100);
        assertThat(last()).isEqualTo(new Sleep(4 * MILLISECOND, false));
        assertThat(told).isEmpty();
    }

    @Test
    void aTimerThatIsDueEndsALook() {
        stream();
        await(MILLISECOND, 100);
        assertThat(last()).isEqualTo(new Sleep(MILLISECOND, false));
    }

    @Test
    void looksSoonerWhereTheBufferFillsAndAtOnceWhereItIsNearlyFull() {
        stream();
        await(Long.MAX_VALUE, CAPACITY / 64);
        await(Long.MAX_VALUE, CAPACITY / 8);
        assertThat(last()).isEqualTo(new Sleep(MILLISECOND / 2, false));
        int before = sleeps.size();
        waiter.await(Long.MAX_VALUE);
        assertThat(sleeps).hasSize(before);
    }

    @Test
    void afterThreeLooksInVainItLetsRecordsWakeItAndLooksAFewTimesMore() {
        stream();
        for (int i = 0; i < 3; i++) {
            await(Long.MAX_VALUE, 0);
            assertThat(last().endsByRecords()).isFalse();
        }
        assertThat(told).isEmpty();
        await(Long.MAX_VALUE, 0);
        assertThat(told).containsExactly("wake me");
        List<Sleep> after = new ArrayList<>(List.of(last()));
        for (int i = 0; i < 3; i++) {
            await(Long.MAX_VALUE, 0);
            after.add(last());
        }
        assertThat(after).containsExactly(new Sleep(2 * MILLISECOND, true), new Sleep(20 * MILLISECOND, true),
                new Sleep(200 * MILLISECOND, true), new Sleep(FOREVER, true));
    }

    @Test
    void aRecordInTimeKeepsItLooking() {
        stream();
        for (int i = 0; i < 20; i++) {
            await(Long.MAX_VALUE, i % 3 == 2 ? 100 : 0);
            assertThat(last().endsByRecords()).isFalse();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void itCanStreamAgain() {
        stream();
        for (int i = 0; i < 4; i++) {
            await(Long.MAX_VALUE, 0);
        }
        told.clear();
        for (int i = 0; i < 10; i++) {
            await(Long.MAX_VALUE, 100);
        }
        assertThat(told).containsExactly("I look");
    }

    @Test
    void aWakeUpIsTakenInBothStates() {
        ready.add(WAKE_UP);
        await(Long.MAX_VALUE, 0);
        assertThat(kernel.calls().getLast().call()).isEqualTo(SystemCallNumber.READ);
        stream();
        ready.add(WAKE_UP);
        await(Long.MAX_VALUE, 0);
        assertThat(kernel.calls().getLast().call()).isEqualTo(SystemCallNumber.READ);
        assertThat(kernel.isExhausted()).isTrue();
    }

    @Test
    void wakeSignalsTheDescriptorThatBothStatesWaitFor() {
        kernel.then(SystemCallNumber.WRITE, 8);
        waiter.wake();
        ScriptedSystemCalls.Call call = kernel.calls().getLast();
        assertThat(call.call()).isEqualTo(SystemCallNumber.WRITE);
        assertThat(call.arguments().getFirst()).isEqualTo(WAKE_UP);
    }
}
