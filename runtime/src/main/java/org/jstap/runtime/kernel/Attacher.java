package org.jstap.runtime.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.ebpf.feature.FeatureTests;
import org.jstap.ebpf.link.AttachException;
import org.jstap.ebpf.link.Link;
import org.jstap.ebpf.link.LinkFactory;
import org.jstap.ebpf.link.Links;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.prog.ProgramRejected;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.sys.SystemCalls;

/** Loads and attaches the sites of a group by the first mechanism that works, and explains where none does. */
final class Attacher implements AutoCloseable {
    private final KernelTarget target;
    private final Map<String, KernelMap> maps;
    private final ProgramLoader loader;
    private final LinkFactory links;
    private final FeatureTests features;

    Attacher(SystemCalls sys, KernelTarget target, Map<String, KernelMap> maps) {
        this.target = target;
        this.maps = maps;
        this.loader = new ProgramLoader(sys);
        this.links = new LinkFactory(sys);
        this.features = new FeatureTests(sys);
    }

    /**
     * Attaches a group.
     *
     * @param attach whether to attach at all, or only to load
     */
    Attachment attach(SiteGroup group, boolean attach) throws AttachFailure {
        List<AttachFailure.Attempt> attempts = new ArrayList<>();
        Set<String> reasons = new LinkedHashSet<>();
        Mechanism refusedKind = null;
        for (Mechanism mechanism : group.mechanisms()) {
            if (isReading(mechanism) && refusedKind != typedTwin(mechanism)) {
                continue;
            }
            List<Program> programs = new ArrayList<>();
            List<Link> made = new ArrayList<>();
            try {
                load(group, mechanism, programs);
                if (attach) {
                    link(group, mechanism, programs, made);
                }
                return new Attachment(group, mechanism, programs, made);
            } catch (ProgramRejected e) {
                if (!e.log().isEmpty()) {
                    refusedKind = mechanism;
                }
                attempts.add(new AttachFailure.Attempt(mechanism.text(), refusal(e), !e.log().isEmpty()));
                explain(group, mechanism, reasons);
            } catch (AttachException e) {
                attempts.add(new AttachFailure.Attempt(mechanism.text(), e.getMessage(), false));
                explain(group, mechanism, reasons);
            } catch (KernelUnsupported e) {
                attempts.add(new AttachFailure.Attempt(mechanism.text(), e.getMessage(), false));
            }
            Links.closeAll(made);
            programs.forEach(Program::close);
        }
        throw new AttachFailure(group, attempts, List.copyOf(reasons));
    }

    private static boolean isReading(Mechanism mechanism) {
        return typedTwin(mechanism) != mechanism;
    }

    /** Reading by helper helps only where the verifier did not follow the types. */
    private static Mechanism typedTwin(Mechanism mechanism) {
        return switch (mechanism) {
            case BTF_TRACEPOINT_READING -> Mechanism.BTF_TRACEPOINT;
            case FENTRY_READING -> Mechanism.FENTRY;
            case FEXIT_READING -> Mechanism.FEXIT;
            default -> mechanism;
        };
    }

    private void load(SiteGroup group, Mechanism mechanism, List<Program> programs) throws ProgramRejected {
        if (!mechanism.onePerSite()) {
            programs.add(loader.load(target.emit(group, mechanism, group.sites().getFirst()), maps));
            return;
        }
        for (int site : group.sites()) {
            programs.add(loader.load(target.emit(group, mechanism, site), maps));
        }
    }

    private void link(SiteGroup group, Mechanism mechanism, List<Program> programs, List<Link> made) throws AttachException {
        List<LinkSpec> specs = target.links(group, mechanism);
        for (int i = 0; i < specs.size(); i++) {
            made.add(links.attach(programs.get(programs.size() == 1 ? 0 : i), specs.get(i)));
        }
    }

    private static String refusal(ProgramRejected e) {
        StringBuilder text = new StringBuilder(e.getMessage());
        for (String line : e.log().lastLines(4)) {
            text.append("\n    ").append(line);
        }
        return text.toString();
    }

    private void explain(SiteGroup group, Mechanism mechanism, Set<String> reasons) {
        List<LinkSpec> specs = target.links(group, mechanism);
        if (!specs.isEmpty()) {
            features.explain(specs.getFirst()).ifPresent(reasons::add);
        }
    }

    @Override
    public void close() {
        links.close();
    }
}
