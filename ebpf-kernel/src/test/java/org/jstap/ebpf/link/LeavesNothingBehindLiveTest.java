package org.jstap.ebpf.link;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.ObjectIds;
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

    @Test
    void programsMapsLinksAndTypeInformationGo() throws Exception {
        SystemCalls sys = LiveKernel.require();
        Set<Integer> links = new HashSet<>();
        Set<Integer> linksBefore = set(ObjectIds.links(sys));
        Set<Integer> btfBefore = set(ObjectIds.btf(sys));
        Set<Integer> btf = new HashSet<>();
        int program;
        int event;
        int map;
        int outer;
        int inner;
        try (KernelMap counts = KernelMap.create(sys, MapSpec.array("counts", 8, 1).withFlags(MapFlags.MMAPABLE));
                MappedArray _ = MappedArray.of(sys, counts);
                MapInMap maps = MapInMap.create(sys, MapSpec.arrayOfMaps("outer", 1, MapSpec.hash("inner", 4, 4, 1)));
                Program raw = new ProgramLoader(sys)
                        .load(TestPrograms.rawTracepoint("raw", TestPrograms.count()), Map.of("counts", counts));
                Program traced = new ProgramLoader(sys)
                        .load(TestPrograms.of(ProgramType.TRACEPOINT, "traced", TestPrograms.count()), Map.of("counts", counts));
                LinkFactory factory = new LinkFactory(sys);
                Link _ = factory.attach(raw, new LinkSpec.RawTracepoint("sched_process_exec", 0));
                Link _ = factory.attach(traced, new LinkSpec.TraceEvent("sched", "sched_process_exec", 0))) {
            KernelMap innerMap = maps.createInner();
            maps.swap(0, innerMap);
            program = raw.stats().id();
            event = traced.stats().id();
            map = counts.id();
            outer = maps.outer().id();
            inner = innerMap.id();
            assertThat(set(ObjectIds.programs(sys))).contains(program, event);
            assertThat(set(ObjectIds.maps(sys))).contains(map, outer, inner);
            links.addAll(set(ObjectIds.links(sys)));
            links.removeAll(linksBefore);
            assertThat(links).hasSizeGreaterThanOrEqualTo(2);
            btf.addAll(set(ObjectIds.btf(sys)));
            btf.removeAll(btfBefore);
            assertThat(btf).hasSizeGreaterThanOrEqualTo(2);
        }
        // The kernel frees maps and programs some grace periods after they are closed.
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (anyLeft(sys, Set.of(program, event), Set.of(map, outer, inner), links, btf)
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(set(ObjectIds.programs(sys))).doesNotContain(program, event);
        assertThat(set(ObjectIds.maps(sys))).doesNotContain(map, outer, inner);
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
