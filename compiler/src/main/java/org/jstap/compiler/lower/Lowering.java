package org.jstap.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.Function;
import org.jstap.compiler.program.Handler;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.program.Type;

/** Turns a resolved script into its intermediate form. */
public final class Lowering {
    private Lowering() { }

    public static IrProgram lower(Program program) {
        List<Code> functions = new ArrayList<>();
        for (Function function : program.functions()) {
            functions.add(function(function));
        }
        List<IrHandler> handlers = new ArrayList<>();
        for (Handler handler : program.handlers()) {
            handlers.add(handler(handler));
        }
        return new IrProgram(program.globals(), functions, handlers, program.regexes());
    }

    private static Code function(Function function) {
        BodyBuilder body = new BodyBuilder(function.locals());
        new StatementLowering(body, Optional.of(function)).lower(function.body());
        return body.finish(function.name(), function.parameters().size(), function.result(), function.span());
    }

    private static IrHandler handler(Handler handler) {
        BodyBuilder body = new BodyBuilder(handler.locals());
        new StatementLowering(body, Optional.empty()).lower(handler.body());
        Code code = body.finish(handler.point(), 0, Type.VOID, handler.span());
        Optional<Code> condition = handler.condition().isPresent()
                ? Optional.of(condition(handler, handler.condition().get())) : Optional.empty();
        return new IrHandler(handler.id(), handler.point(), handler.sites(), handler.optional(), condition, code);
    }

    private static Code condition(Handler handler, Expr expression) {
        BodyBuilder body = new BodyBuilder(List.of());
        Operand value = new ExpressionLowering(body).lower(expression);
        body.add(new Op.Return(Optional.of(value), expression.span()));
        return body.finish(handler.point() + " if", 0, Type.LONG, expression.span());
    }
}
