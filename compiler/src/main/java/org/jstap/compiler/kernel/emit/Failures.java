package org.jstap.compiler.kernel.emit;

import java.util.Optional;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.language.source.Span;

/** Run-time errors: where they are noted, and how a {@code try} gets their text. */
final class Failures {
    private final Context context;
    private final Values values;
    private final Assembler asm;

    Failures(Context context, Values values) {
        this.context = context;
        this.values = values;
        this.asm = context.asm;
    }

    /** A label that stands for an error without a number. */
    Label failure(String message, Span span) {
        return failure(message, span, Optional.empty());
    }

    /** A label that stands for an error whose text has the number in {@code argument}, in hexadecimal, at NUMBER. */
    Label failure(String message, Span span, Optional<Register> argument) {
        RecordLayout record = context.records.of(context.handler.id(), new RecordLayout.Failure(message, argument.isPresent(), span),
                context.widths);
        Label label = context.label("fail");
        Label target = context.onError;
        Optional<Context.TryTarget> attempt = Optional.ofNullable(context.tryTarget);
        context.later(() -> {
            asm.bind(label);
            if (argument.isPresent()) {
                context.storeFrame(Frame.ERROR_ARGUMENT, argument.get());
            } else {
                context.storeFrame(Frame.ERROR_ARGUMENT, 0);
            }
            if (attempt.isPresent()) {
                attempt.get().message().ifPresent(variable -> catchMessage(variable, message, argument.isPresent()));
            } else {
                context.storeFrame(Frame.ERROR, record.id());
            }
            asm.jump(target);
        });
        return label;
    }

    /** An error with the number in {@link Frame#ERROR_ARGUMENT} where R0, compared with 0, tells that a helper has failed. */
    void fault(JumpOp failed, String message, Span span) {
        Label fault = context.label("fault");
        Label failure = failure(message, span, Optional.of(Register.R1));
        asm.jumpIf(failed, Register.R0, 0, fault);
        context.later(() -> {
            asm.bind(fault);
            context.loadFrame(Register.R1, Frame.ERROR_ARGUMENT);
            asm.jump(failure);
        });
    }

    /** A label that stands for an error that no {@code try} catches. */
    Label uncatchable(String message, Span span) {
        Label outer = context.onError;
        Context.TryTarget attempt = context.tryTarget;
        context.onError = context.onFatal;
        context.tryTarget = null;
        Label label = failure(message, span);
        context.onError = outer;
        context.tryTarget = attempt;
        return label;
    }

    /** Stores the text of an error in the variable of a {@code catch}. */
    private void catchMessage(Variable variable, String message, boolean argument) {
        if (!values.isUsed(variable)) {
            return;
        }
        if (!argument) {
            values.move(variable, new Operand.Text(message));
            return;
        }
        values.prepare(Register.R1, variable);
        asm.mov(Register.R2, Math.min(values.size(variable), context.plan.limits().maxStringLength()));
        asm.loadMapValue(Register.R3, Texts.MAP, context.texts.offset(message.replace(RecordLayout.Failure.NUMBER, "0x%llx")));
        asm.mov(Register.R4, context.base);
        asm.alu(AluOp.ADD, Register.R4, Frame.ERROR_ARGUMENT);
        asm.mov(Register.R5, 8);
        asm.call(Helper.SNPRINTF);
    }

    /** {@code error(text)}: caught here, or written as a record. */
    void scriptError(Operand text, Span span, Outputs outputs) {
        if (context.tryTarget != null) {
            context.tryTarget.message().ifPresent(message -> {
                if (values.isUsed(message)) {
                    values.move(message, text);
                }
            });
            asm.jump(context.onError);
            return;
        }
        outputs.record(new RecordLayout.ScriptError(plain(text), span));
        asm.jump(context.onReportedError);
    }

    /** An output that is one string and a line end. */
    static Output line(Operand text) {
        java.util.List<PrintFormat.Part> parts = new java.util.ArrayList<>(plain(text).format().parts());
        parts.add(new PrintFormat.Literal("\n"));
        return new Output(new PrintFormat(parts), plain(text).arguments());
    }

    /** An output that is one string as it is. */
    static Output plain(Operand text) {
        PrintFormat.Conversion conversion = new PrintFormat.Conversion('s', 0, java.util.OptionalInt.empty(), false,
                java.util.OptionalInt.empty(), false);
        return new Output(new PrintFormat(java.util.List.of(conversion)), java.util.List.of(new Output.Value(text)));
    }

    /** Adds one to a counter of the control block; uses R1 and R2. */
    void count(int counter) {
        asm.loadMapValue(Register.R1, org.jstap.compiler.kernel.layout.ControlLayout.MAP, counter);
        asm.mov(Register.R2, 1);
        asm.atomic(org.jstap.ebpf.asm.AtomicOp.ADD, Size.DOUBLE, Register.R1, 0, Register.R2);
    }
}
