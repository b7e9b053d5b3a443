package org.jstap.compiler.kernel.emit;

import java.util.Optional;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * The frame of one program: it does nothing while the session is not running, takes scratch memory and the lock that its handler
 * needs, runs the handler, and gives both back whichever way it ends.
 */
final class ProgramEmitter {
    /** Scratch slots of a CPU: the handlers that can be nested or preempted there at one time. */
    static final int SLOTS = 4;
    /** Map of scratch memory: per CPU, one element for each slot. */
    static final String SCRATCH = "scratch";
    /** Map of the bits that tell which slots of a CPU are taken. */
    static final String SCRATCH_USE = "scratch_use";
    /** Tries for a lock before the handler is skipped; each is some 10 ns. */
    private static final int LOCK_TRIES = 1 << 20;
    /**
     * The same where another handler has waited in vain for the JVM. While its thread waits for a CPU, each event on that CPU would
     * put it off for as long as it tries.
     */
    private static final int LOCK_TRIES_AGAIN = 1 << 14;

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Outputs outputs;
    private final Regions regions;
    private final Assembler asm;

    private ProgramEmitter(Context context) {
        this.context = context;
        this.values = new Values(context);
        this.failures = new Failures(context, values);
        this.outputs = new Outputs(context, values, failures);
        this.regions = new Regions(context, values, failures, outputs);
        this.asm = context.asm;
    }

    /** @param name of the program's function, a C identifier */
    static org.jstap.ebpf.asm.Code emit(KernelPlan plan, IrHandler handler, Mechanism mechanism, int site, String name, Tables tables) {
        Code code = handler.code();
        int[] widths = plan.widths().variables(code);
        Lifetimes lifetimes = Lifetimes.of(code);
        for (Variable variable : EarlyReads.of(code)) {
            lifetimes.fromStart(variable);
        }
        Frame frame = Frame.of(code, plan, widths, lifetimes, tables.times().isPresent());
        Context context = new Context(plan, handler, mechanism, site, widths, frame, tables);
        return new ProgramEmitter(context).program(name);
    }

    /** Bytes of scratch memory that a handler needs. */
    static int scratchSize(KernelPlan plan, IrHandler handler, boolean timed) {
        Code code = handler.code();
        Lifetimes lifetimes = Lifetimes.of(code);
        for (Variable variable : EarlyReads.of(code)) {
            lifetimes.fromStart(variable);
        }
        return Frame.of(code, plan, plan.widths().variables(code), lifetimes, timed).scratchSize();
    }

    private org.jstap.ebpf.asm.Code program(String name) {
        Label quit = context.label("quit");
        Label unlock = context.label("unlock");
        Label release = context.label("release");
        Optional<Integer> lock = context.plan.lockOf(context.handler);
        boolean scratch = context.frame.scratchSize() > 0;
        context.leave = unlock;
        context.onError = context.label("error");
        context.onFatal = context.onError;
        context.onReportedError = context.label("reported");
        asm.beginFunction(name, context.label("entry"), 1);
        context.source(context.handler.code().span());
        asm.mov(Register.R6, Register.R1);
        if (context.mechanism.verdict()) {
            context.storeFrame(Frame.VERDICT, PacketVerdict.ACCEPT);
        }
        if (context.mechanism != Mechanism.TEST_RUN) {
            checkState(quit);
        }
        if (context.handler.sites().get(context.site) instanceof ProbeSite.Tracepoint at && at.filter().isPresent()) {
            new SystemCallFilters(context).emit(at, at.filter().get(), quit);
        }
        if (scratch) {
            takeScratch(quit);
        }
        if (lock.isPresent()) {
            lock(lock.get(), release);
        }
        start();
        if (context.times.isPresent()) {
            context.times.get().begin(context);
        }
        regions.begin();
        regions.region(context.handler.code().body());
        asm.bind(unlock);
        end();
        if (lock.isPresent()) {
            unlock(lock.get());
        }
        asm.bind(release);
        if (scratch) {
            releaseScratch();
        }
        asm.bind(quit);
        if (context.mechanism.verdict()) {
            PacketVerdict.give(context);
        } else {
            asm.mov(Register.R0, 0);
        }
        asm.exit();
        context.flushLater();
        errors();
        context.flushLater();
        while (!context.functions.isEmpty()) {
            context.functions.removeFirst().run();
        }
        return asm.assembleReachable();
    }

