package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * Counts statements towards MAXACTION, where a handler could exceed it. Handlers run by hand always count: those of one probe point
 * share the event's budget, whichever side they run on.
 */
final class Actions {
    /** Begin, end and error handlers may run that many times more statements than others. */
    private static final int PATIENCE = 10;

    private final Context context;
    private final Failures failures;
    private final Assembler asm;
    private final boolean shared;
    private final boolean counting;

    Actions(Context context, Failures failures) {
        this.context = context;
        this.failures = failures;
        this.asm = context.asm;
        this.shared = context.mechanism == Mechanism.TEST_RUN;
        this.counting = shared || context.hasLoop || statements(context.handler.code()) >= budget(context);
    }

    /** Statements that the handler may run. */
    static int budget(Context context) {
        int most = context.plan.limits().maxAction();
        return ofSession(context.handler) && most <= Integer.MAX_VALUE / PATIENCE ? most * PATIENCE : most;
    }

    private static boolean ofSession(IrHandler handler) {
        for (ProbeSite site : handler.sites()) {
            if (!(site instanceof ProbeSite.Begin || site instanceof ProbeSite.End || site instanceof ProbeSite.Error)) {
                return false;
            }
        }
        return true;
    }

    private static int statements(Code code) {
        int[] sum = new int[1];
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.Count count) {
                    sum[0] += count.statements();
                }
                return super.rewrite(op);
            }

            void all(Region region) {
                region(region);
            }
        }.all(code.body());
        return sum[0];
    }

    /** Sets the budget. */
    void start() {
        if (shared) {
            asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.ACTIONS_LEFT);
            asm.load(Size.DOUBLE, Register.R1, Register.R1, 0);
            context.storeFrame(Frame.ACTIONS, Register.R1);
        } else if (counting) {
            context.storeFrame(Frame.ACTIONS, budget(context));
        }
    }

    /** Hands on what is left of a budget that is not this handler's alone. */
    void end() {
        if (shared) {
            context.loadFrame(Register.R2, Frame.ACTIONS);
            asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.ACTIONS_LEFT);
            asm.store(Size.DOUBLE, Register.R1, 0, Register.R2);
        }
    }

    /**
     * The budget is changed by an atomic operation although nobody shares it: the verifier knows nothing of what that gives. Else it
     * would see another number in each turn of a loop and follow them all, or take the way out for one that is never taken.
     */
    void count(Op.Count op) {
        if (!counting) {
            return;
        }
        asm.mov(Register.R1, -op.statements());
        asm.atomic(AtomicOp.FETCH_ADD, Size.DOUBLE, context.base, Frame.ACTIONS, Register.R1);
        asm.jumpIf(JumpOp.SLE, Register.R1, op.statements(), failures.uncatchable("MAXACTION exceeded", op.span()));
    }
}
