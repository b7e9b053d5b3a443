package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.Placement;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;

/**
 * Pass 4 for handlers of the kernel: specifications of programs, maps and links. A handler can be emitted for several mechanisms;
 * records and texts are numbered on the first emission of it, so {@link #maps} and {@link #records} are complete after one
 * {@link #emitFirst} and stay as they are when another mechanism is tried later.
 */
public final class KernelTarget {
    private static final int QUIET_RING_BYTES = 256 * 1024;
    static final String LICENSE = "GPL";

    private final KernelPlan plan;
    private final Tables tables;
    private final List<SiteGroup> groups = new ArrayList<>();
    /** What {@link #emitFirst} gave, until it is asked for. */
    private final Map<Emission, ProgramSpec> emitted = new HashMap<>();

    private record Emission(int handler, Mechanism mechanism, int site, boolean alone) { }

    public KernelTarget(KernelPlan plan) {
        this(plan, false);
    }

    /** @param timed whether programs measure how long they take, in the map that {@link #times} describes */
    public KernelTarget(KernelPlan plan, boolean timed) {
        this.plan = plan;
        this.tables = new Tables(new Texts(), new Records(plan.widths()), new SiteTables(plan.limits().maxStringLength()),
                new RegexTables(), new Deletions(plan.handlers()), new Counters(),
                timed ? Optional.of(new TimeTable(plan.handlers())) : Optional.empty());
        boolean many = Mechanisms.areMany(plan.handlers());
        for (IrHandler handler : plan.handlers()) {
            groups.addAll(Mechanisms.groups(handler, many));
        }
    }

    /** All sites, grouped by how they are attached, in the order of the script. */
    public List<SiteGroup> groups() {
        return List.copyOf(groups);
    }

    /** Functions of the kernel in the largest list of them that is attached at once. */
    public int mostFunctions() {
        int most = 0;
        for (SiteGroup group : groups) {
            Mechanism best = group.mechanisms().getFirst();
            if (best == Mechanism.KPROBE_MULTI || best == Mechanism.KRETPROBE_MULTI) {
                most = Math.max(most, group.sites().size());
            }
        }
        return most;
    }

    /**
     * Emits each group for its best mechanism.
     *
     * @throws KernelUnsupported where a handler needs what the kernel cannot do
     */
    public List<ProgramSpec> emitFirst() {
        List<ProgramSpec> programs = new ArrayList<>();
        for (SiteGroup group : groups) {
            Mechanism mechanism = group.mechanisms().getFirst();
            int site = firstSite(group, mechanism);
            try {
                ProgramSpec program = emit(group, mechanism, site);
                emitted.put(emission(group, mechanism, site), program);
                programs.add(program);
            } catch (KernelUnsupported e) {
                throw e.in(group.handler().id());
            }
        }
        return programs;
    }

    /** The first site that the mechanism can serve: a trampoline needs a function that BTF describes. */
    static int firstSite(SiteGroup group, Mechanism mechanism) {
        for (int site : group.sites()) {
            if (group.isPossible(mechanism, site)) {
                return site;
            }
        }
        return group.sites().getFirst();
    }

    /** The program of a group; where the mechanism takes one program for each site, that of {@code site}. */
    public ProgramSpec emit(SiteGroup group, Mechanism mechanism, int site) {
        ProgramSpec known = emitted.remove(emission(group, mechanism, site));
        if (known != null) {
            return known;
        }
        String name = "h" + group.handler().id() + (group.sites().size() > 1 && mechanism.onePerSite() ? "_" + site : "");
        Code code = ProgramEmitter.emit(plan, group.handler(), mechanism, site, name, tables);
        ProbeSite at = group.handler().sites().get(site);
        return switch (mechanism) {
            case BTF_TRACEPOINT, BTF_TRACEPOINT_READING -> tracing(name, AttachType.TRACE_RAW_TP,
                    ((ProbeSite.Tracepoint) at).typedefId(), ((ProbeSite.Tracepoint) at).module(), code);
            case FENTRY, FENTRY_READING -> function(name, AttachType.TRACE_FENTRY, (ProbeSite.KernelFunction) at, code);
            case FEXIT, FEXIT_READING -> function(name, AttachType.TRACE_FEXIT, (ProbeSite.KernelFunction) at, code);
            case RAW_TRACEPOINT, TEST_RUN -> new ProgramSpec(name, ProgramType.RAW_TRACEPOINT, Optional.empty(), 0, 0, LICENSE, code);
            case KPROBE, KRETPROBE, UPROBE, URETPROBE -> new ProgramSpec(name, ProgramType.KPROBE, Optional.empty(), 0, 0, LICENSE, code);
            case KPROBE_MULTI, KRETPROBE_MULTI -> new ProgramSpec(name, ProgramType.KPROBE,
                    Optional.of(AttachType.TRACE_KPROBE_MULTI), 0, 0, LICENSE, code);
            case UPROBE_MULTI, URETPROBE_MULTI -> new ProgramSpec(name, ProgramType.KPROBE,
                    Optional.of(AttachType.TRACE_UPROBE_MULTI), 0, 0, LICENSE, code);
            case NETFILTER, NETFILTER_READING -> new ProgramSpec(name, ProgramType.NETFILTER, Optional.of(AttachType.NETFILTER), 0, 0,
                    LICENSE, code);
            case PERF_EVENT -> new ProgramSpec(name, ProgramType.PERF_EVENT, Optional.empty(), 0, 0, LICENSE, code);
        };
    }

