package org.jstap.runtime.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.compiler.kernel.emit.TimeTable;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.ebpf.link.Link;
import org.jstap.ebpf.link.Links;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MapInMap;
import org.jstap.ebpf.map.MappedArray;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.ringbuf.RingBuffer;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.EnableStatsAttr;
import org.jstap.runtime.ArgumentsLost;
import org.jstap.runtime.Complaints;
import org.jstap.runtime.HitReport;
import org.jstap.runtime.KernelSide;
import org.jstap.runtime.RecordFlow;

/** The kernel half of a session, in the running kernel. */
public final class LiveKernelSide implements KernelSide, RecordFlow {
    private final SystemCalls sys;
    private final KernelTarget target;
    private final KernelPlan plan;
    private final Map<String, KernelMap> maps = new LinkedHashMap<>();
    private final Map<String, MapInMap> slots = new LinkedHashMap<>();
    private final MappedArray control;
    private final RingBuffer ring;
    private final SharedGlobals globals;
    private final Attacher attacher;
    private final AttachTimes times = new AttachTimes();
    private final ReadCounters counters;
    private final List<Attachment> attachments = new ArrayList<>();
    private Optional<RecordDecoder> decoder = Optional.empty();
    private Optional<Fd> stopwatch = Optional.empty();
    private long missedBefore;

    /**
     * Makes the maps.
     *
     * @param target    of {@link KernelTarget#emitFirst} has been called on it
     * @param processId what {@code target()} returns
     * @param traceable which functions can be probed, perhaps being read already
     * @throws org.jstap.ebpf.sys.SystemCallException where the kernel refuses one
     */
    public LiveKernelSide(SystemCalls sys, KernelTarget target, IrProgram program, Limits limits, long processId,
                          TraceableFunctions traceable) {
        this.sys = sys;
        this.target = target;
        this.plan = target.plan();
        try {
            for (MapSpec spec : target.maps()) {
                if (spec.inner().isPresent()) {
                    MapInMap slot = MapInMap.create(sys, spec);
                    slots.put(spec.name(), slot);
                    maps.put(spec.name(), slot.outer());
                } else {
                    maps.put(spec.name(), KernelMap.create(sys, spec));
                }
            }
            this.control = MappedArray.of(sys, maps.get(ControlLayout.MAP));
            KernelMap output = maps.get(target.ring());
            this.ring = new RingBuffer(sys, output.fd(), output.spec().maxEntries());
            this.globals = new SharedGlobals(plan, program, limits, control, ring, maps, slots);
        } catch (RuntimeException e) {
            closeMaps();
            throw e;
        }
        this.attacher = new Attacher(sys, target, maps, traceable, times);
        this.counters = new ReadCounters(sys, target.counters(), maps);
        control.set(0, ControlLayout.TARGET, processId);
        control.set(0, ControlLayout.OWN_PROCESS, ProcessHandle.current().pid());
        control.set(0, ControlLayout.NAMESPACE_PROCESS, ProcessHandle.current().pid());
        adjustClock();
    }

    /** Where handlers on the JVM find their globals. */
    public GlobalStorage storage() {
        return globals.storage();
    }

    /** Tells identifiers as this process sees them, instead of as we do. */
    public void tellIdentifiersAs(int process) {
        control.set(0, ControlLayout.NAMESPACE_PROCESS, process);
    }

    /** Makes records readable; {@code services} looks up symbols for them. */
    public void decodeWith(Limits limits, HostServices services) {
        control.set(0, ControlLayout.PAGE_SIZE, services.fact(HostServices.Fact.PAGE_SIZE));
        control.set(0, ControlLayout.LAST_MEMORY_NODE, services.fact(HostServices.Fact.LAST_MEMORY_NODE));
        control.set(0, ControlLayout.TICKS_PER_SECOND, services.fact(HostServices.Fact.TICKS_PER_SECOND));
        decoder = Optional.of(new RecordDecoder(target.records(), plan.handlers(), limits, services));
    }

    /** What programs add to the monotonic clock for the time of day; set anew from time to time, since the latter is adjusted. */
    private void adjustClock() {
        java.time.Instant now = java.time.Instant.now();
        control.set(0, ControlLayout.CLOCK_OFFSET, now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime());
    }

    @Override
    public boolean attach(Complaints complaints) {
        if (!counters.start(complaints, true)) {
            return false;
        }
        AttachTally tally = new AttachTally();
        attacher.begin();
        for (SiteGroup group : target.groups()) {
            try {
                Attacher.Result result = attacher.attach(group, true);
                attachments.addAll(result.attachments());
                for (Attachment attachment : result.attachments()) {
                    complaints.note(AttachReport.success(attachment));
                }
                tally.attached(group, result.leftOut());
            } catch (AttachFailure failure) {
                tally.failed(failure);
            }
        }
        attacher.finish();
        long began = System.nanoTime();
        globals.awaitReady();
        times.add(AttachTimes.Share.MAPS, began);
        complaints.note(times.text());
        if (tally.lacksArguments()) {
            throw new ArgumentsLost();
        }
        return tally.report(complaints);
    }

    /**
     * Loads all programs without attaching them.
     *
     * @return how many
     * @throws ArgumentsLost as {@link #attach} does
     */
    public int loadOnly(Complaints complaints) {
        if (!counters.start(complaints, false)) {
            return -1;
        }
        int loaded = 0;
        for (SiteGroup group : target.groups()) {
            try {
                for (Attachment attachment : attacher.attach(group, false).attachments()) {
                    attachments.add(attachment);
                    loaded += attachment.programs().size();
                }
            } catch (AttachFailure failure) {
                if (group.needsArgumentsAtReturn()) {
                    throw new ArgumentsLost();
                }
                complaints.error(AttachReport.failure(List.of(failure), "cannot be loaded"));
                return -1;
            }
        }
        globals.awaitReady();
        return loaded;
    }

