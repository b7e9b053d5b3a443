package org.jstap.ebpf.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MappedArray;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.PerfEventAttr;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.testing.LiveKernel;
import org.jstap.ebpf.testing.TestPrograms;

/// Counts events of the running kernel whose number is known.
class TracepointLinkLiveTest {

    private static final int CALLS = 1000;

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

    private Program load(ProgramSpec spec) throws Exception {
        return new ProgramLoader(sys).load(spec, Map.of("counts", counts));
    }

    private int threadId() throws Exception {
        try (Program program = load(TestPrograms.rawTracepoint("tid", TestPrograms.threadId()))) {
            return program.testRun(MemorySegment.ofArray(new long[12]));
        }
    }

    private void callGetppid(int times) {
        for (int i = 0; i < times; i++) {
            sys.call(SystemCallNumber.GETPPID);
        }
    }

    private long countWhileAttached(ProgramSpec spec, LinkSpec link, String description) throws Exception {
        try (Program program = load(spec)) {
            callGetppid(7);
            try (Link attached = links.attach(program, link)) {
                assertThat(attached.describe()).isEqualTo(description);
                callGetppid(CALLS);
            }
            callGetppid(11);
            return values.get(0, 0);
        }
    }

    @Test
    void countsExactlyByRawTracepoint() throws Exception {
        // struct pt_regs *regs, long id
        Code code = TestPrograms.countIfThreadAndWord(threadId(), 8, SystemCallNumber.GETPPID.number());
        long counted = countWhileAttached(
                TestPrograms.rawTracepoint("count", code),
                new LinkSpec.RawTracepoint("sys_enter", 0),
                "raw tracepoint sys_enter");
        assertThat(counted).isEqualTo(CALLS);
    }

    @Test
    void countsExactlyByTypedTracepoint() throws Exception {
        Path vmlinux = Path.of("/sys/kernel/btf/vmlinux");
        Assumptions.assumeTrue(Files.isReadable(vmlinux), "skipped: the kernel has no BTF");
        OptionalInt id = Btf.parse(Files.readAllBytes(vmlinux)).find(BtfKind.TYPEDEF, "btf_trace_sys_enter");
        Assumptions.assumeTrue(id.isPresent(), "skipped: the kernel's BTF has no btf_trace_sys_enter");
        Code code = TestPrograms.countIfThreadAndWord(threadId(), 8, SystemCallNumber.GETPPID.number());
        long counted = countWhileAttached(
                TestPrograms.typedTracepoint("count", id.getAsInt(), code),
                new LinkSpec.BtfTracepoint("sys_enter", 0),
                "tp_btf sys_enter");
        assertThat(counted).isEqualTo(CALLS);
    }

    @Test
    void countsExactlyByTraceEvent() throws Exception {
        long counted = countWhileAttached(
                TestPrograms.of(ProgramType.TRACEPOINT, "count", TestPrograms.countIfThread(threadId())),
                new LinkSpec.TraceEvent("syscalls", "sys_enter_getppid", 0),
                "trace event syscalls:sys_enter_getppid");
        assertThat(counted).isEqualTo(CALLS);
    }

    @Test
    void samplesTheProcessorClock() throws Exception {
        try (Program program = load(TestPrograms.of(ProgramType.PERF_EVENT, "sample", TestPrograms.count()))) {
            LinkSpec spec = new LinkSpec.PerfEvent(
                    PerfEventAttr.TYPE_SOFTWARE,
                    PerfEventAttr.SOFTWARE_CPU_CLOCK,
                    new LinkSpec.Frequency(1000),
                    -1,
                    -1,
                    0);
            try (Link link = links.attach(program, spec)) {
                assertThat(link.describe()).isEqualTo("cpu clock, 1000 times a second");
                long deadline = System.nanoTime() + 10_000_000_000L;
                while (values.get(0, 0) < 20 && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                assertThat(values.get(0, 0)).isGreaterThanOrEqualTo(20);
            }
            long after = values.get(0, 0);
            callGetppid(CALLS);
            assertThat(values.get(0, 0)).isEqualTo(after);
        }
    }

    @Test
    void tellsThatATracepointDoesNotExist() throws Exception {
        try (Program program = load(TestPrograms.rawTracepoint("count", TestPrograms.count()))) {
            assertThatThrownBy(() -> links.attach(program, new LinkSpec.RawTracepoint("no_such_tracepoint", 0)))
                    .isInstanceOfSatisfying(AttachException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                    .hasMessage("cannot attach to raw tracepoint no_such_tracepoint: bpf(BPF_RAW_TRACEPOINT_OPEN) answered"
                            + " ENOENT (no such file, object or element): this kernel has no tracepoint of that name");
            assertThatThrownBy(() -> links.attach(program, new LinkSpec.TraceEvent("syscalls", "no_such_event", 0)))
                    .isInstanceOf(AttachException.class)
                    .hasMessageContaining("this kernel has no such trace event");
        }
    }

    @Test
    void readsTheFormatOfATraceEvent() throws Exception {
        String format = links.traceFs().eventFormat("syscalls", "sys_enter_openat");
        assertThat(format).contains("name: sys_enter_openat", "field:const char * filename;");
        assertThat(Files.isDirectory(links.traceFs().directory().resolve("events/sched"))).isTrue();
        if (!mounts().contains(" tracefs ")) {
            // Opened privately: no process sees a mount.
            assertThat(Files.exists(Path.of("/sys/kernel/tracing/events"))).isFalse();
        }
    }

    private static String mounts() throws Exception {
        return Files.readString(Path.of("/proc/self/mounts"));
    }
}
