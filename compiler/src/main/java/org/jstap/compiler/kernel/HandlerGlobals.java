package org.jstap.compiler.kernel;

import java.util.BitSet;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;

/** The globals that a handler uses, itself or through the functions that it calls. */
public final class HandlerGlobals {
    private final IrProgram program;
    private final BitSet functions = new BitSet();
    private final BitSet globals = new BitSet();

    private HandlerGlobals(IrProgram program) {
        this.program = program;
    }

    /** By {@link org.jstap.compiler.program.Global#id()}. */
    public static BitSet of(IrHandler handler, IrProgram program) {
        HandlerGlobals collector = new HandlerGlobals(program);
        collector.visit(handler.code());
        handler.condition().ifPresent(collector::visit);
        return collector.globals;
    }

    /** Those of one code. */
    public static BitSet of(Code code, IrProgram program) {
        HandlerGlobals collector = new HandlerGlobals(program);
        collector.visit(code);
        return collector.globals;
    }

    private void visit(Code code) {
        globals.or(GlobalUse.of(code, program.globals()).all());
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.Call call && !functions.get(call.function())) {
                    functions.set(call.function());
                    HandlerGlobals.this.visit(program.functions().get(call.function()));
                }
                return super.rewrite(op);
            }

            void all(Region region) {
                region(region);
            }
        }.all(code.body());
    }
}
