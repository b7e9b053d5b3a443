package org.jstap.ebpf.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Linker;
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
import org.jstap.ebpf.feature.FeatureState;
import org.jstap.ebpf.feature.FeatureTests;
import org.jstap.ebpf.feature.Features;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MappedArray;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.prog.ProgramRejected;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.Processes;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.testing.LiveKernel;
import org.jstap.ebpf.testing.TestPrograms;

/// Counts calls of libc's `syscall`, through which this JVM makes its system calls.
class UprobeLinkLiveTest {

    private static final int CALLS = 500;

    private record Place(String path, long offset) {}

    private SystemCalls sys;
    private KernelMap counts;
    private MappedArray values;
    private LinkFactory links;
    private Place place;

    @BeforeEach
    void open() throws IOException {
        sys = LiveKernel.require();
        Assumptions.assumeTrue(
                Files.exists(Path.of("/sys/bus/event_source/devices/uprobe/type")), "skipped: the kernel has no uprobes");
        counts = KernelMap.create(sys, MapSpec.array("counts", 8, 1).withFlags(MapFlags.MMAPABLE));
        values = MappedArray.of(sys, counts);
        links = new LinkFactory(sys);
        place = libcSyscall();
    }

    @AfterEach
    void close() {
        if (counts != null) {
            links.close();
            values.close();
            counts.close();
        }
    }

    /// Where in which file the function is: the mapping that its address lies in tells.
    private static Place libcSyscall() throws IOException {
        long address = Linker.nativeLinker().defaultLookup().find("syscall").orElseThrow().address();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            String[] words = line.split(" +");
            int dash = words[0].indexOf('-');
            long start = Long.parseUnsignedLong(words[0].substring(0, dash), 16);
            long end = Long.parseUnsignedLong(words[0].substring(dash + 1), 16);
            if (address >= start && address < end) {
                return new Place(words[5], address - start + Long.parseLong(words[2], 16));
            }
        }
        throw new AssertionError("syscall is in no mapping");
    }

    private Program load(Optional<AttachType> attachType) throws ProgramRejected {
        ProgramLoader loader = new ProgramLoader(sys);
        int tid;
        try (Program program = loader.load(TestPrograms.rawTracepoint("tid", TestPrograms.threadId()), Map.of())) {
            tid = program.testRun(MemorySegment.ofArray(new long[12]));
        }
        ProgramSpec spec = new ProgramSpec(
                "count", ProgramType.KPROBE, attachType, 0, 0, "GPL", TestPrograms.countIfThread(tid));
        return loader.load(spec, Map.of("counts", counts));
    }

    private long countWhileAttached(Program program, LinkSpec spec) throws AttachException {
        long before;
        long after;
        try (Link link = links.attach(program, spec)) {
            assertThat(link.describe()).contains(place.path());
            // Attaching and detaching make calls themselves, so only what is between two readings counts.
            before = values.get(0, 0);
            for (int i = 0; i < CALLS; i++) {
                sys.call(SystemCallNumber.GETPPID);
            }
            after = values.get(0, 0);
        }
        long detached = values.get(0, 0);
        sys.call(SystemCallNumber.GETPPID);
        assertThat(values.get(0, 0)).isEqualTo(detached);
        return after - before;
    }

    @Test
    void countsEveryCallInOneProcess() throws Exception {
        try (Program program = load(Optional.empty())) {
            LinkSpec spec = new LinkSpec.Uprobe(place.path(), place.offset(), 0, false, Processes.pid(sys), 0);
            assertThat(countWhileAttached(program, spec)).isEqualTo(CALLS);
        }
    }

    @Test
    void countsEveryCallInAllProcesses() throws Exception {
        try (Program program = load(Optional.empty())) {
            LinkSpec spec = new LinkSpec.Uprobe(place.path(), place.offset(), 0, false, -1, 0);
            assertThat(countWhileAttached(program, spec)).isEqualTo(CALLS);
        }
    }

    @Test
    void countsEveryReturn() throws Exception {
        try (Program program = load(Optional.empty())) {
            LinkSpec spec = new LinkSpec.Uprobe(place.path(), place.offset(), 0, true, Processes.pid(sys), 0);
            assertThat(countWhileAttached(program, spec)).isEqualTo(CALLS);
        }
    }

    @Test
    void countsEveryCallByOneLinkForMany() throws Exception {
        FeatureTests tests = new FeatureTests(sys);
        Assumptions.assumeTrue(
                tests.test(Features.UPROBE_MULTI) instanceof FeatureState.Available,
                () -> "skipped: " + tests.explain(Features.UPROBE_MULTI).orElse("uprobe.multi cannot be tried"));
        try (Program program = load(Optional.of(AttachType.TRACE_UPROBE_MULTI))) {
            LinkSpec spec = new LinkSpec.UprobeMulti(
                    place.path(), List.of(new LinkSpec.UserTarget(place.offset(), 0, 0)), false, Processes.pid(sys));
            assertThat(countWhileAttached(program, spec)).isEqualTo(CALLS);
        }
    }

    @Test
    void tellsThatTheFileDoesNotExist() throws Exception {
        try (Program program = load(Optional.empty())) {
            assertThatThrownBy(() -> links.attach(program, new LinkSpec.Uprobe("/no/such/file", 64, 0, false, -1, 0)))
                    .isInstanceOf(AttachException.class)
                    .hasMessage("cannot attach to uprobe /no/such/file+0x40: perf_event_open answered ENOENT"
                            + " (no such file, object or element): there is no such file");
        }
    }
}
