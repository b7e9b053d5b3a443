package org.jstap.ebpf.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.ProgramType;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.testing.ScriptedSystemCalls;
import org.jstap.ebpf.testing.TestPrograms;

/// Ways of attaching that the machine at hand may not have, without a kernel.
class LinkFactoryTest {

    private static final int PROGRAM_FD = 9;

    private final ScriptedSystemCalls sys =
            new ScriptedSystemCalls().always(SystemCallNumber.RT_SIGPROCMASK, 0).always(SystemCallNumber.CLOSE, 0);
    private final LinkFactory links = new LinkFactory(sys);

    private Program program() throws Exception {
        sys.then(SystemCallNumber.BPF, -Errno.EINVAL).then(SystemCallNumber.BPF, PROGRAM_FD);
        return new ProgramLoader(sys)
                .load(TestPrograms.of(ProgramType.KPROBE, "p", TestPrograms.threadId()), Map.of());
    }

    private void file(String path, String content) {
        sys.then(SystemCallNumber.OPENAT, arguments -> {
            assertThat(MemorySegment.ofAddress(arguments[1]).reinterpret(4096).getString(0)).isEqualTo(path);
            return 30;
        });
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        sys.then(SystemCallNumber.READ, arguments -> {
            MemorySegment.ofAddress(arguments[1]).reinterpret(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
            return bytes.length;
        });
        sys.then(SystemCallNumber.READ, 0);
    }

    private List<Long> closed() {
        return sys.calls().stream()
                .filter(call -> call.call() == SystemCallNumber.CLOSE && call.arguments().getFirst() != 30)
                .map(call -> call.arguments().getFirst())
                .toList();
    }

    @Test
    void opensAReturnProbeOfTheKindTheKernelNames() throws Exception {
        Program program = program();
        file("/sys/bus/event_source/devices/kprobe/type", "8\n");
        file("/sys/bus/event_source/devices/kprobe/format/retprobe", "config:3\n");
        sys.then(SystemCallNumber.PERF_EVENT_OPEN, arguments -> {
            MemorySegment attr = MemorySegment.ofAddress(arguments[0]).reinterpret(112);
            assertThat(attr.get(JAVA_LONG, 0)).isEqualTo(8 | 112L << 32);
            assertThat(attr.get(JAVA_LONG, 8)).isEqualTo(1 << 3);
            assertThat(MemorySegment.ofAddress(attr.get(JAVA_LONG, 56)).reinterpret(64).getString(0)).isEqualTo("vfs_read");
            return 40;
        });
        sys.then(SystemCallNumber.BPF, 41);
        Link link = links.attach(program, new LinkSpec.Kretprobe(new LinkSpec.Symbol("vfs_read"), 0, 0));
        assertThat(link.describe()).isEqualTo("kretprobe vfs_read");
        link.close();
        link.close();
        assertThat(closed()).containsExactly(41L, 40L);
    }

    @Test
    void usesTheIoctlWhereThereAreNoPerfLinks() throws Exception {
        Program program = program();
        file("/sys/bus/event_source/devices/kprobe/type", "8\n");
        sys.then(SystemCallNumber.PERF_EVENT_OPEN, 40)
                .then(SystemCallNumber.BPF, -Errno.EINVAL)
                .then(SystemCallNumber.IOCTL, arguments -> {
                    assertThat(arguments).startsWith(40, 0x40042408L, PROGRAM_FD);
                    return 0;
                })
                .then(SystemCallNumber.IOCTL, arguments -> {
                    assertThat(arguments).startsWith(40, 0x2400L);
                    return 0;
                });
        Link link = links.attach(program, new LinkSpec.Kprobe(new LinkSpec.Symbol("vfs_read"), 4, 0));
        assertThat(link.describe()).isEqualTo("kprobe vfs_read+0x4");
        link.close();
        assertThat(closed()).containsExactly(40L);
    }

    @Test
    void closesTheEventWhenACookieIsNotPossible() throws Exception {
        Program program = program();
        file("/sys/bus/event_source/devices/kprobe/type", "8\n");
        sys.then(SystemCallNumber.PERF_EVENT_OPEN, 40).then(SystemCallNumber.BPF, -Errno.EINVAL);
        assertThatThrownBy(() -> links.attach(program, new LinkSpec.Kprobe(new LinkSpec.Address(0x1234), 0, 7)))
                .isInstanceOf(AttachException.class)
                .hasMessage("cannot attach to kprobe 0x1234: bpf(BPF_LINK_CREATE) answered EINVAL (invalid argument):"
                        + " cookies need Linux 5.15");
        assertThat(closed()).containsExactly(40L);
    }

    @Test
    void tellsThatTheKernelHasNoKprobes() throws Exception {
        Program program = program();
        sys.then(SystemCallNumber.OPENAT, -Errno.ENOENT);
        assertThatThrownBy(() -> links.attach(program, new LinkSpec.Kprobe(new LinkSpec.Symbol("vfs_read"), 0, 0)))
                .hasMessageContaining("CONFIG_KPROBES");
    }

    @Test
    void passesAddressesAndCookiesOfManyFunctions() throws Exception {
        Program program = program();
        sys.then(SystemCallNumber.BPF, arguments -> {
            MemorySegment attr = MemorySegment.ofAddress(arguments[1]).reinterpret(arguments[2]);
            assertThat(attr.get(JAVA_LONG, 16)).as("flags and count").isEqualTo(1 | 2L << 32);
            assertThat(attr.get(JAVA_LONG, 24)).as("names").isZero();
            MemorySegment addresses = MemorySegment.ofAddress(attr.get(JAVA_LONG, 32)).reinterpret(16);
            MemorySegment cookies = MemorySegment.ofAddress(attr.get(JAVA_LONG, 40)).reinterpret(16);
            assertThat(addresses.toArray(JAVA_LONG)).containsExactly(0x1000, 0x2000);
            assertThat(cookies.toArray(JAVA_LONG)).containsExactly(1, 2);
            return 41;
        });
        LinkSpec spec = new LinkSpec.KprobeMulti(
                List.of(
                        new LinkSpec.Target(new LinkSpec.Address(0x1000), 1),
                        new LinkSpec.Target(new LinkSpec.Address(0x2000), 2)),
                true,
                false);
        assertThat(links.attach(program, spec).describe()).isEqualTo("kretprobe.multi 2 functions");
    }

    @Test
    void takesTheNextPriorityOfAHookThatIsFree() throws Exception {
        Program program = program();
        List<Integer> asked = new ArrayList<>();
        for (long answer : new long[] {-Errno.EBUSY, -Errno.EBUSY, 41}) {
            sys.then(SystemCallNumber.BPF, arguments -> {
                MemorySegment attr = MemorySegment.ofAddress(arguments[1]).reinterpret(arguments[2]);
                assertThat(attr.get(JAVA_INT, 16)).as("family").isEqualTo(2);
                assertThat(attr.get(JAVA_INT, 20)).as("hook").isEqualTo(1);
                asked.add(attr.get(JAVA_INT, 24));
                return answer;
            });
        }
        Link link = links.attach(program, new LinkSpec.Netfilter(2, 1, -100));
        assertThat(asked).containsExactly(-100, -99, -98);
        link.close();
        assertThat(closed()).containsExactly(41L);
    }

    @Test
    void mountsTheTracingFileSystemForItselfAlone() throws Exception {
        sys.then(SystemCallNumber.OPENAT, -Errno.ENOENT)
                .then(SystemCallNumber.OPENAT, -Errno.ENOENT)
                .then(SystemCallNumber.FSOPEN, 50)
                .then(SystemCallNumber.FSCONFIG, 0)
                .then(SystemCallNumber.FSMOUNT, 51);
        TraceFs traceFs = links.traceFs();
        file("events/sched/sched_switch/id", "314\n");
        assertThat(traceFs.eventId("sched", "sched_switch")).isEqualTo(314);
        assertThat(links.traceFs()).isSameAs(traceFs);
        links.close();
        assertThat(closed()).containsExactly(50L, 51L);
    }

    @Test
    void tellsThatTheTracingFileSystemMayNotBeMounted() {
        sys.then(SystemCallNumber.OPENAT, -Errno.ENOENT)
                .then(SystemCallNumber.OPENAT, -Errno.ENOENT)
                .then(SystemCallNumber.FSOPEN, -Errno.EPERM);
        assertThatThrownBy(links::traceFs)
                .isInstanceOf(AttachException.class)
                .hasMessageContaining("fsopen answered EPERM")
                .hasMessageContaining("CAP_SYS_ADMIN");
    }

    @Test
    void closesWhatWasOpenedBeforeAProcessorRefused() throws Exception {
        Program program = program();
        file("/sys/devices/system/cpu/online", "0-1\n");
        sys.then(SystemCallNumber.PERF_EVENT_OPEN, 40)
                .then(SystemCallNumber.BPF, 41)
                .then(SystemCallNumber.PERF_EVENT_OPEN, -Errno.ENODEV);
        LinkSpec spec = new LinkSpec.PerfEvent(0, 0, new LinkSpec.Period(1000), -1, -1, 0);
        assertThatThrownBy(() -> links.attach(program, spec))
                .hasMessageContaining("hardware counter 0, every 1000 counts on processor 1");
        assertThat(closed()).containsExactly(41L, 40L);
    }
}
