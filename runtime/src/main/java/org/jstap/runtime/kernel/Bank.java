package org.jstap.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.host.stat.StatValue;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.host.store.GlobalStore;
import org.jstap.compiler.host.store.HostArray;
import org.jstap.compiler.host.store.HostNumber;
import org.jstap.compiler.host.store.HostStat;
import org.jstap.compiler.host.store.Key;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Global;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MapInMap;

/**
 * A global to which kernel handlers only add. They add to the map that is in the slot; {@link #refresh} puts an empty one there,
 * which waits until no program uses the old one, and takes that over into the value that handlers on the JVM see. So every event is
 * in exactly one of what was taken over and what is still to be.
 */
final class Bank implements AutoCloseable {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Global global;
    private final GlobalHome.Bank home;
    private final MapInMap slot;
    private final GlobalStore store;
    private final FirstFill firstFill;
    private Optional<KernelMap> spare = Optional.empty();
    private boolean settled;
    /** Bytes of the ring: records up to there were submitted before the last time that this was taken over. */
    private long coveredBytes;

    /** Begins to put the first map into the slot; {@link #awaitFilled()} must come before anything else. */
    Bank(Global global, GlobalHome.Bank home, MapInMap slot, GlobalStore store) {
        this.global = global;
        this.home = home;
        this.slot = slot;
        this.store = store;
        this.firstFill = new FirstFill(slot, slot.createInner());
        firstFill.start();
    }

    /**
     * Waits until programs find a map in the slot.
     *
     * @throws org.jstap.ebpf.sys.SystemCallException if the kernel refused it
     */
    void awaitFilled() {
        firstFill.await();
    }

    /**
     * Fills the slot on a thread of its own, because the kernel waits for a grace period although no program uses the slot yet:
     * 10 to 20 ms for each bank. Programs find the map before that, and what would exchange it waits in the slot.
     */
    private static final class FirstFill extends Thread {
        private static final long LOOK_MILLIS = 1;

        private final MapInMap slot;
        private final KernelMap map;
        private RuntimeException failure;

        FirstFill(MapInMap slot, KernelMap map) {
            super("filling " + slot.outer().spec().name());
            setDaemon(true);
            this.slot = slot;
            this.map = map;
        }

        @Override
        public void run() {
            try {
                slot.swap(0, map);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        void await() {
            boolean interrupted = false;
            while (isAlive() && !slot.isFilled(0)) {
                try {
                    join(LOOK_MILLIS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (!isAlive() && failure != null) {
                throw failure;
            }
        }
    }

    int global() {
        return global.id();
    }

    /**
     * Takes over what kernel handlers have added since the last time.
     *
     * @param stopped whether no handler starts any more. Then the map stays, which saves making another: a second for 1,000,000
     *     elements. It is put into its own place once, for the kernel to wait for handlers that are still running.
     */
    void refresh(boolean stopped) {
        if (stopped && global.isArray()) {
            KernelMap last = slot.inner(0).orElseThrow();
            if (!settled) {
                slot.swap(0, last);
                settled = true;
            }
            takeArray(last);
            return;
        }
        KernelMap fresh = spare.isPresent() ? spare.get() : slot.createInner();
        spare = Optional.empty();
        KernelMap old = slot.swap(0, fresh).orElseThrow();
        if (global.isArray()) {
            takeArray(old);
            spare = Optional.of(old);
        } else {
            old.forEach((key, value) -> takeScalar(value, old.stride()));
            old.close();
        }
    }

    void tookUpTo(long ringBytes) {
        coveredBytes = ringBytes;
    }

    /** Whether what was added before the record that ends there is taken over. */
    boolean covers(long ringBytes) {
        return ringBytes <= coveredBytes;
    }

    private void takeArray(KernelMap old) {
        HostArray array = (HostArray) store;
        if (home.stamp().isEmpty()) {
            Key key = new Key(global.keys());
            old.drain((bytes, values) -> {
                Segments.readKey(bytes, home.key(), key);
                add(array, key, number(values, old.stride()), statistic(values, old.stride()));
            });
            return;
        }
        Harvest harvest = new Harvest(home.key().size());
        old.drain((bytes, values) -> {
            long stamp = stamp(values, old.stride(), home.stamp().get());
            Optional<StatValue> statistic = statistic(values, old.stride());
            if (statistic.isPresent()) {
                harvest.add(bytes, stamp, statistic.get());
            } else {
                harvest.add(bytes, stamp, number(values, old.stride()));
            }
        });
        Key key = new Key(global.keys());
        for (int element : harvest.byAge()) {
            Segments.readKey(harvest.key(element), home.key(), key);
            add(array, key, harvest.number(element),
                    home.stat().isPresent() ? Optional.of(harvest.statistic(element)) : Optional.empty());
        }
    }

    private void add(HostArray array, Key key, long number, Optional<StatValue> statistic) {
        boolean fits = statistic.isPresent() ? array.merge(key, statistic.get()) : array.addNumber(key, number);
        if (!fits) {
            throw ScriptError.at(global.span(), array.overflowText());
        }
    }

    private void takeScalar(MemorySegment values, int stride) {
        Optional<StatValue> statistic = statistic(values, stride);
        if (statistic.isPresent()) {
            ((HostStat) store).merge(statistic.get());
        } else {
            ((HostNumber) store).add(number(values, stride));
        }
    }

    private static int processors(MemorySegment values, int stride) {
        return (int) (values.byteSize() / stride);
    }

    private long number(MemorySegment values, int stride) {
        if (home.stat().isPresent()) {
            return 0;
        }
        long sum = 0;
        for (int cpu = 0; cpu < processors(values, stride); cpu++) {
            sum += values.get(LONG, (long) cpu * stride);
        }
        return sum;
    }

    /** The earliest stamp of all CPUs; 0 is that of a CPU which has not made the element. */
    private static long stamp(MemorySegment values, int stride, Field field) {
        long earliest = 0;
        for (int cpu = 0; cpu < processors(values, stride); cpu++) {
            long stamp = values.get(LONG, (long) cpu * stride + field.offset());
            if (stamp != 0 && (earliest == 0 || stamp < earliest)) {
                earliest = stamp;
            }
        }
        return earliest;
    }

    private Optional<StatValue> statistic(MemorySegment values, int stride) {
        if (home.stat().isEmpty()) {
            return Optional.empty();
        }
        StatLayout layout = home.stat().get();
        StatValue statistic = GlobalStorage.emptyStatistic(global);
        for (int cpu = 0; cpu < processors(values, stride); cpu++) {
            StatBytes.mergeInto(statistic, layout, values.asSlice((long) cpu * stride, stride));
        }
        return Optional.of(statistic);
    }

    @Override
    public void close() {
        spare.ifPresent(KernelMap::close);
    }
}
