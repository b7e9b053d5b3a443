package org.jstap.ebpf.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.ebpf.map.Cpus;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.sys.SystemCalls;

/// Attaches programs as a specification says. Holds the tracing file system open once it was needed.
public final class LinkFactory implements AutoCloseable {

    private final SystemCalls sys;
    private final EventSource kprobes;
    private final EventSource uprobes;
    private Optional<TraceFs> traceFs = Optional.empty();

    public LinkFactory(SystemCalls sys) {
        this.sys = sys;
        this.kprobes = PerfKprobeLink.source(sys);
        this.uprobes = UprobeLink.source(sys);
    }

    /// Attaches a program.
    ///
    /// @return the link, the caller's to close
    /// @throws AttachException if the kernel refuses
    public Link attach(Program program, LinkSpec spec) throws AttachException {
        // A chain of tests and no switch over patterns: its bootstrap would cost more than everything else here.
        if (spec instanceof LinkSpec.RawTracepoint raw) {
            return RawTracepointLink.attach(sys, program, raw.name(), raw.cookie());
        }
        if (spec instanceof LinkSpec.BtfTracepoint typed) {
            return TracingLink.attach(sys, program, "tp_btf " + typed.name(), typed.cookie());
        }
        if (spec instanceof LinkSpec.TraceEvent event) {
            int id = traceFs().eventId(event.category(), event.name());
            return TraceEventLink.attach(sys, program, event.category(), event.name(), id, event.cookie());
        }
        if (spec instanceof LinkSpec.PerfEvent event) {
            return perfEvent(program, event);
        }
        if (spec instanceof LinkSpec.Watchpoint watch) {
            return PerfEventLink.watch(
                    sys, program, watch.address(), watch.length(), watch.reads(), Cpus.online(sys), watch.cookie());
        }
        if (spec instanceof LinkSpec.Netfilter hook) {
            return NetfilterLink.attach(sys, program, hook);
        }
        return attachToFunction(program, spec);
    }

    /// Whether the kernel lets a place be probed by a kprobe, as far as it can tell before there is a program.
    ///
    /// @throws AttachException if it refuses
    public void check(LinkSpec spec) throws AttachException {
        boolean atReturn = spec instanceof LinkSpec.Kretprobe;
        LinkSpec.Location location =
                spec instanceof LinkSpec.Kretprobe probe ? probe.location() : ((LinkSpec.Kprobe) spec).location();
        long offset = spec instanceof LinkSpec.Kprobe probe ? probe.offset() : 0;
        if (location instanceof LinkSpec.Address(long address)) {
            PerfKprobeLink.check(sys, kprobes, address + offset, atReturn);
        } else {
            PerfKprobeLink.check(sys, kprobes, ((LinkSpec.Symbol) location).name(), offset, atReturn);
        }
    }

    private Link attachToFunction(Program program, LinkSpec spec) throws AttachException {
        if (spec instanceof LinkSpec.Fentry entry) {
            return TracingLink.attach(sys, program, "fentry " + entry.function(), entry.cookie());
        }
        if (spec instanceof LinkSpec.Fexit exit) {
            return TracingLink.attach(sys, program, "fexit " + exit.function(), exit.cookie());
        }
        if (spec instanceof LinkSpec.Kprobe probe) {
            return kprobe(program, probe.location(), probe.offset(), false, probe.cookie());
        }
        if (spec instanceof LinkSpec.Kretprobe probe) {
            // A perf event has no field for maxActive: the kernel takes twice its number of processors, at least 10.
            return kprobe(program, probe.location(), 0, true, probe.cookie());
        }
        if (spec instanceof LinkSpec.KprobeMulti multi) {
            return kprobeMulti(program, multi);
        }
        if (spec instanceof LinkSpec.Uprobe u) {
            return UprobeLink.attach(
                    sys, uprobes, program, u.path(), u.offset(), u.pid(), u.ret(), u.semaphoreOffset(), u.cookie());
        }
        if (spec instanceof LinkSpec.UprobeMulti u) {
            return UprobeMultiLink.attach(sys, program, u.path(), u.targets(), u.ret(), u.pid());
        }
        throw new IllegalArgumentException("no class attaches " + spec.getClass().getSimpleName());
    }

    /// The tracing file system, opened by the first who needs it; it stays this object's.
    ///
    /// @throws AttachException if it is not mounted and may not be
    public synchronized TraceFs traceFs() throws AttachException {
        if (traceFs.isEmpty()) {
            traceFs = Optional.of(TraceFs.open(sys));
        }
        return traceFs.get();
    }

    private Link kprobe(Program program, LinkSpec.Location location, long offset, boolean atReturn, long cookie)
            throws AttachException {
        if (location instanceof LinkSpec.Address(long address)) {
            return PerfKprobeLink.attach(sys, kprobes, program, address + offset, atReturn, cookie);
        }
        String name = ((LinkSpec.Symbol) location).name();
        return PerfKprobeLink.attach(sys, kprobes, program, name, offset, atReturn, cookie);
    }

    private Link kprobeMulti(Program program, LinkSpec.KprobeMulti multi) throws AttachException {
        int count = multi.targets().size();
        long[] cookies = new long[count];
        long[] addresses = new long[count];
        List<String> symbols = new ArrayList<>();
        boolean anyCookie = false;
        for (int i = 0; i < count; i++) {
            cookies[i] = multi.targets().get(i).cookie();
            anyCookie |= cookies[i] != 0;
            if (multi.targets().get(i).location() instanceof LinkSpec.Symbol(String name)) {
                symbols.add(name);
            } else if (multi.targets().get(i).location() instanceof LinkSpec.Address(long address)) {
                addresses[i] = address;
            }
        }
        long[] given = anyCookie ? cookies : new long[0];
        return symbols.isEmpty()
                ? KprobeMultiLink.attach(sys, program, addresses, given, multi.ret())
                : KprobeMultiLink.attach(sys, program, symbols, given, multi.ret());
    }

    private Link perfEvent(Program program, LinkSpec.PerfEvent event) throws AttachException {
        boolean everywhere = event.cpu() == -1 && event.pid() == -1;
        int[] cpus = everywhere ? Cpus.online(sys) : new int[] {event.cpu()};
        boolean frequency = event.sampling() instanceof LinkSpec.Frequency;
        long rate = event.sampling() instanceof LinkSpec.Frequency(long hertz)
                ? hertz
                : ((LinkSpec.Period) event.sampling()).events();
        return PerfEventLink.attach(
                sys, program, event.type(), event.config(), rate, frequency, event.pid(), cpus, event.cookie());
    }

    @Override
    public synchronized void close() {
        if (traceFs.isPresent()) {
            traceFs.get().close();
        }
    }
}
