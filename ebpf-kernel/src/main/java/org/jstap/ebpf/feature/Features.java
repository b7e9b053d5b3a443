package org.jstap.ebpf.feature;

import static org.jstap.ebpf.asm.Register.R0;
import static org.jstap.ebpf.asm.Register.R1;
import static org.jstap.ebpf.asm.Register.R2;
import static org.jstap.ebpf.asm.Register.R3;
import static org.jstap.ebpf.asm.Register.R4;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.PageSize;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.bpf.MapBatchAttr;

/// The features that are worth explaining. A test checks the versions claimed here against the running kernel.
public final class Features {

    /// A tracepoint that is hardly ever hit while a trial is attached to it.
    private static final String TRACEPOINT = "sched_process_fork";

    /// A function that every kernel has and that is not inlined.
    private static final String FUNCTION = "bpf_prog_put";

    /// Numbers of the packet filter: a family of protocols, and the hook of what is passed on to other hosts.
    private static final int IPV4 = 2;

    private static final int FORWARD = 2;

    public static final Feature RAW_TRACEPOINTS = feature("raw tracepoints", 4, 17, "CONFIG_BPF_EVENTS", kernel ->
            kernel.attach(ProgramType.RAW_TRACEPOINT, Optional.empty(), 0, new LinkSpec.RawTracepoint(TRACEPOINT, 0)));

    public static final Feature TYPED_TRACEPOINTS = feature("typed tracepoints (tp_btf)", 5, 5, "CONFIG_DEBUG_INFO_BTF", kernel ->
            kernel.attach(
                    ProgramType.TRACING,
                    Optional.of(AttachType.TRACE_RAW_TP),
                    kernel.btfId(BtfKind.TYPEDEF, "btf_trace_" + TRACEPOINT),
                    new LinkSpec.BtfTracepoint(TRACEPOINT, 0)));

    public static final Feature TRACE_EVENTS = feature("trace events", 4, 7, "CONFIG_BPF_EVENTS", kernel -> kernel.attach(
            ProgramType.TRACEPOINT, Optional.empty(), 0, new LinkSpec.TraceEvent("sched", TRACEPOINT, 0)));

    public static final Feature FENTRY = feature("fentry and fexit", 5, 5, "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS", kernel ->
            kernel.attach(
                    ProgramType.TRACING,
                    Optional.of(AttachType.TRACE_FENTRY),
                    kernel.btfId(BtfKind.FUNC, FUNCTION),
                    new LinkSpec.Fentry(FUNCTION, 0)));

    public static final Feature KPROBES = feature("kprobes", 4, 17, "CONFIG_KPROBE_EVENTS", kernel -> kernel.attach(
            ProgramType.KPROBE, Optional.empty(), 0, new LinkSpec.Kprobe(new LinkSpec.Symbol(FUNCTION), 0, 0)));

    public static final Feature KPROBE_MULTI = feature("kprobe.multi", 5, 18, "CONFIG_FPROBE", kernel -> kernel.attach(
            ProgramType.KPROBE, Optional.of(AttachType.TRACE_KPROBE_MULTI), 0, multi(false)));

    public static final Feature KPROBE_SESSION = feature("kprobe.session", 6, 10, "CONFIG_FPROBE", kernel -> kernel.attach(
            ProgramType.KPROBE, Optional.of(AttachType.TRACE_KPROBE_SESSION), 0, multi(true)));

    public static final Feature UPROBES = feature("uprobes", 4, 17, "CONFIG_UPROBE_EVENTS", kernel ->
            kernel.attachToFile(Optional.empty(), path -> new LinkSpec.Uprobe(path, 0, 0, false, -1, 0)));

    // Older kernels load the program and only refuse the link.
    public static final Feature UPROBE_MULTI = feature("uprobe.multi", 6, 6, "CONFIG_UPROBE_EVENTS", kernel ->
            kernel.attachToFile(Optional.of(AttachType.TRACE_UPROBE_MULTI), path ->
                    new LinkSpec.UprobeMulti(path, List.of(new LinkSpec.UserTarget(0, 0, 0)), false, -1)));

    public static final Feature RING_BUFFER = feature("ring buffers", 5, 8, "", kernel ->
            kernel.create(MapSpec.ringBuffer("ring", PageSize.of(kernel.sys()))));

    public static final Feature MAPPED_ARRAY = feature("arrays in shared memory", 5, 5, "", kernel ->
            kernel.create(MapSpec.array("array", 8, 1).withFlags(MapFlags.MMAPABLE)));

    public static final Feature PER_CPU_INNER_MAP = feature("per-CPU hashes in maps of maps", 4, 12, "", kernel ->
            kernel.create(MapSpec.arrayOfMaps("outer", 1, MapSpec.perCpuHash("inner", 8, 8, 1))));

    public static final Feature BATCHES = feature("batch operations on hashes", 5, 6, "", Features::readBatch);

