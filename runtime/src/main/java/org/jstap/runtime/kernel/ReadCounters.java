package org.jstap.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jstap.compiler.kernel.emit.CounterPrograms;
import org.jstap.compiler.kernel.emit.Counters;
import org.jstap.ebpf.link.AttachException;
import org.jstap.ebpf.link.Link;
import org.jstap.ebpf.link.LinkFactory;
import org.jstap.ebpf.link.PerfCounterEvents;
import org.jstap.ebpf.map.Cpus;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.prog.ProgramRejected;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.runtime.Complaints;

/** The counters that handlers read: open, and with the programs that share out between tasks what they count. */
final class ReadCounters implements AutoCloseable {
    private final SystemCalls sys;
    private final Counters counters;
    private final Map<String, KernelMap> maps;
    private final List<PerfCounterEvents> events = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    ReadCounters(SystemCalls sys, Counters counters, Map<String, KernelMap> maps) {
        this.sys = sys;
        this.counters = counters;
        this.maps = maps;
    }

    /**
     * Tells what does not work.
     *
     * @param attach whether to count, or only to load the programs
     * @return whether all do
     */
    boolean start(Complaints complaints, boolean attach) {
        if (attach && !open(complaints)) {
            return false;
        }
        try (LinkFactory factory = new LinkFactory(sys)) {
            ProgramLoader loader = new ProgramLoader(sys);
            for (CounterPrograms.Companion companion : counters.companions()) {
                Program program = loader.load(companion.program(), maps);
                programs.add(program);
                if (attach) {
                    links.add(factory.attach(program, companion.link()));
                }
            }
            return true;
        } catch (ProgramRejected | AttachException e) {
            complaints.error("counters cannot be followed from task to task, which @perf needs (at "
                    + counters.all().getFirst().used().position() + "): " + e.getMessage());
            return false;
        }
    }

    private boolean open(Complaints complaints) {
        for (Counters.Counter counter : counters.all()) {
            try {
                events.add(PerfCounterEvents.open(sys, maps.get(counter.map()), counter.type(), counter.config(), Cpus.online(sys)));
            } catch (AttachException e) {
                complaints.error("the counter that is read at " + counter.used().position() + " cannot be opened: " + e.target()
                        + ": " + e.tried() + " answered " + Errno.describe(e.errno())
                        + (e.reason().isEmpty() ? "" : ": " + e.reason()));
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        for (Link link : links) {
            link.close();
        }
        links.clear();
        programs.forEach(Program::close);
        programs.clear();
        events.forEach(PerfCounterEvents::close);
        events.clear();
    }
}
