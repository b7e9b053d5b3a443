package org.jstap.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.ObjectIds;

/** Ids of what a process holds of bpf, as /proc tells. */
record Held(Set<Integer> programs, Set<Integer> maps, Set<Integer> links) {
    static Held by(long pid) throws IOException {
        Held held = new Held(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        List<Path> descriptors = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fdinfo"))) {
            files.forEach(descriptors::add);
        }
        for (Path descriptor : descriptors) {
            for (String line : Files.readAllLines(descriptor)) {
                add(line, "map_id:", held.maps());
                add(line, "link_id:", held.links());
                add(line, "prog_id:", held.programs());
            }
        }
        return held;
    }

    private static void add(String line, String name, Set<Integer> ids) {
        if (line.startsWith(name)) {
            ids.add(Integer.parseInt(line.substring(name.length()).strip()));
        }
    }

    /** The kernel frees maps and programs some grace periods after they are closed. */
    void assertGone() {
        SystemCalls sys = new LinuxSystemCalls();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (anyLeft(sys) && System.nanoTime() < deadline) {
            Thread.yield();
        }
        assertThat(left(ObjectIds.programs(sys), programs)).as("programs").isEmpty();
        assertThat(left(ObjectIds.maps(sys), maps)).as("maps").isEmpty();
        assertThat(left(ObjectIds.links(sys), links)).as("links").isEmpty();
    }

    private boolean anyLeft(SystemCalls sys) {
        return !left(ObjectIds.programs(sys), programs).isEmpty() || !left(ObjectIds.maps(sys), maps).isEmpty()
                || !left(ObjectIds.links(sys), links).isEmpty();
    }

    private static List<Integer> left(int[] ids, Set<Integer> of) {
        List<Integer> left = new ArrayList<>();
        for (int id : ids) {
            if (of.contains(id)) {
                left.add(id);
            }
        }
        return left;
    }
}
