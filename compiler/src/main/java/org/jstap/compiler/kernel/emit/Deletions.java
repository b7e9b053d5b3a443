package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;

/** Whether a code deletes elements of an array. */
final class Deletions extends OpRewriter {
    private final int global;
    private boolean found;

    private Deletions(int global) {
        this.global = global;
    }

    static boolean in(Code code, int global) {
        Deletions deletions = new Deletions(global);
        deletions.region(code.body());
        return deletions.found;
    }

    @Override
    public Op rewrite(Op op) {
        found |= op instanceof Op.Delete delete && delete.global() == global;
        return super.rewrite(op);
    }
}