    private static Emission emission(SiteGroup group, Mechanism mechanism, int site) {
        return new Emission(group.handler().id(), mechanism, site, group.sites().size() == 1);
    }

    private static ProgramSpec function(String name, AttachType type, ProbeSite.KernelFunction function, Code code) {
        return tracing(name, type, function.funcId(), function.module(), code);
    }

    private static ProgramSpec tracing(String name, AttachType type, OptionalInt btfId, String module, Code code) {
        Optional<String> in = module.isEmpty() ? Optional.empty() : Optional.of(module);
        return new ProgramSpec(name, ProgramType.TRACING, Optional.of(type), btfId.orElseThrow(), in, 0, LICENSE, code);
    }

    /** The links of a group: one for each site, or one for all. Test runs have none. */
    public List<LinkSpec> links(SiteGroup group, Mechanism mechanism) {
        List<LinkSpec> links = new ArrayList<>();
        if (mechanism == Mechanism.KPROBE_MULTI || mechanism == Mechanism.KRETPROBE_MULTI) {
            List<LinkSpec.Target> targets = new ArrayList<>();
            boolean addresses = allHaveAddresses(group);
            for (int site : group.sites()) {
                targets.add(new LinkSpec.Target(location(function(group, site), addresses), site));
            }
            return List.of(new LinkSpec.KprobeMulti(targets, mechanism == Mechanism.KRETPROBE_MULTI, false));
        }
        if (mechanism == Mechanism.UPROBE_MULTI || mechanism == Mechanism.URETPROBE_MULTI) {
            return List.of(userPlaces(group, mechanism == Mechanism.URETPROBE_MULTI));
        }
        for (int site : group.sites()) {
            switch (mechanism) {
                case BTF_TRACEPOINT, BTF_TRACEPOINT_READING -> links.add(new LinkSpec.BtfTracepoint(tracepoint(group, site), 0));
                case RAW_TRACEPOINT -> links.add(new LinkSpec.RawTracepoint(tracepoint(group, site), 0));
                case FENTRY, FENTRY_READING -> links.add(new LinkSpec.Fentry(function(group, site).name(), 0));
                case FEXIT, FEXIT_READING -> links.add(new LinkSpec.Fexit(function(group, site).name(), 0));
                case KPROBE -> links.add(new LinkSpec.Kprobe(instruction(group.handler().sites().get(site)), 0, site));
                case KRETPROBE -> links.add(new LinkSpec.Kretprobe(single(function(group, site)), 0, site));
                case UPROBE, URETPROBE -> {
                    ProbeSite.UserCode code = (ProbeSite.UserCode) group.handler().sites().get(site);
                    links.add(new LinkSpec.Uprobe(code.path(), code.offset(), code.semaphore(), mechanism == Mechanism.URETPROBE,
                            code.pid(), site));
                }
                case NETFILTER, NETFILTER_READING -> {
                    ProbeSite.Netfilter hook = (ProbeSite.Netfilter) group.handler().sites().get(site);
                    links.add(new LinkSpec.Netfilter(hook.family(), hook.hook(), hook.priority()));
                }
                case PERF_EVENT -> links.add(event(group.handler().sites().get(site), site));
                default -> { }
            }
        }
        return links;
    }