    private void checkState(Label quit) {
        asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.STATE);
        asm.load(Size.DOUBLE, Register.R1, Register.R1, 0);
        asm.jumpIf(JumpOp.NE, Register.R1, ControlLayout.RUNNING, quit);
    }

    /** What the handler finds in place: its site, its context for loop bodies, variables that it may read before it writes them. */
    private void start() {
        if (context.hasLoop) {
            context.storeFrame(Frame.CONTEXT, Register.R6);
            context.storeFrame(Frame.ERROR, 0);
            context.storeFrame(Frame.ERROR_ARGUMENT, 0);
        }
        if (context.handler.sites().size() > 1 && !context.mechanism.onePerSite()) {
            asm.mov(Register.R1, Register.R6);
            asm.call(Helper.GET_ATTACH_COOKIE);
            context.storeFrame(Frame.SITE, Register.R0);
        }
        for (Variable variable : EarlyReads.of(context.handler.code())) {
            if (values.isUsed(variable)) {
                values.clear(variable);
            }
        }
        if (context.hasLoop) {
            clearLoopStrings();
        }
    }

    private void end() {
        regions.end();
        if (context.times.isPresent()) {
            context.times.get().end(context);
        }
    }

    /** In a loop body the verifier does not see that what an earlier turn wrote is there. */
    private void clearLoopStrings() {
        for (Variable variable : context.handler.code().variables()) {
            if (values.isUsed(variable) && !(context.frame.home(variable) instanceof Home.InRegister)) {
                values.clear(variable);
            }
        }
    }

    // ---- scratch memory: slots are bits of a word of the CPU, taken and given back atomically

    private void takeScratch(Label quit) {
        Label none = context.label("none");
        Label taken = context.label("taken");
        asm.storeImm(Size.DOUBLE, context.base, Frame.TEMPORARY, 0);
        elementOf(SCRATCH_USE);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, none);
        for (int slot = 0; slot < SLOTS; slot++) {
            Label next = context.label("next");
            asm.mov(Register.R1, 1 << slot);
            asm.atomic(AtomicOp.FETCH_OR, Size.DOUBLE, Register.R0, 0, Register.R1);
            asm.alu(AluOp.AND, Register.R1, 1 << slot);
            asm.jumpIf(JumpOp.NE, Register.R1, 0, next);
            asm.storeImm(Size.DOUBLE, context.base, Frame.TEMPORARY, slot);
            asm.storeImm(Size.DOUBLE, context.base, Frame.SCRATCH_BIT, ~(1 << slot));
            asm.jump(taken);
            asm.bind(next);
        }
        asm.bind(none);
        failures.count(ControlLayout.SKIPPED_SCRATCH);
        asm.jump(quit);
        asm.bind(taken);
        elementOf(SCRATCH);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, quit);
        context.storeFrame(Frame.SCRATCH, Register.R0);
    }

    /** Looks up the element of an array whose number is in the temporary. */
    private void elementOf(String map) {
        asm.loadMap(Register.R1, map);
        asm.mov(Register.R2, context.base);
        asm.alu(AluOp.ADD, Register.R2, Frame.TEMPORARY);
        asm.call(Helper.MAP_LOOKUP_ELEM);
    }

    private void releaseScratch() {
        Label gone = context.label("gone");
        asm.storeImm(Size.DOUBLE, context.base, Frame.TEMPORARY, 0);
        elementOf(SCRATCH_USE);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, gone);
        context.loadFrame(Register.R1, Frame.SCRATCH_BIT);
        asm.atomic(AtomicOp.AND, Size.DOUBLE, Register.R0, 0, Register.R1);
        asm.bind(gone);
    }

    // ---- locks: a word holds the number of its holder's CPU plus one

    private int lockOffset(int lock) {
        return context.plan.control().locks() + 8 * lock;
    }

    private void lock(int lock, Label release) {
        Label held = context.label("held");
        Label taken = context.label("taken");
        Label skipped = context.label("skipped");
        Label spin = context.label("spin");
        Label tries = context.label("tries");
        asm.call(Helper.GET_SMP_PROCESSOR_ID);
        asm.mov(Register.R2, Register.R0);
        asm.alu(AluOp.ADD, Register.R2, 1);
        asm.loadMapValue(Register.R1, ControlLayout.MAP, lockOffset(lock));
        asm.mov(Register.R0, 0);
        asm.atomic(AtomicOp.CMPXCHG, Size.DOUBLE, Register.R1, 0, Register.R2);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, held);
        asm.bind(taken);
        context.later(() -> {
            asm.bind(held);
            asm.jumpIf(JumpOp.EQ, Register.R0, Register.R2, skipped);
            context.storeFrame(Frame.TEMPORARY, Register.R2);
            asm.mov(Register.R1, LOCK_TRIES_AGAIN);
            asm.loadImm64(Register.R2, ControlLayout.HELD_LONG);
            asm.jumpIf(JumpOp.EQ, Register.R0, Register.R2, tries);
            asm.mov(Register.R1, LOCK_TRIES);
            asm.bind(tries);
            asm.loadFunction(Register.R2, spin);
            asm.mov(Register.R3, context.base);
            asm.mov(Register.R4, 0);
            asm.call(Helper.LOOP);
            context.loadFrame(Register.R1, Frame.TEMPORARY);
            asm.jumpIf(JumpOp.EQ, Register.R1, 0, taken);
            asm.loadMapValue(Register.R1, ControlLayout.MAP, lockOffset(lock));
            asm.loadImm64(Register.R0, ControlLayout.HELD_BY_HOST);
            asm.loadImm64(Register.R2, ControlLayout.HELD_LONG);
            asm.atomic(AtomicOp.CMPXCHG, Size.DOUBLE, Register.R1, 0, Register.R2);
            asm.bind(skipped);
            failures.count(ControlLayout.SKIPPED_LOCK);
            asm.jump(release);
        });
        context.functions.add(() -> spin(lock, spin));
    }

    /** One try; sets the temporary to 0 and ends the loop where it got the lock. */
    private void spin(int lock, Label entry) {
        Label again = context.label("again");
        asm.beginFunction("try_lock", entry, 2);
        asm.load(Size.DOUBLE, Register.R3, Register.R2, Frame.TEMPORARY);
        asm.loadMapValue(Register.R1, ControlLayout.MAP, lockOffset(lock));
        asm.mov(Register.R0, 0);
        asm.atomic(AtomicOp.CMPXCHG, Size.DOUBLE, Register.R1, 0, Register.R3);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, again);
        asm.storeImm(Size.DOUBLE, Register.R2, Frame.TEMPORARY, 0);
        asm.mov(Register.R0, 1);
        asm.exit();
        asm.bind(again);
        asm.mov(Register.R0, 0);
        asm.exit();
    }

    private void unlock(int lock) {
        asm.loadMapValue(Register.R1, ControlLayout.MAP, lockOffset(lock));
        asm.mov(Register.R2, 0);
        asm.atomic(AtomicOp.XCHG, Size.DOUBLE, Register.R1, 0, Register.R2);
    }

    // ---- errors

    /** Writes the record of an error and counts it; the session stops above MAXERRORS. */
    private void errors() {
        Label go = context.label("counted");
        asm.bind(context.onError);
        outputs.failureRecord();
        asm.bind(context.onReportedError);
        asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.ERRORS);
        asm.mov(Register.R2, 1);
        asm.atomic(AtomicOp.FETCH_ADD, Size.DOUBLE, Register.R1, 0, Register.R2);
        asm.jumpIf(JumpOp.LT, Register.R2, context.plan.limits().maxErrors(), go);
        asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.STATE);
        asm.mov(Register.R2, ControlLayout.STOPPING);
        asm.store(Size.DOUBLE, Register.R1, 0, Register.R2);
        asm.bind(go);
        asm.jump(context.leave);
    }
}
