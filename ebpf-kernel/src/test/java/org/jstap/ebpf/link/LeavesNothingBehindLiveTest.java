package org.jstap.ebpf.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MapInMap;
import org.jstap.ebpf.map.MappedArray;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.ObjectIdAttr;
import org.jstap.ebpf.sys.bpf.ObjectIds;
import org.jstap.ebpf.sys.bpf.ObjectInfoAttr;
import org.jstap.ebpf.testing.LiveKernel;
import org.jstap.ebpf.testing.TestPrograms;

/// Everything that was closed is gone from the kernel.
class LeavesNothingBehindLiveTest {

    private static Set<Integer> set(int[] ids) {
        Set<Integer> set = new HashSet<>();
        for (int id : ids) {
            set.add(id);
        }
        return set;
    }

    /// The links of a program, among those of all processes.
    private static Set<Integer> linksOf(SystemCalls sys, int program) {
        Set<Integer> result = new HashSet<>();
        for (int id : ObjectIds.links(sys)) {
            try (Arena arena = Arena.ofConfined()) {
                long opened = ObjectIdAttr.linkFd(arena).startId(id).call(sys);
                if (SystemCalls.failed(opened)) {
                    continue; // It has gone since it was listed.
                }
                try (Fd fd = new Fd(sys, (int) opened)) {
                    if (info(sys, arena, fd.number(), 64).get(JAVA_INT, 8) == program) {
                        result.add(id);
                    }
                }
            }
        }
        return result;
    }

    private static int btfOf(SystemCalls sys, Program program) {
        try (Arena arena = Arena.ofConfined()) {
            return info(sys, arena, program.fd(), 232).get(JAVA_INT, 128);
        }
    }

    private static MemorySegment info(SystemCalls sys, Arena arena, int fd, int size) {
        MemorySegment info = arena.allocate(size, 8);
        SystemCallException.check(
                "asking about an object", new ObjectInfoAttr(arena).bpfFd(fd).infoLen(size).info(info).call(sys));
        return info;
    }

    @Test
    void programsMapsLinksAndTypeInformationGo() throws Exception {
        SystemCalls sys = LiveKernel.require();
        Set<Integer> programs = new HashSet<>();
        Set<Integer> maps = new HashSet<>();
        Set<Integer> links = new HashSet<>();
        Set<Integer> btf = new HashSet<>();
        try (KernelMap counts = KernelMap.create(sys, MapSpec.array("counts", 8, 1).withFlags(MapFlags.MMAPABLE));
                MappedArray _ = MappedArray.of(sys, counts);
                MapInMap outer = MapInMap.create(sys, MapSpec.arrayOfMaps("outer", 1, MapSpec.hash("inner", 4, 4, 1)));
                Program raw = new ProgramLoader(sys)
                        .load(TestPrograms.rawTracepoint("raw", TestPrograms.count()), Map.of("counts", counts));
                Program traced = new ProgramLoader(sys)
                        .load(TestPrograms.of(ProgramType.TRACEPOINT, "traced", TestPrograms.count()), Map.of("counts", counts));
                LinkFactory factory = new LinkFactory(sys);
                Link _ = factory.attach(raw, new LinkSpec.RawTracepoint("sched_process_exec", 0));
                Link _ = factory.attach(traced, new LinkSpec.TraceEvent("sched", "sched_process_exec", 0))) {
            KernelMap inner = outer.createInner();
            outer.swap(0, inner);
            programs.addAll(Set.of(raw.stats().id(), traced.stats().id()));
            maps.addAll(Set.of(counts.id(), outer.outer().id(), inner.id()));
            links.addAll(linksOf(sys, raw.stats().id()));
            links.addAll(linksOf(sys, traced.stats().id()));
            btf.addAll(Set.of(btfOf(sys, raw), btfOf(sys, traced)));
            assertThat(set(ObjectIds.programs(sys))).containsAll(programs);
            assertThat(set(ObjectIds.maps(sys))).containsAll(maps);
            assertThat(links).hasSize(2);
            assertThat(set(ObjectIds.btf(sys))).containsAll(btf);
        }
        // The kernel frees maps and programs some grace periods after they are closed.
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (anyLeft(sys, programs, maps, links, btf)
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(set(ObjectIds.programs(sys))).doesNotContainAnyElementsOf(programs);
        assertThat(set(ObjectIds.maps(sys))).doesNotContainAnyElementsOf(maps);
        assertThat(set(ObjectIds.links(sys))).doesNotContainAnyElementsOf(links);
        assertThat(set(ObjectIds.btf(sys))).doesNotContainAnyElementsOf(btf);
    }

    private static boolean anyLeft(
            SystemCalls sys, Set<Integer> programs, Set<Integer> maps, Set<Integer> links, Set<Integer> btf) {
        return overlap(ObjectIds.programs(sys), programs)
                || overlap(ObjectIds.maps(sys), maps)
                || overlap(ObjectIds.links(sys), links)
                || overlap(ObjectIds.btf(sys), btf);
    }

    private static boolean overlap(int[] ids, Set<Integer> gone) {
        for (int id : ids) {
            if (gone.contains(id)) {
                return true;
            }
        }
        return false;
    }
}