    private static LinkSpec event(ProbeSite at, int site) {
        if (at instanceof ProbeSite.Watchpoint watch) {
            return new LinkSpec.Watchpoint(watch.address(), watch.length(), watch.reads(), site);
        }
        ProbeSite.PerfCounter counter = (ProbeSite.PerfCounter) at;
        LinkSpec.Sampling sampling = counter.frequency() ? new LinkSpec.Frequency(counter.rate())
                : new LinkSpec.Period(counter.rate());
        return new LinkSpec.PerfEvent(counter.type(), counter.config(), sampling, -1, -1, site);
    }

    private static LinkSpec userPlaces(SiteGroup group, boolean atReturn) {
        List<LinkSpec.UserTarget> targets = new ArrayList<>();
        ProbeSite.UserCode first = (ProbeSite.UserCode) group.handler().sites().get(group.sites().getFirst());
        for (int site : group.sites()) {
            ProbeSite.UserCode code = (ProbeSite.UserCode) group.handler().sites().get(site);
            targets.add(new LinkSpec.UserTarget(code.offset(), code.semaphore(), site));
        }
        return new LinkSpec.UprobeMulti(first.path(), targets, atReturn, first.pid());
    }

    private static boolean allHaveAddresses(SiteGroup group) {
        for (int site : group.sites()) {
            if (function(group, site).address().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static ProbeSite.KernelFunction function(SiteGroup group, int site) {
        return (ProbeSite.KernelFunction) group.handler().sites().get(site);
    }

    private static String tracepoint(SiteGroup group, int site) {
        return ((ProbeSite.Tracepoint) group.handler().sites().get(site)).name();
    }

    private static LinkSpec.Location location(ProbeSite.KernelFunction function, boolean address) {
        return address ? new LinkSpec.Address(function.address().orElseThrow()) : new LinkSpec.Symbol(function.name());
    }

    private static LinkSpec.Location instruction(ProbeSite site) {
        return site instanceof ProbeSite.Statement statement ? new LinkSpec.Address(statement.address())
                : single((ProbeSite.KernelFunction) site);
    }

    /** By address where it is known: several static functions may share a name. */
    private static LinkSpec.Location single(ProbeSite.KernelFunction function) {
        return location(function, function.address().isPresent());
    }

    /** A reader that starts cold needs room for a while; where handlers print nothing, only errors come, and few. */
    private int ringBytes() {
        for (RecordLayout layout : records()) {
            switch (layout.payload()) {
                case RecordLayout.Text _, RecordLayout.Message _, RecordLayout.Block _ -> {
                    return plan.limits().ringBytes();
                }
                case RecordLayout.Failure _, RecordLayout.ScriptError _, RecordLayout.Histogram _, RecordLayout.Exit _ -> { }
            }
        }
        return Math.min(plan.limits().ringBytes(), QUIET_RING_BYTES);
    }

    /** Every map that the emitted programs name. */
    public List<MapSpec> maps() {
        List<MapSpec> maps = new ArrayList<>();
        maps.add(Placement.controlMap(plan.control()));
        maps.add(MapSpec.ringBuffer(Outputs.RING, ringBytes()));
        int scratch = 0;
        for (IrHandler handler : plan.handlers()) {
            scratch = Math.max(scratch, ProgramEmitter.scratchSize(plan, handler, tables.times().isPresent()));
        }
        if (scratch > 0) {
            maps.add(MapSpec.perCpuArray(ProgramEmitter.SCRATCH, scratch, ProgramEmitter.SLOTS));
            maps.add(MapSpec.perCpuArray(ProgramEmitter.SCRATCH_USE, 8, 1));
        }
        tables.texts().map().ifPresent(maps::add);
        maps.addAll(tables.siteTables().maps());
        maps.addAll(tables.regexTables().maps());
        maps.addAll(tables.counters().maps());
        if (tables.times().isPresent()) {
            maps.add(tables.times().get().map());
        }
        for (GlobalHome home : plan.homes()) {
            switch (home) {
                case GlobalHome.Table table -> maps.add(table.map());
                case GlobalHome.Bank bank -> maps.add(bank.slot());
                case GlobalHome.Cell _, GlobalHome.Host _ -> { }
            }
        }
        return maps;
    }

    /** Name of the map that is the ring buffer. */
    public String ring() {
        return Outputs.RING;
    }

    /** The layouts of records by their numbers. */
    public List<RecordLayout> records() {
        return tables.records().layouts();
    }

    /** Counters that handlers read. */
    public Counters counters() {
        return tables.counters();
    }

    /** Where programs put their times; present where they measure them. */
    public Optional<TimeTable> times() {
        return tables.times();
    }

    public KernelPlan plan() {
        return plan;
    }
}
