package org.jstap.compiler.kernel.transform;

import java.util.BitSet;
import java.util.List;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.program.Expr.Space;

/**
 * Whether code looks at what only programs in the kernel can see: tasks and other structures. What it tries, with something else in
 * mind where that fails, does not count.
 */
public final class KernelMemory extends OpRewriter {
    private final List<Code> functions;
    private final BitSet seen = new BitSet();
    private boolean found;

    private KernelMemory(List<Code> functions) {
        this.functions = functions;
    }

    public static boolean isReadBy(Code code, List<Code> functions) {
        KernelMemory memory = new KernelMemory(functions);
        memory.region(code.body());
        return memory.found;
    }

    @Override
    public Op rewrite(Op op) {
        switch (op) {
            case Op.Try tried -> {
                region(tried.handler());
                return op;
            }
            case Op.LoadMemory load -> found |= load.space() == Space.KERNEL;
            case Op.LoadBytes _, Op.StoreMemory _ -> found = true;
            case Op.CallIntrinsic call -> found |= reads(call.intrinsic());
            case Op.Call call -> {
                if (!seen.get(call.function())) {
                    seen.set(call.function());
                    region(functions.get(call.function()).body());
                }
            }
            default -> { }
        }
        return super.rewrite(op);
    }

    private static boolean reads(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case KERNEL_STRING, KERNEL_STRING_N, KERNEL_CHAR, KERNEL_SHORT, KERNEL_INT, KERNEL_LONG, KERNEL_POINTER -> true;
            // Without an event there are no registers on either side.
            case REGISTER, U_REGISTER, WORD_ARGUMENT -> false;
            default -> intrinsic.where() == Intrinsic.Where.KERNEL;
        };
    }
}
