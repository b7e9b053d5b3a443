package org.jstap.runtime.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.link.AttachException;
import org.jstap.ebpf.link.Link;
import org.jstap.ebpf.link.LinkFactory;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.prog.ProgramRejected;
import org.jstap.ebpf.spec.LinkSpec;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.sys.Errno;

/** Attaches the sites of a group by one mechanism: all of them, or those among them that the kernel lets be probed. */
final class SiteLinker {
    /** Calls spent on finding out which functions of a list the kernel refuses. */
    private static final int MOST_SPLITS = 64;
    /** Functions that are tried before it is believed that the kernel refuses all of their kind. */
    private static final int SAMPLES = 8;

    private final KernelTarget target;
    private final Map<String, KernelMap> maps;
    private final ProgramLoader loader;
    private final ProgramsAhead ahead;
    private final LinkFactory links;
    private final TraceableFunctions traceable;
    private final boolean attach;
    private final AttachTimes times;

    /** @param attach whether to attach at all, or only to load */
    SiteLinker(KernelTarget target, Map<String, KernelMap> maps, ProgramLoader loader, ProgramsAhead ahead,
               LinkFactory links, TraceableFunctions traceable, boolean attach, AttachTimes times) {
        this.target = target;
        this.maps = maps;
        this.loader = loader;
        this.ahead = ahead;
        this.links = links;
        this.traceable = traceable;
        this.attach = attach;
        this.times = times;
    }

    /**
     * What came of it. The caller closes programs and links.
     *
     * @param sites   those that are attached now
     * @param refusal the first answer that was no; present if a site is not attached
     */
    record Outcome(List<Integer> sites, List<Program> programs, List<Link> links, Optional<AttachFailure.Attempt> refusal) { }

    Outcome attempt(SiteGroup group, Mechanism mechanism) {
        Trial trial = new Trial(group, mechanism);
        try {
            if (mechanism.onePerSite()) {
                trial.programForEach();
            } else {
                trial.oneProgram();
            }
        } catch (ProgramRejected e) {
            trial.refused(e);
        } catch (KernelUnsupported e) {
            trial.refused(e.getMessage(), false);
        }
        return trial.outcome();
    }

    /** One mechanism on one group. */
    private final class Trial {
        private final SiteGroup group;
        private final Mechanism mechanism;
        private final List<Integer> sites = new ArrayList<>();
        private final List<Program> programs = new ArrayList<>();
        private final List<Link> made = new ArrayList<>();
        private Optional<AttachFailure.Attempt> refusal = Optional.empty();
        private int splits = MOST_SPLITS;

        Trial(SiteGroup group, Mechanism mechanism) {
            this.group = group;
            this.mechanism = mechanism;
        }

        Outcome outcome() {
            if (sites.isEmpty()) {
                programs.forEach(Program::close);
                programs.clear();
            }
            return new Outcome(sites, programs, made, refusal);
        }

        void refused(String answer, boolean defect) {
            if (refusal.isEmpty()) {
                refusal = Optional.of(new AttachFailure.Attempt(mechanism.text(), answer, defect));
            }
        }

        void refused(ProgramRejected e) {
            StringBuilder text = new StringBuilder(e.getMessage());
            for (String line : e.log().lastLines(4)) {
                if (!line.equals(e.log().verdict())) {
                    text.append("\n    ").append(line);
                }
            }
            refused(text.toString(), !e.log().isEmpty() && !e.log().isBeforeCode());
        }

        private Program load(int site) throws ProgramRejected {
            Optional<Program> loaded = ahead.take(group, mechanism, site);
            if (loaded.isPresent()) {
                return loaded.get();
            }
            long began = System.nanoTime();
            ProgramSpec spec = target.emit(group, mechanism, site);
            times.add(AttachTimes.Share.EMIT, began);
            began = System.nanoTime();
            try {
                return loader.load(spec, maps);
            } finally {
                times.add(AttachTimes.Share.LOAD, began);
            }
        }

        private Link link(Program program, LinkSpec spec) throws AttachException {
            long began = System.nanoTime();
            try {
                return links.attach(program, spec);
            } finally {
                times.add(AttachTimes.Share.LINK, began);
            }
        }

        private boolean listIsExact() {
            long began = System.nanoTime();
            boolean exact = traceable.isExact();
            times.add(AttachTimes.Share.LIST, began);
            return exact;
        }

        void programForEach() throws ProgramRejected {
            for (int site : group.sites()) {
                SiteGroup one = part(List.of(site));
                if (!group.isPossible(mechanism, site)) {
                    refused("the kernel's type information (BTF) does not describe " + one.handler().sites().get(site).text(), false);
                    continue;
                }
                try {
                    Program program = load(site);
                    programs.add(program);
                    if (attach) {
                        for (LinkSpec spec : target.links(one, mechanism)) {
                            made.add(link(program, spec));
                        }
                    }
                    sites.add(site);
                } catch (ProgramRejected e) {
                    if (!e.log().isBeforeCode()) {
                        throw e;
                    }
                    refused(e);
                } catch (AttachException e) {
                    programs.removeLast().close();
                    refused(e.getMessage(), false);
                    if (concernsAll(e)) {
                        return;
                    }
                }
            }
        }

