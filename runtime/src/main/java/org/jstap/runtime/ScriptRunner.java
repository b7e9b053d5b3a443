package org.jstap.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.Lifecycle;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.emit.KernelTarget;
import org.jstap.ebpf.sys.LinuxSystemCalls;
import org.jstap.ebpf.sys.Processes;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.runtime.kernel.LiveKernelSide;
import org.jstap.runtime.kernel.TraceableFunctions;

/** Pass 5: puts a session together, runs it and takes it apart. */
public final class ScriptRunner {
    /** The status of a run that failed, where nobody reads the messages of this process either. */
    public static final int UNHEARD = -1;

    private static final int FAILURE = 1;
    private static final int STANDARD_ERROR = 2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IrProgram program;
    private final Optional<KernelTarget> kernel;
    private final RunSettings settings;
    private final KernelConfig config;
    private final OutputStream messages;
    private final PrintStream err;
    private final Patience patience = new Patience();
    private final StartTimes times;
    private final TraceableFunctions traceable;
    /** The session, for what is made before it and has to reach it: signals, the end of the command, handlers. */
    private final AtomicReference<Session> session = new AtomicReference<>();
    private final Optional<HitReport> hits;
    private volatile boolean exitBeforeSession;

    private ScriptRunner(IrProgram program, Optional<KernelTarget> kernel, RunSettings settings, KernelConfig config,
                         PrintStream err, StartTimes times, TraceableFunctions traceable) {
        this.program = program;
        this.kernel = kernel;
        this.settings = settings;
        this.config = config;
        this.messages = PatientStream.of(err, STANDARD_ERROR, patience);
        this.err = messages == err ? err : new PrintStream(messages, false, StandardCharsets.ISO_8859_1);
        this.times = times;
        this.traceable = traceable;
        this.hits = settings.timing() ? Optional.of(new HitReport(program)) : Optional.empty();
    }

    /**
     * Runs a script.
     *
     * @param kernel what of it runs in the kernel; absent where all handlers run on the JVM, and then no system call is linked
     * @param err    takes errors and warnings, one byte per char
     * @param times  where the time went until now
     * @param traceable the functions that ftrace hooks, perhaps being read already
     * @return the exit status, or {@link #UNHEARD}
     * @throws ArgumentsLost where the script is to be analysed again
     */
    public static int run(IrProgram program, Optional<KernelTarget> kernel, RunSettings settings, KernelConfig config,
                          PrintStream err, StartTimes times, TraceableFunctions traceable) {
        return new ScriptRunner(program, kernel, settings, config, err, times, traceable).runHeard();
    }

    private int runHeard() {
        int status = run();
        return messages instanceof PatientStream stream && stream.isUnread() ? UNHEARD : status;
    }

    /**
     * Has the kernel check all programs of a script, attaches none, and closes everything again.
     *
     * @param err takes what it said where it refused one
     * @return whether it took all of them
     * @throws ArgumentsLost where the script is to be analysed again
     */
    public static boolean load(IrProgram program, KernelTarget kernel, Limits limits, PrintStream err) {
        Complaints complaints = new Complaints(err, ScriptOutput.standard(), false, false);
        try (LiveKernelSide side = new LiveKernelSide(new LinuxSystemCalls(), kernel, program, limits, 0,
                new TraceableFunctions())) {
            return side.loadOnly(complaints) >= 0;
        } catch (SystemCallException e) {
            complaints.error(KernelRefusal.explain(e));
            return false;
        }
    }

    private int run() {
        Optional<ScriptOutput> opened = openOutput();
        if (opened.isEmpty()) {
            return FAILURE;
        }
        ScriptOutput output = opened.get();
        Complaints complaints = new Complaints(err, output, settings.showWarnings(), settings.verbose());
        Optional<TargetCommand> command = Optional.empty();
        try (Interrupts _ = new Interrupts(this::requestExit)) {
            if (settings.command().isPresent()) {
                command = Optional.of(TargetCommand.prepare(settings.command().get(), this::commandEnded));
            }
            return kernel.isPresent() ? runWithKernel(output, complaints, command) : runOnHost(output, complaints, command);
        } catch (SystemCallException e) {
            command.ifPresent(TargetCommand::abandon);
            complaints.error(KernelRefusal.explain(e));
            return FAILURE;
        } catch (IOException e) {
            complaints.error("the command cannot be started: " + e.getMessage());
            return FAILURE;
        } finally {
            if (settings.output().isPresent()) {
                output.close();
            } else {
                output.flush();
            }
        }
    }

    private Optional<ScriptOutput> openOutput() {
        if (settings.output().isEmpty()) {
            return Optional.of(ScriptOutput.standard(patience));
        }
        try {
            return Optional.of(ScriptOutput.file(settings.output().get(), settings.rotation()));
        } catch (IOException e) {
            err.println("ERROR: output file " + e.getMessage());
            return Optional.empty();
        }
    }

