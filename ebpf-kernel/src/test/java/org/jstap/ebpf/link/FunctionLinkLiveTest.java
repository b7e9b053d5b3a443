package org.jstap.ebpf.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.feature.Feature;
import org.jstap.ebpf.feature.FeatureState;
import org.jstap.ebpf.feature.FeatureTests;
import org.jstap.ebpf.feature.Features;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MappedArray;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.Architecture;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.testing.LiveKernel;
import org.jstap.ebpf.testing.TestPrograms;

/// Counts calls of a kernel function by every way of probing functions, on kernels that have them.
class FunctionLinkLiveTest {

    private static final int CALLS = 300;
    private static final String FUNCTION =
            Architecture.current() == Architecture.X86_64 ? "__x64_sys_getpgid" : "__arm64_sys_getpgid";
    private static final LinkSpec.Symbol SYMBOL = new LinkSpec.Symbol(FUNCTION);

    private SystemCalls sys;
    private KernelMap counts;
    private MappedArray values;
    private LinkFactory links;

    @BeforeEach
    void open() {
        sys = LiveKernel.require();
        counts = KernelMap.create(sys, MapSpec.array("counts", 8, 1).withFlags(MapFlags.MMAPABLE));
        values = MappedArray.of(sys, counts);
        links = new LinkFactory(sys);
    }

    @AfterEach
    void close() {
        if (counts != null) {
            links.close();
            values.close();
            counts.close();
        }
    }

    private void require(Feature feature) {
        FeatureTests tests = new FeatureTests(sys);
        FeatureState state = tests.test(feature);
        Assumptions.assumeTrue(
                state instanceof FeatureState.Available, () -> "skipped: " + tests.explain(feature).orElse(state.toString()));
    }

    private long count(ProgramType type, Optional<AttachType> attachType, int btfId, LinkSpec spec) throws Exception {
        ProgramLoader loader = new ProgramLoader(sys);
        int tid;
        try (Program program = loader.load(TestPrograms.rawTracepoint("tid", TestPrograms.threadId()), Map.of())) {
            tid = program.testRun(MemorySegment.ofArray(new long[12]));
        }
        ProgramSpec count =
                new ProgramSpec("count", type, attachType, btfId, 0, "GPL", TestPrograms.countIfThread(tid));
        try (Program program = loader.load(count, Map.of("counts", counts))) {
            try (Link link = links.attach(program, spec)) {
                assertThat(link.describe()).contains(FUNCTION);
                for (int i = 0; i < CALLS; i++) {
                    sys.call(SystemCallNumber.GETPGID);
                }
            }
            sys.call(SystemCallNumber.GETPGID);
        }
        return values.get(0, 0);
    }

    private static int functionId() throws Exception {
        Path vmlinux = Path.of("/sys/kernel/btf/vmlinux");
        Assumptions.assumeTrue(Files.isReadable(vmlinux), "skipped: the kernel has no BTF");
        return Btf.parse(Files.readAllBytes(vmlinux)).find(BtfKind.FUNC, FUNCTION).orElseThrow();
    }

    @Test
    void kprobe() throws Exception {
        require(Features.KPROBES);
        assertThat(count(ProgramType.KPROBE, Optional.empty(), 0, new LinkSpec.Kprobe(SYMBOL, 0, 0))).isEqualTo(CALLS);
    }

    @Test
    void kretprobe() throws Exception {
        require(Features.KPROBES);
        assertThat(count(ProgramType.KPROBE, Optional.empty(), 0, new LinkSpec.Kretprobe(SYMBOL, 0, 0)))
                .isEqualTo(CALLS);
    }

    @Test
    void kprobeMulti() throws Exception {
        require(Features.KPROBE_MULTI);
        Optional<AttachType> multi = Optional.of(AttachType.TRACE_KPROBE_MULTI);
        List<LinkSpec.Target> targets = List.of(new LinkSpec.Target(SYMBOL, 3));
        assertThat(count(ProgramType.KPROBE, multi, 0, new LinkSpec.KprobeMulti(targets, false, false)))
                .isEqualTo(CALLS);
        values.set(0, 0, 0);
        assertThat(count(ProgramType.KPROBE, multi, 0, new LinkSpec.KprobeMulti(targets, true, false)))
                .isEqualTo(CALLS);
    }

    @Test
    void kprobeSession() throws Exception {
        require(Features.KPROBE_SESSION);
        List<LinkSpec.Target> targets = List.of(new LinkSpec.Target(SYMBOL, 0));
        long counted = count(
                ProgramType.KPROBE,
                Optional.of(AttachType.TRACE_KPROBE_SESSION),
                0,
                new LinkSpec.KprobeMulti(targets, false, true));
        assertThat(counted).as("entries and returns").isEqualTo(2 * CALLS);
    }

    @Test
    void fentry() throws Exception {
        require(Features.FENTRY);
        assertThat(count(
                        ProgramType.TRACING,
                        Optional.of(AttachType.TRACE_FENTRY),
                        functionId(),
                        new LinkSpec.Fentry(FUNCTION, 0)))
                .isEqualTo(CALLS);
    }

    @Test
    void fexitWithACookie() throws Exception {
        require(Features.FENTRY);
        require(Features.ATTACH_COOKIE);
        assertThat(count(
                        ProgramType.TRACING,
                        Optional.of(AttachType.TRACE_FEXIT),
                        functionId(),
                        new LinkSpec.Fexit(FUNCTION, 5)))
                .isEqualTo(CALLS);
    }
}
