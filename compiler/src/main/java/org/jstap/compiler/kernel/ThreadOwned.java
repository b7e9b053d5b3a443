package org.jstap.compiler.kernel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Uses;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.ProbeSite;

/**
 * Finds arrays that need no lock although handlers read and write them, because no two handlers can be in one element at a time.
 *
 * <p>Where one part of the key always is the number of the current thread, no other thread touches the element; the map itself
 * takes care of elements side by side. There remains a handler that interrupts another one on the same thread. At the entry and the
 * exit of a system call there is none: both run in the task itself, outside of interrupts, and neither runs within the other. So an
 * array qualifies if only handlers there touch it. Functions and other tracepoints do not: an interrupt may hit them in the middle of
 * the first handler.
 */
final class ThreadOwned extends OpRewriter {
    private final Uses uses;
    private final BitSet threads = new BitSet();
    private final List<BitSet> positions;

    private ThreadOwned(Uses uses, List<BitSet> positions) {
        this.uses = uses;
        this.positions = positions;
    }

    /** @param hostUses globals that handlers on the JVM use, which run on threads of their own */
    static BitSet of(List<IrHandler> handlers, List<Global> globals, BitSet hostUses) {
        List<BitSet> positions = new ArrayList<>();
        for (Global global : globals) {
            BitSet candidates = new BitSet();
            if (!global.isStatistic() && !global.wrap() && !hostUses.get(global.id())) {
                candidates.set(0, global.keys().size());
            }
            positions.add(candidates);
        }
        for (IrHandler handler : handlers) {
            Code code = handler.code();
            if (atSystemCalls(handler)) {
                new ThreadOwned(Uses.of(code), positions).region(code.body());
            } else {
                GlobalUse.of(code, globals).all().stream().forEach(global -> positions.get(global).clear());
            }
        }
        BitSet owned = new BitSet();
        for (Global global : globals) {
            if (global.perThread() || !positions.get(global.id()).isEmpty()) {
                owned.set(global.id());
            }
        }
        return owned;
    }

    private static boolean atSystemCalls(IrHandler handler) {
        for (ProbeSite site : handler.sites()) {
            if (!(site instanceof ProbeSite.Tracepoint at && (at.name().equals("sys_enter") || at.name().equals("sys_exit")))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Op rewrite(Op op) {
        switch (op) {
            case Op.CallIntrinsic o when o.intrinsic() == Intrinsic.TID && o.to().isPresent()
                    && uses.definitions(o.to().get()) == 1 -> threads.set(o.to().get().id());
            case Op.ReadGlobal o -> keys(o.global(), o.keys());
            case Op.WriteGlobal o -> keys(o.global(), o.keys());
            case Op.AddGlobal o -> keys(o.global(), o.keys());
            case Op.Contains o -> optionalKeys(o.global(), o.keys());
            case Op.Delete o -> optionalKeys(o.global(), o.keys());
            case Op.Foreach o -> positions.get(o.global()).clear();
            case Op.NextElement o -> positions.get(o.global()).clear();
            default -> { }
        }
        return super.rewrite(op);
    }

    private void keys(int global, List<Operand> keys) {
        BitSet candidates = positions.get(global);
        for (int i = 0; i < keys.size(); i++) {
            if (!isThread(keys.get(i))) {
                candidates.clear(i);
            }
        }
    }

    private void optionalKeys(int global, List<Optional<Operand>> keys) {
        if (keys.isEmpty()) {
            positions.get(global).clear();
        }
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).isEmpty() || !isThread(keys.get(i).get())) {
                positions.get(global).clear(i);
            }
        }
    }

    private boolean isThread(Operand operand) {
        return operand instanceof Variable variable && threads.get(variable.id());
    }
}