    /**
     * Runs a handler that is attached to no event.
     *
     * @param actions statements that it may run
     * @return how many of them are left
     */
    public long runOnce(IrHandler handler, long actions) {
        control.set(0, ControlLayout.ACTIONS_LEFT, actions);
        for (Attachment attachment : attachments) {
            if (attachment.mechanism() == Mechanism.TEST_RUN && attachment.group().handler().id() == handler.id()) {
                attachment.programs().getFirst().testRun(MemorySegment.ofArray(new byte[0]));
            }
        }
        return control.get(0, ControlLayout.ACTIONS_LEFT);
    }

    /** Whether a handler is one of the kernel's. */
    public boolean owns(IrHandler handler) {
        for (IrHandler mine : plan.handlers()) {
            if (mine.id() == handler.id()) {
                return true;
            }
        }
        return false;
    }

    public void beforeHandlers(List<IrHandler> handlers) {
        globals.beforeHandlers(handlers);
    }

    public void beforeBlock(Code block) {
        globals.beforeBlock(block);
    }

    public void afterHandlers() {
        globals.afterHandlers();
    }

    public void beforeDisplay() {
        globals.refreshAll();
    }

    @Override
    public void enable() {
        adjustClock();
        missedBefore = missedSoFar();
        control.set(0, ControlLayout.STATE, ControlLayout.RUNNING);
    }

    @Override
    public void disable() {
        control.set(0, ControlLayout.STATE, ControlLayout.STOPPING);
        globals.stopped();
    }

    /** Adds what programs have measured, where they were told to. */
    public void addTimes(HitReport hits) {
        if (target.times().isEmpty()) {
            return;
        }
        KernelMap times = maps.get(TimeTable.MAP);
        byte[] key = new byte[Integer.BYTES];
        for (IrHandler handler : plan.handlers()) {
            for (int site = 0; site < handler.sites().size(); site++) {
                ByteBuffer.wrap(key).order(ByteOrder.nativeOrder()).putInt(target.times().get().first(handler) + site);
                ByteBuffer cpus = ByteBuffer.wrap(times.lookup(key).orElseThrow()).order(ByteOrder.nativeOrder());
                for (int at = 0; at + TimeTable.SIZE <= cpus.capacity(); at += times.stride()) {
                    long count = cpus.getLong(at + TimeTable.COUNT);
                    if (count > 0) {
                        hits.add(handler, site, new HitReport.Times(count, cpus.getLong(at + TimeTable.SUM),
                                ~cpus.getLong(at + TimeTable.SHORTEST_INVERTED), cpus.getLong(at + TimeTable.LONGEST)));
                    }
                }
            }
        }
    }

    @Override
    public int descriptor() {
        return ring.fd();
    }

    @Override
    public int capacity() {
        return ring.size();
    }

    @Override
    public long taken() {
        return ring.consumedBytes();
    }

    @Override
    public void wakeReader(boolean wanted) {
        control.set(0, ControlLayout.WAKE_UP, wanted ? 0 : ControlLayout.READER_LOOKS);
    }

    @Override
    public void drain(Events events) {
        RecordDecoder reader = decoder.orElseThrow();
        ring.drain(record -> reader.decode(record, events));
    }

    @Override
    public long lost() {
        return control.get(0, ControlLayout.LOST);
    }

    @Override
    public long skipped() {
        return control.get(0, ControlLayout.SKIPPED_LOCK) + control.get(0, ControlLayout.SKIPPED_SCRATCH)
                + control.get(0, ControlLayout.SKIPPED_BUSY);
    }

    @Override
    public long missed() {
        return missedSoFar() - missedBefore;
    }

    /** What attaching did counts too. */
    private long missedSoFar() {
        long missed = 0;
        for (Attachment attachment : attachments) {
            for (Program program : attachment.programs()) {
                missed += program.recursionMisses();
            }
            for (Link link : attachment.links()) {
                missed += link.missed();
            }
        }
        return missed;
    }

    @Override
    public boolean measure(boolean on) {
        if (stopwatch.isPresent()) {
            stopwatch.get().close();
            stopwatch = Optional.empty();
        }
        if (on) {
            try (Arena arena = Arena.ofConfined()) {
                stopwatch = Optional.of(Fd.opened(sys, "measuring run times", new EnableStatsAttr(arena).call(sys)));
            } catch (SystemCallException _) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long handlerNanos() {
        long nanos = 0;
        for (Attachment attachment : attachments) {
            for (Program program : attachment.programs()) {
                nanos += program.stats().runTimeNanos();
            }
        }
        return nanos;
    }

    /** Detaches all sites; what was recorded can still be read. */
    public void detach() {
        List<Link> links = new ArrayList<>();
        for (Attachment attachment : attachments) {
            links.addAll(attachment.links());
        }
        Links.closeAll(links);
        counters.close();
        for (Attachment attachment : attachments) {
            if (attachment.mechanism() != Mechanism.TEST_RUN) {
                attachment.programs().forEach(Program::close);
            }
        }
        attachments.removeIf(attachment -> attachment.mechanism() != Mechanism.TEST_RUN);
    }

    @Override
    public void close() {
        measure(false);
        detach();
        for (Attachment attachment : attachments) {
            attachment.programs().forEach(Program::close);
        }
        attachments.clear();
        attacher.close();
        globals.close();
        ring.close();
        control.close();
        closeMaps();
    }

    private void closeMaps() {
        for (Map.Entry<String, KernelMap> map : maps.entrySet()) {
            if (!slots.containsKey(map.getKey())) {
                map.getValue().close();
            }
        }
        slots.values().forEach(MapInMap::close);
    }
}
