package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;

/** How deep the functions of a program call each other: loop bodies, and loops that operations need. All share one stack. */
final class CallDepth extends OpRewriter {
    /** Taking a lock may take a loop. */
    private int deepest = 1;
    private int depth;

    private CallDepth() { }

    static int of(Code code) {
        CallDepth calls = new CallDepth();
        calls.region(code.body());
        return calls.deepest;
    }

    @Override
    public Op rewrite(Op op) {
        switch (op) {
            case Op.Loop _ -> {
                depth++;
                deepest = Math.max(deepest, depth);
                super.rewrite(op);
                depth--;
            }
            case Op.CallIntrinsic call -> deepest = Math.max(deepest, depth + Math.max(1, TextSearch.depth(call)));
            default -> {
                deepest = Math.max(deepest, depth + 1);
                super.rewrite(op);
            }
        }
        return op;
    }
}
