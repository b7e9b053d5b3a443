package org.jstap.compiler.kernel.transform;

import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.Limits;

/** The passes that shape a handler for the kernel, in order. */
public final class KernelPasses {
    private KernelPasses() { }

    /**
     * @throws org.jstap.compiler.kernel.KernelUnsupported where the handler cannot run in the kernel
     */
    public static IrHandler apply(IrHandler handler, IrProgram program, EncodedTexts texts, KernelShare share, Limits limits) {
        Code code = Inliner.inline(handler.code(), program.functions(), limits.maxNesting());
        code = MatchGroups.apply(code, program.functions(), program.regexes());
        code = ProbeContext.apply(handler, code);
        code = OncePerRun.apply(code);
        code = DeadCode.apply(CopyPropagation.apply(code));
        for (Code folded = Folding.apply(code); folded != code; folded = Folding.apply(code)) {
            code = DeadCode.apply(CopyPropagation.apply(folded));
        }
        // What was read through copies of a key is now seen to be the same.
        code = DeadCode.apply(CopyPropagation.apply(OncePerRun.apply(code)));
        code = MemoryPrints.apply(code);
        code = OutputFolding.apply(code);
        code = DeadCode.apply(code);
        code = HostParts.apply(handler, code, program, texts, share, limits.maxStringLength() - 1);
        code = ArrayWalks.apply(code, program.globals());
        return new IrHandler(handler.id(), handler.point(), handler.sites(), handler.optional(), handler.condition(), code);
    }
}
