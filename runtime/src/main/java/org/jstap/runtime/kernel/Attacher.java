package org.jstap.runtime.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.ebpf.feature.FeatureTests;
import org.jstap.ebpf.link.LinkFactory;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.sys.SystemCalls;

/** Loads and attaches the sites of a group by the first mechanisms that work, and explains where none does. */
final class Attacher implements AutoCloseable {
    private final KernelTarget target;
    private final Map<String, KernelMap> maps;
    private final ProgramLoader loader;
    private final LinkFactory links;
    private final FeatureTests features;
    private final TraceableFunctions traceable;
    private final AttachTimes times;
    private final ProgramsAhead ahead;

    Attacher(SystemCalls sys, KernelTarget target, Map<String, KernelMap> maps, TraceableFunctions traceable,
             AttachTimes times) {
        this.target = target;
        this.maps = maps;
        this.loader = new ProgramLoader(sys);
        this.links = new LinkFactory(sys);
        this.features = new FeatureTests(sys);
        this.traceable = traceable;
        this.times = times;
        this.ahead = new ProgramsAhead(maps, loader, times);
    }

    /**
     * What came of attaching a group.
     *
     * @param attachments of its sites, by one mechanism or by several
     * @param leftOut     sites that the kernel does not let be probed
     */
    record Result(List<Attachment> attachments, List<Integer> leftOut) { }

    /** Begins to load what will be attached. */
    void begin() {
        ahead.begin(target);
    }

    /** All groups have had their turn. */
    void finish() {
        ahead.close();
    }

    /**
     * Attaches a group: as many of its sites as can be probed.
     *
     * @param attach whether to attach at all, or only to load
     * @throws AttachFailure if none can
     */
    Result attach(SiteGroup group, boolean attach) throws AttachFailure {
        SiteLinker linker = new SiteLinker(target, maps, loader, ahead, links, traceable, attach, times);
        List<Attachment> attachments = new ArrayList<>();
        List<AttachFailure.Attempt> attempts = new ArrayList<>();
        List<Mechanism> refused = new ArrayList<>();
        SiteGroup left = group;
        for (Mechanism mechanism : group.mechanisms()) {
            boolean late = mechanism.onePerSite() && !attachments.isEmpty();
            if (left.sites().isEmpty() || late || isReading(mechanism) && !lastIsDefect(refused, attempts, typedTwin(mechanism))) {
                continue;
            }
            SiteLinker.Outcome outcome = linker.attempt(left, mechanism);
            if (!outcome.sites().isEmpty()) {
                attachments.add(new Attachment(new SiteGroup(group.handler(), outcome.sites(), group.mechanisms()), mechanism,
                        outcome.programs(), outcome.links()));
                left = without(left, outcome.sites());
            }
            if (outcome.refusal().isPresent()) {
                attempts.add(outcome.refusal().get());
                refused.add(mechanism);
            }
        }
        if (attachments.isEmpty()) {
            throw new AttachFailure(group, attempts, reasons(group, refused));
        }
        return new Result(attachments, left.sites());
    }

    private static SiteGroup without(SiteGroup group, List<Integer> sites) {
        List<Integer> left = new ArrayList<>(group.sites());
        left.removeAll(new HashSet<>(sites));
        return new SiteGroup(group.handler(), left, group.mechanisms());
    }

    private static boolean isReading(Mechanism mechanism) {
        return typedTwin(mechanism) != mechanism;
    }

    /** Reading by helper helps only where the verifier did not follow the types. */
    private static Mechanism typedTwin(Mechanism mechanism) {
        return switch (mechanism) {
            case BTF_TRACEPOINT_READING -> Mechanism.BTF_TRACEPOINT;
            case FENTRY_READING -> Mechanism.FENTRY;
            case NETFILTER_READING -> Mechanism.NETFILTER;
            case FEXIT_READING -> Mechanism.FEXIT;
            default -> mechanism;
        };
    }

    private static boolean lastIsDefect(List<Mechanism> refused, List<AttachFailure.Attempt> attempts, Mechanism wanted) {
        return !refused.isEmpty() && refused.getLast() == wanted && attempts.getLast().defect();
    }

    private List<String> reasons(SiteGroup group, List<Mechanism> refused) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Mechanism mechanism : refused) {
            List<LinkSpec> specs = target.links(group, mechanism);
            if (!specs.isEmpty()) {
                features.explain(specs.getFirst()).ifPresent(reasons::add);
            }
        }
        return List.copyOf(reasons);
    }

    @Override
    public void close() {
        ahead.close();
        links.close();
    }
}
