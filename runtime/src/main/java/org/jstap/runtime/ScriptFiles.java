package org.jstap.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.Lifecycle;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.runtime.procfs.FuseServer;
import org.jstap.runtime.procfs.ProcfsMount;

/** The files of a script's {@code procfs} probes, standard input where it has probes of that, and the text of the one whose handler runs. For the session's thread. */
final class ScriptFiles implements AutoCloseable {
    private final List<Site> sites = new ArrayList<>();
    /** Those of standard input. */
    private final List<Site> inputSites = new ArrayList<>();
    private final String name;
    private final Limits limits;
    private final StringBuilder text = new StringBuilder();
    private int capacity;
    private Optional<ProcfsMount> mount = Optional.empty();
    private Optional<StandardInput> input = Optional.empty();
    private final StringBuilder line = new StringBuilder();

    private record Site(ProbeSite.ProcFile file, IrHandler handler) { }

    /** @param name of their directory */
    ScriptFiles(List<IrHandler> handlers, String name, Limits limits) {
        for (IrHandler handler : handlers) {
            for (ProbeSite site : handler.sites()) {
                if (site instanceof ProbeSite.ProcFile file) {
                    (file.isInput() ? inputSites : sites).add(new Site(file, handler));
                }
            }
        }
        this.name = name;
        this.limits = limits;
    }

    boolean isEmpty() {
        return sites.isEmpty() && inputSites.isEmpty();
    }

    /**
     * Makes the files visible, and begins to read standard input; who opens a file waits until {@link #serve}.
     *
     * @param wake called by another thread when there is something to serve
     * @return false where that cannot be
     */
    boolean mount(SystemCalls sys, Complaints complaints, Runnable wake) {
        if (!inputSites.isEmpty()) {
            input = Optional.of(StandardInput.read(sys, wake));
        }
        return sites.isEmpty() || mountFiles(sys, complaints, wake);
    }

    private boolean mountFiles(SystemCalls sys, Complaints complaints, Runnable wake) {
        List<ProcfsMount.File> files = new ArrayList<>();
        for (Site site : sites) {
            files.add(new ProcfsMount.File(site.file.path(), site.file.permissions(), !site.file.isWrite(), site.file.isWrite()));
        }
        try {
            int user = (int) ProcFiles.statusNumber("/proc/self/status", "Uid", 0);
            int group = (int) ProcFiles.statusNumber("/proc/self/status", "Gid", 0);
            mount = Optional.of(new ProcfsMount(sys, name, files, user, group, limits.textBytes(), wake));
        } catch (IOException e) {
            complaints.error("the files of " + sites.getFirst().file.text() + " cannot be served: " + e.getMessage());
            return false;
        }
        complaints.note("files of procfs probes are in " + mount.get().directory());
        return true;
    }

    /** Runs the handlers of what was read and written since. */
    void serve(Lifecycle lifecycle) {
        if (mount.isEmpty()) {
            return;
        }
        FuseServer server = mount.get().server();
        while (!lifecycle.hasFailed()) {
            Optional<FuseServer.Work> work = server.next();
            if (work.isEmpty()) {
                return;
            }
            if (run(work.get(), lifecycle)) {
                server.done(work.get(), text.toString());
            } else {
                server.failed(work.get());
            }
        }
    }

    private boolean run(FuseServer.Work work, Lifecycle lifecycle) {
        boolean good = true;
        for (Site site : sites) {
            if (site.file.path().equals(work.path()) && site.file.isWrite() == work.write()) {
                capacity = (site.file.size() > 0 ? site.file.size() : limits.fileBytes()) - 1;
                text.setLength(0);
                text.append(work.text());
                good &= lifecycle.event(site.file.text(), List.of(site.handler));
            }
        }
        return good;
    }

    /**
     * Runs the handlers of one character of standard input.
     *
     * @return false where there is none now
     */
    boolean serveInput(Lifecycle lifecycle) {
        int character = input.isPresent() ? input.get().next() : StandardInput.NONE;
        if (character == StandardInput.NONE) {
            return false;
        }
        boolean end = character == '\n';
        if (line.length() < limits.textBytes()) {
            line.append((char) character);
        }
        for (Site site : inputSites) {
            if (!site.file.isLine() || end) {
                text.setLength(0);
                text.append(site.file.isLine() ? line : Character.toString(character));
                lifecycle.event(site.file.text(), List.of(site.handler));
            }
        }
        if (end) {
            line.setLength(0);
        }
        return true;
    }

    /** What was written, for the handler that runs. */
    String text() {
        return text.toString();
    }

    /** Sets or adds to what is read; what does not fit is cut. */
    void text(String more, boolean append) {
        if (!append) {
            text.setLength(0);
        }
        text.append(more, 0, Math.clamp(capacity - (long) text.length(), 0, more.length()));
    }

    @Override
    public void close() {
        if (input.isPresent()) {
            input.get().close();
        }
        if (mount.isPresent()) {
            mount.get().close();
        }
    }
}