    public static final Feature BPF_LOOP = feature("calls of bpf_loop", 5, 17, "", kernel ->
            kernel.load(ProgramType.RAW_TRACEPOINT, Optional.empty(), loop().assemble()));

    public static final Feature MAY_GOTO = feature("loops with may_goto", 6, 9, "", kernel ->
            kernel.load(ProgramType.RAW_TRACEPOINT, Optional.empty(), mayGoto().assemble()));

    public static final Feature GET_FUNC_IP = feature("calls of bpf_get_func_ip", 5, 15, "", kernel ->
            kernel.load(ProgramType.KPROBE, Optional.empty(), calling(Helper.GET_FUNC_IP).assemble()));

    public static final Feature ATTACH_COOKIE = feature("attach cookies", 5, 15, "", kernel ->
            kernel.load(ProgramType.PERF_EVENT, Optional.empty(), calling(Helper.GET_ATTACH_COOKIE).assemble()));

    // The priority is one that nobody is likely to have, of a hook that sees few packets.
    public static final Feature NETFILTER = feature("programs at hooks of netfilter", 6, 4, "CONFIG_NETFILTER_BPF_LINK", kernel ->
            kernel.attach(ProgramType.NETFILTER, Optional.of(AttachType.NETFILTER), TrialKernel.returning(1),
                    new LinkSpec.Netfilter(IPV4, FORWARD, Integer.MAX_VALUE - 101)));

    private Features() {}

    /// All of them.
    public static List<Feature> all() {
        return List.of(
                RAW_TRACEPOINTS, TYPED_TRACEPOINTS, TRACE_EVENTS, FENTRY, KPROBES, KPROBE_MULTI, KPROBE_SESSION, UPROBES,
                UPROBE_MULTI, RING_BUFFER, MAPPED_ARRAY, PER_CPU_INNER_MAP, BATCHES, BPF_LOOP, MAY_GOTO, GET_FUNC_IP,
                ATTACH_COOKIE, NETFILTER);
    }

    /// The feature that a way of attaching needs.
    public static Optional<Feature> neededBy(LinkSpec link) {
        return switch (link) {
            case LinkSpec.RawTracepoint _ -> Optional.of(RAW_TRACEPOINTS);
            case LinkSpec.BtfTracepoint _ -> Optional.of(TYPED_TRACEPOINTS);
            case LinkSpec.TraceEvent _ -> Optional.of(TRACE_EVENTS);
            case LinkSpec.Fentry _, LinkSpec.Fexit _ -> Optional.of(FENTRY);
            case LinkSpec.Kprobe _, LinkSpec.Kretprobe _ -> Optional.of(KPROBES);
            case LinkSpec.KprobeMulti multi -> Optional.of(multi.session() ? KPROBE_SESSION : KPROBE_MULTI);
            case LinkSpec.Uprobe _ -> Optional.of(UPROBES);
            case LinkSpec.UprobeMulti _ -> Optional.of(UPROBE_MULTI);
            case LinkSpec.Netfilter _ -> Optional.of(NETFILTER);
            case LinkSpec.PerfEvent _, LinkSpec.Watchpoint _ -> Optional.empty();
        };
    }

    private static Feature feature(String name, int major, int minor, String config, Feature.Trial trial) {
        Optional<String> option = config.isEmpty() ? Optional.empty() : Optional.of(config);
        return new Feature(name, new KernelVersion(major, minor), option, trial);
    }

    private static LinkSpec multi(boolean session) {
        return new LinkSpec.KprobeMulti(
                List.of(new LinkSpec.Target(new LinkSpec.Symbol(FUNCTION), 0)), false, session);
    }

    private static void readBatch(TrialKernel kernel) {
        try (KernelMap map = KernelMap.create(kernel.sys(), MapSpec.hash("batch", 4, 4, 1));
                Arena arena = Arena.ofConfined()) {
            long result = MapBatchAttr.lookup(arena)
                    .mapFd(map.fd())
                    .outBatch(arena.allocate(8))
                    .keys(arena.allocate(64))
                    .values(arena.allocate(64))
                    .count(16)
                    .call(kernel.sys());
            if (result != -Errno.ENOENT) {
                SystemCallException.check("reading an empty map by a batch", result);
            }
        }
    }

    private static Assembler calling(Helper helper) {
        return new Assembler().call(helper).mov(R0, 0).exit();
    }

    private static Assembler loop() {
        Label callback = new Label("callback");
        Assembler a = new Assembler();
        a.beginFunction("main", new Label("main"), 1);
        a.mov(R1, 4).loadFunction(R2, callback).mov(R3, 0).mov(R4, 0).call(Helper.LOOP);
        a.mov(R0, 0).exit();
        a.beginFunction("callback", callback, 2);
        return a.mov(R0, 0).exit();
    }

    private static Assembler mayGoto() {
        Label again = new Label("again");
        Label out = new Label("out");
        return new Assembler().bind(again).mayGoto(out).jump(again).bind(out).mov(R0, 0).exit();
    }
}
