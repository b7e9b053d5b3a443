package org.jstap.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.compiler.kernel.emit.Mechanism;
import org.jstap.compiler.kernel.emit.SiteGroup;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.prog.Program;
import org.jstap.ebpf.prog.ProgramLoader;
import org.jstap.ebpf.prog.ProgramRejected;
import org.jstap.ebpf.spec.ProgramSpec;

/**
 * Programs that other threads have the kernel check while the session's thread loads and attaches those before them: the last ones
 * first, until both meet. It is likely that they are wanted: each is what a group of sites is tried with first.
 */
final class ProgramsAhead implements AutoCloseable, Runnable {
    /** For fewer programs a thread is not worth it. */
    private static final int WORTHWHILE = 2;

    private final Map<String, KernelMap> maps;
    private final ProgramLoader loader;
    private final AttachTimes times;
    private final List<Job> jobs = new ArrayList<>();
    private boolean closed;

    private static final class Job {
        private final int handler;
        private final Mechanism mechanism;
        private final int site;
        private final ProgramSpec spec;
        private boolean begun;
        private boolean taken;
        private Optional<Program> program = Optional.empty();
        private Optional<ProgramRejected> rejected = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();

        Job(int handler, Mechanism mechanism, int site, ProgramSpec spec) {
            this.handler = handler;
            this.mechanism = mechanism;
            this.site = site;
            this.spec = spec;
        }

        boolean isDone() {
            return program.isPresent() || rejected.isPresent() || failure.isPresent();
        }
    }

    ProgramsAhead(Map<String, KernelMap> maps, ProgramLoader loader, AttachTimes times) {
        this.maps = maps;
        this.loader = loader;
        this.times = times;
    }

    /** Begins, where there is another processor and enough to do. Programs are made here, on the thread that calls. */
    void begin(KernelTarget target) {
        int helpers = Runtime.getRuntime().availableProcessors() - 1;
        List<SiteGroup> groups = target.groups();
        if (helpers == 0 || groups.size() < WORTHWHILE) {
            return;
        }
        long began = System.nanoTime();
        for (SiteGroup group : groups) {
            Mechanism first = group.mechanisms().getFirst();
            int site = group.sites().getFirst();
            try {
                if (!first.onePerSite() || group.sites().size() == 1 && group.isPossible(first, site)) {
                    jobs.add(new Job(group.handler().id(), first, site, target.emit(group, first, site)));
                }
            } catch (KernelUnsupported _) {
                // Whoever attaches the group meets it again, and reports it.
                continue;
            }
        }
        times.add(AttachTimes.Share.EMIT, began);
        for (int i = 0; i < Math.min(helpers, jobs.size() / 2); i++) {
            Thread thread = new Thread(this, "programs");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        boolean accepted = true;
        for (int i = jobs.size() - 1; i >= 0 && accepted; i--) {
            Job job = jobs.get(i);
            if (claim(job)) {
                // Where one is refused the others may be too, and each refusal is verified twice for the sake of the message.
                accepted = load(job);
            }
        }
    }

    private synchronized boolean claim(Job job) {
        boolean mine = !closed && !job.begun;
        job.begun |= mine;
        return mine;
    }

    private boolean load(Job job) {
        Optional<Program> program = Optional.empty();
        Optional<ProgramRejected> rejected = Optional.empty();
        Optional<RuntimeException> failure = Optional.empty();
        long began = System.nanoTime();
        try {
            program = Optional.of(loader.load(job.spec, maps));
        } catch (ProgramRejected e) {
            rejected = Optional.of(e);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
        times.add(AttachTimes.Share.LOAD, began);
        synchronized (this) {
            job.program = program;
            job.rejected = rejected;
            job.failure = failure;
            notifyAll();
        }
        return program.isPresent();
    }

    /**
     * The program of a group that is tried by its first mechanism; the caller's to close. Waits where it is being loaded.
     *
     * @return empty where it is not one of these
     */
    Optional<Program> take(SiteGroup group, Mechanism mechanism, int site) throws ProgramRejected {
        for (Job job : jobs) {
            if (!job.taken && job.handler == group.handler().id() && job.mechanism == mechanism && job.site == site) {
                job.taken = true;
                return Optional.of(finished(job));
            }
        }
        return Optional.empty();
    }

    private Program finished(Job job) throws ProgramRejected {
        if (claim(job)) {
            load(job);
        }
        await(job);
        if (job.failure.isPresent()) {
            throw job.failure.get();
        }
        if (job.rejected.isPresent()) {
            throw job.rejected.get();
        }
        return job.program.orElseThrow();
    }

    private synchronized void await(Job job) {
        boolean interrupted = false;
        while (!job.isDone()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes what nobody has taken. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Job job : jobs) {
            if (job.begun && !job.taken) {
                job.taken = true;
                await(job);
                job.program.ifPresent(Program::close);
            }
        }
    }
}