    private int runOnHost(ScriptOutput output, Complaints complaints, Optional<TargetCommand> command) {
        ScriptFiles files = files();
        HostServices services = new LiveHost(output, complaints, new HandlersEnd(session), target(command), config, Sharing.NONE, files,
                hits);
        GlobalStorage globals = GlobalStorage.inJvm(program.globals(), settings.limits());
        try (files; Waiter waiter = new ParkingWaiter()) {
            if (!files.isEmpty() && !files.mount(new LinuxSystemCalls(), complaints, this::wake)) {
                abandon(command);
                return FAILURE;
            }
            int status = session(new Session.Parts(lifecycle(globals, services, complaints), TimerEvent.of(program.handlers()),
                    Optional.empty(), files, command, ScriptRunner::resumeByShell, settings.timeout(), Optional.empty(), output,
                    complaints, waiter, times, patience, settings.started())).run();
            report(output);
            return status;
        }
    }

    private int runWithKernel(ScriptOutput output, Complaints complaints, Optional<TargetCommand> command) {
        if (kernel.orElseThrow().mostFunctions() > TraceableFunctions.FEW) {
            traceable.readAhead();
        }
        SystemCalls sys = new LinuxSystemCalls();
        times.lap("link");
        try (ScriptFiles files = files();
                LiveKernelSide side = new LiveKernelSide(sys, kernel.orElseThrow(), program, settings.limits(), target(command),
                        traceable);
                Waiter waiter = new PollingWaiter(sys, side.descriptor(), side)) {
            HostServices services = new LiveHost(output, complaints, new HandlersEnd(session), target(command), config,
                    new KernelSharing(side, session::get), files, hits);
            side.decodeWith(settings.limits(), services);
            if (settings.namespaces().isPresent()) {
                side.tellIdentifiersAs(settings.namespaces().getAsInt());
            }
            times.lap("maps");
            if (!files.isEmpty() && !files.mount(sys, complaints, this::wake)) {
                abandon(command);
                return FAILURE;
            }
            int status;
            try {
                status = session(new Session.Parts(lifecycle(side.storage(), services, complaints), TimerEvent.of(program.handlers()),
                        Optional.of(side), files, command, pid -> Processes.kill(sys, pid, Processes.SIGCONT), settings.timeout(),
                        settings.overload(), output, complaints, waiter, times, patience, settings.started())).run();
            } finally {
                patience.nothingWaits();
            }
            if (hits.isPresent()) {
                side.addTimes(hits.get());
            }
            report(output);
            detach(side, complaints);
            return status;
        }
    }

    private static void detach(LiveKernelSide side, Complaints complaints) {
        long began = System.nanoTime();
        side.detach();
        complaints.note("Detached in " + (System.nanoTime() - began) / NANOS_PER_MILLI + " ms.");
    }

    private void report(ScriptOutput output) {
        if (hits.isPresent() && !hits.get().isEmpty()) {
            byte[] text = hits.get().text();
            output.print(text, 0, text.length);
        }
    }

    private ScriptFiles files() {
        return new ScriptFiles(program.handlers(), settings.module(), settings.limits());
    }

    private static void abandon(Optional<TargetCommand> command) {
        if (command.isPresent()) {
            command.get().abandon();
        }
    }

    private long target(Optional<TargetCommand> command) {
        return command.isPresent() ? command.get().pid() : settings.targetPid().orElse(0);
    }

    private Lifecycle lifecycle(GlobalStorage globals, HostServices services, Complaints complaints) {
        return new Lifecycle(program, settings.limits(), globals, services, complaints,
                new Lifecycle.Options(settings.suppressErrors(), settings.displayGlobals(), settings.showWarnings()));
    }

    private Session session(Session.Parts parts) {
        Session made = new Session(parts);
        session.set(made);
        if (exitBeforeSession) {
            made.requestExit();
        }
        return made;
    }

    /** A script without kernel handlers links no system calls; a shell can send the one signal it may need. */
    private static void resumeByShell(int pid) throws IOException {
        new ProcessBuilder("/bin/sh", "-c", "kill -CONT " + pid).inheritIO().start();
    }

    /** Handlers run once there is a session. */
    private record HandlersEnd(AtomicReference<Session> session) implements LiveHost.Ending {
        @Override
        public void request() {
            session.get().exit();
        }

        @Override
        public int calls() {
            return session.get().exitCalls();
        }
    }

    private void requestExit() {
        patience.endNow();
        exitBeforeSession = true;
        Session running = session.get();
        if (running != null) {
            running.requestExit();
        }
    }

    private void commandEnded() {
        patience.end();
        wake();
    }

    private void wake() {
        Session running = session.get();
        if (running != null) {
            running.wake();
        }
    }
}
