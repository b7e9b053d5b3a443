package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.PerfEventAttr;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;

/// Counters that run no program and are read by programs: one on each of some processors, each in the element of an array that has
/// its processor's number (bpf_perf_event_read, Linux 4.3).
public final class PerfCounterEvents implements AutoCloseable {

    private final List<Fd> events = new ArrayList<>();

    private PerfCounterEvents() {}

    /// Opens counters and puts them into an array.
    ///
    /// @param array of the type PERF_EVENT_ARRAY
    /// @param cpus the processors, each of which must be running
    public static PerfCounterEvents open(SystemCalls sys, KernelMap array, int type, long config, int[] cpus)
            throws AttachException {
        PerfCounterEvents opened = new PerfCounterEvents();
        boolean complete = false;
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttr attr = new PerfEventAttr(arena, type, config);
            for (int cpu : cpus) {
                opened.add(sys, array, attr, PerfEventLink.name(type, config) + " on processor " + cpu, cpu);
            }
            complete = true;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
        return opened;
    }

    private void add(SystemCalls sys, KernelMap array, PerfEventAttr attr, String target, int cpu) throws AttachException {
        long event = attr.open(sys, -1, cpu);
        if (SystemCalls.failed(event)) {
            throw new AttachException(target, "perf_event_open", (int) -event, PerfEventLink.why((int) -event));
        }
        events.add(new Fd(sys, (int) event));
        try {
            array.update(number(cpu), number((int) event));
        } catch (SystemCallException e) {
            throw new AttachException(target, "bpf(BPF_MAP_UPDATE_ELEM)", e.errno(), "programs cannot read counters of this kind");
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    @Override
    public void close() {
        for (Fd event : events) {
            event.close();
        }
        events.clear();
    }
}