        void oneProgram() throws ProgramRejected {
            if (attach && refusesAll()) {
                return;
            }
            programs.add(load(group.sites().getFirst()));
            if (!attach) {
                sites.addAll(group.sites());
                return;
            }
            if (mechanism.oneLink()) {
                oneLink();
            } else {
                linkForEach();
            }
        }

        /**
         * As it is usually built, the kernel refuses all functions that ftrace does not hook, which may be thousands: that is found
         * out by some of them, before a program is made.
         */
        private boolean refusesAll() {
            boolean function = mechanism == Mechanism.KPROBE || mechanism == Mechanism.KRETPROBE;
            if (!function || !listIsExact() || !able().isEmpty()) {
                return false;
            }
            int step = Math.max(1, group.sites().size() / SAMPLES);
            for (int i = 0; i < group.sites().size(); i += step) {
                long began = System.nanoTime();
                try {
                    links.check(target.links(part(List.of(group.sites().get(i))), mechanism).getFirst());
                    return false;
                } catch (AttachException e) {
                    refused(e.getMessage(), false);
                } finally {
                    times.add(AttachTimes.Share.LINK, began);
                }
            }
            return true;
        }

        private void linkForEach() {
            List<Integer> hooked = group.sites();
            List<Integer> others = List.of();
            if (hooked.size() > MOST_SPLITS && !mechanism.userSpace() && listIsExact()) {
                hooked = able();
                others = new ArrayList<>(group.sites());
                others.removeAll(new HashSet<>(hooked));
            }
            for (int site : hooked) {
                if (!linked(site)) {
                    return;
                }
            }
            linkOthers(others);
        }

        /** As {@link #refusesAll}, where others are hooked. */
        private void linkOthers(List<Integer> others) {
            int before = sites.size();
            int step = Math.max(1, others.size() / SAMPLES);
            for (int i = 0; i < others.size(); i += step) {
                if (!linked(others.get(i))) {
                    return;
                }
            }
            for (int i = 0; i < others.size() && sites.size() > before; i++) {
                if (i % step != 0 && !linked(others.get(i))) {
                    return;
                }
            }
        }

        /** Returns whether there is any use in going on. */
        private boolean linked(int site) {
            try {
                made.add(link(programs.getFirst(), target.links(part(List.of(site)), mechanism).getFirst()));
                sites.add(site);
            } catch (AttachException e) {
                refused(e.getMessage(), false);
                return !concernsAll(e);
            }
            return true;
        }

        /** The kernel refuses a list as a whole and does not say for which function. */
        private void oneLink() {
            boolean known = group.sites().size() > TraceableFunctions.FEW && !mechanism.userSpace() && listIsExact();
            if (!known && (linked(group.sites()) || group.sites().size() == 1 || splits == 0)) {
                return;
            }
            List<Integer> able = mechanism.userSpace() ? group.sites() : able();
            if (able.size() < group.sites().size()) {
                refused("it cannot hook every function of the list", false);
            }
            boolean refusedAlready = !known && able.size() == group.sites().size();
            if (!able.isEmpty() && (refusedAlready || !linked(able))) {
                split(able);
            }
        }

        private boolean linked(List<Integer> some) {
            try {
                made.add(link(programs.getFirst(), target.links(part(some), mechanism).getFirst()));
                sites.addAll(some);
                return true;
            } catch (AttachException e) {
                refused(e.getMessage(), false);
                splits = concernsAll(e) ? 0 : splits;
                return false;
            }
        }

        private List<Integer> able() {
            List<Integer> able = new ArrayList<>();
            long began = System.nanoTime();
            for (int site : group.sites()) {
                if (!(group.handler().sites().get(site) instanceof ProbeSite.KernelFunction function)
                        || traceable.contains(function, links).orElse(true)) {
                    able.add(site);
                }
            }
            times.add(AttachTimes.Share.LIST, began);
            return able;
        }

        private void split(List<Integer> refusedList) {
            int middle = refusedList.size() / 2;
            if (middle == 0) {
                return;
            }
            for (List<Integer> half : List.of(refusedList.subList(0, middle), refusedList.subList(middle, refusedList.size()))) {
                if (splits > 0) {
                    splits--;
                    if (!linked(half)) {
                        split(half);
                    }
                }
            }
        }

        private SiteGroup part(List<Integer> some) {
            return new SiteGroup(group.handler(), some, group.mechanisms());
        }
    }

    /** Whether the answer would be the same for every function. */
    private static boolean concernsAll(AttachException e) {
        return switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES, Errno.ENOSYS, Errno.EMFILE, Errno.ENOMEM -> true;
            case Errno.EOPNOTSUPP -> e.tried().startsWith("bpf(");
            default -> false;
        };
    }
}
