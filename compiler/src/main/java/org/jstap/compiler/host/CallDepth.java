package org.jstap.compiler.host;

import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;

/**
 * How deep calls nest in a program: SystemTap's default for MAXNESTING is the longest chain of calls and one more, and ten more
 * where functions call themselves.
 */
final class CallDepth {
    private static final int RECURSION_BONUS = 10;

    private final List<Code> functions;
    private final boolean[] open;
    private boolean recursive;
    private int depth;
    private int deepest;

    private CallDepth(IrProgram program) {
        functions = program.functions();
        open = new boolean[functions.size()];
    }

    static int of(IrProgram program) {
        CallDepth calls = new CallDepth(program);
        for (IrHandler handler : program.handlers()) {
            calls.visit(handler.code().body());
        }
        return calls.deepest + 1 + (calls.recursive ? RECURSION_BONUS : 0);
    }

    private void visit(Region region) {
        for (Op op : region.ops()) {
            switch (op) {
                case Op.Call call -> call(call.function());
                case Op.If branch -> {
                    visit(branch.then());
                    visit(branch.otherwise());
                }
                case Op.Loop loop -> visit(loop.body());
                case Op.Scope scope -> visit(scope.body());
                case Op.Foreach loop -> visit(loop.body());
                case Op.ForeachBucket loop -> visit(loop.body());
                case Op.Try attempt -> {
                    visit(attempt.body());
                    visit(attempt.handler());
                }
                default -> { }
            }
        }
    }

    private void call(int function) {
        if (open[function]) {
            recursive = true;
            return;
        }
        open[function] = true;
        depth++;
        deepest = Math.max(deepest, depth);
        visit(functions.get(function).body());
        depth--;
        open[function] = false;
    }
}
