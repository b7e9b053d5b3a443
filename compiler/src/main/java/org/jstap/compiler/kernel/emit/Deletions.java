package org.jstap.compiler.kernel.emit;

import java.util.BitSet;
import java.util.List;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;

/** From which arrays some handler of the kernel deletes elements. */
final class Deletions {
    private final BitSet globals = new BitSet();

    Deletions(List<IrHandler> handlers) {
        OpRewriter finder = new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.Delete delete) {
                    globals.set(delete.global());
                }
                return super.rewrite(op);
            }
        };
        for (IrHandler handler : handlers) {
            for (Op op : handler.code().body().ops()) {
                finder.rewrite(op);
            }
        }
    }

    boolean from(int global) {
        return globals.get(global);
    }
}
