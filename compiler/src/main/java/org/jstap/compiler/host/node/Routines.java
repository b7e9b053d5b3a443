package org.jstap.compiler.host.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;

/**
 * A program made runnable. Nodes keep scratch values between their steps, so one set of routines serves one session at a time and
 * one thread at a time.
 *
 * @param functions  as in {@link IrProgram#functions()}
 * @param handlers   by {@link IrHandler#id()}
 * @param conditions by {@link IrHandler#id()}
 */
public record Routines(List<Routine> functions, List<Routine> handlers, List<Optional<Routine>> conditions) {
    public Routines {
        functions = List.copyOf(functions);
        handlers = List.copyOf(handlers);
        conditions = List.copyOf(conditions);
    }

    /** @param maxText bytes that a string may hold */
    public static Routines of(IrProgram program, int maxText) {
        List<Routine> functions = new ArrayList<>();
        for (int i = 0; i < program.functions().size(); i++) {
            functions.add(new Routine());
        }
        for (int i = 0; i < functions.size(); i++) {
            define(functions.get(i), program.functions().get(i), program, functions, maxText);
        }
        List<Routine> handlers = new ArrayList<>();
        List<Optional<Routine>> conditions = new ArrayList<>();
        for (IrHandler handler : program.handlers()) {
            handlers.add(define(new Routine(), handler.code(), program, functions, maxText));
            conditions.add(handler.condition().isPresent()
                    ? Optional.of(define(new Routine(), handler.condition().get(), program, functions, maxText))
                    : Optional.empty());
        }
        return new Routines(functions, handlers, conditions);
    }

    /** Makes one more code runnable that calls functions of the program: a block that a handler elsewhere has left to the host. */
    public Routine block(Code code, IrProgram program, int maxText) {
        return define(new Routine(), code, program, functions, maxText);
    }

    private static Routine define(Routine routine, Code code, IrProgram program, List<Routine> functions, int maxText) {
        RoutineTranslator.define(routine, code, program.globals(), functions, program.functions(), maxText);
        return routine;
    }
}
