package org.jstap.compiler.kernel.emit;

import java.util.List;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.RecordLayout;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** Writes records, and makes strings by the kernel's own printing where a handler needs them. */
final class Outputs {
    /** The map of the ring buffer. */
    static final String RING = "output";

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Assembler asm;

    Outputs(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.asm = context.asm;
    }

    /** Whether the host needs to know at which of several sites the record was written. */
    static boolean needsSite(Output output) {
        for (Output.Argument argument : output.arguments()) {
            boolean needs = switch (argument) {
                case Output.Value _ -> false;
                case Output.Nested nested -> needsSite(nested.output());
                case Output.Deferred deferred -> deferred.intrinsic() == Intrinsic.PROBEFUNC || deferred.intrinsic() == Intrinsic.PP;
            };
            if (needs) {
                return true;
            }
        }
        return false;
    }

    /** Writes one record, or counts it as lost where the ring buffer is full. */
    void record(RecordLayout.Payload payload) {
        RecordLayout layout = context.records.of(context.handler.id(), payload, context.widths);
        reserve(layout.size(), layout.id(), lost -> {
            fill(layout, RecordLayout.operands(payload));
        });
    }

    /** The buckets that start at {@code offset} from what {@link Frame#POINTER} points to. */
    void histogram(RecordLayout.Histogram payload, int offset) {
        RecordLayout layout = context.records.of(context.handler.id(), payload, context.widths);
        Field field = layout.fields().getFirst();
        reserve(layout.size(), layout.id(), lost -> {
            context.loadFrame(Register.R2, Frame.POINTER);
            for (int i = 0; i < field.size(); i += 8) {
                asm.load(Size.DOUBLE, Register.R1, Register.R2, offset + i);
                asm.store(Size.DOUBLE, Register.R5, field.offset() + i, Register.R1);
            }
        });
    }

    /** The record of the error that {@link Frame#ERROR} names. */
    void failureRecord() {
        int size = RecordLayout.HEADER + 8;
        reserve(size, -1, lost -> {
            context.loadFrame(Register.R1, Frame.ERROR);
            asm.store(Size.WORD, Register.R5, RecordLayout.ID, Register.R1);
            context.loadFrame(Register.R1, Frame.ERROR_ARGUMENT);
            asm.store(Size.DOUBLE, Register.R5, RecordLayout.HEADER, Register.R1);
        });
    }

    private interface Filler {
        /** Fills the record at R5. */
        void fill(Label lost);
    }

    private void reserve(int size, int id, Filler filler) {
        Label lost = context.label("lost");
        Label done = context.label("done");
        asm.loadMap(Register.R1, RING);
        asm.mov(Register.R2, size);
        asm.mov(Register.R3, 0);
        asm.call(Helper.RINGBUF_RESERVE);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, lost);
        asm.mov(Register.R5, Register.R0);
        if (id >= 0) {
            asm.storeImm(Size.WORD, Register.R5, RecordLayout.ID, id);
        }
        storeSite();
        filler.fill(lost);
        asm.mov(Register.R1, Register.R5);
        asm.loadMapValue(Register.R2, ControlLayout.MAP, ControlLayout.WAKE_UP);
        asm.load(Size.DOUBLE, Register.R2, Register.R2, 0);
        asm.call(Helper.RINGBUF_SUBMIT);
        asm.bind(done);
        context.later(() -> {
            asm.bind(lost);
            failures.count(ControlLayout.LOST);
            asm.jump(done);
        });
    }

    private void storeSite() {
        if (context.handler.sites().size() == 1 || context.mechanism.onePerSite()) {
            asm.storeImm(Size.WORD, Register.R5, RecordLayout.SITE, context.site);
        } else {
            context.loadFrame(Register.R1, Frame.SITE);
            asm.store(Size.WORD, Register.R5, RecordLayout.SITE, Register.R1);
        }
    }

    /** Writes operands to the record at R5. */
    private void fill(RecordLayout layout, List<Operand> operands) {
        for (int i = 0; i < operands.size(); i++) {
            Field field = layout.fields().get(i);
            Operand operand = operands.get(i);
            if (field.type() == Type.STRING) {
                values.copyText(Register.R5, field.offset(), field.size(), operand);
            } else if (operand instanceof Operand.Number number && number.value() == (int) number.value()) {
                asm.storeImm(Size.DOUBLE, Register.R5, field.offset(), (int) number.value());
            } else {
                asm.store(Size.DOUBLE, Register.R5, field.offset(), values.inRegister(operand, Register.R1));
            }
        }
    }

    // ---- strings made in the kernel (bpf_snprintf, from Linux 5.13)

    void format(Op.Format op) {
        if (!values.isUsed(op.to())) {
            return;
        }
        String format = kernelFormat(op);
        List<Output.Argument> arguments = op.output().arguments();
        int data = 8 * arguments.size();
        int at = context.frame.formatData();
        for (int i = 0; i < arguments.size(); i++) {
            Operand operand = ((Output.Value) arguments.get(i)).operand();
            if (operand.type() == Type.STRING) {
                pointer(operand);
                context.storeFrame(at + 8 * i, Register.R1);
            } else {
                context.storeFrame(at + 8 * i, values.inRegister(operand, Register.R1));
            }
        }
        values.prepare(Register.R1, op.to());
        asm.mov(Register.R2, Math.min(values.size(op.to()), context.plan.limits().maxStringLength()));
        asm.loadMapValue(Register.R3, Texts.MAP, context.texts.offset(format));
        if (data == 0) {
            asm.mov(Register.R4, 0);
        } else {
            asm.mov(Register.R4, context.base);
            asm.alu(AluOp.ADD, Register.R4, at);
        }
        asm.mov(Register.R5, data);
        asm.call(Helper.SNPRINTF);
    }

    private void pointer(Operand operand) {
        switch (operand) {
            case Operand.Text text -> asm.loadMapValue(Register.R1, Texts.MAP, context.texts.offset(text.value()));
            case org.jstap.compiler.ir.Variable variable -> values.address(Register.R1, variable);
            case Operand.Number number -> throw new IllegalStateException("a number where a string is due: " + number);
        }
    }

    /** The format in the words of bpf_snprintf: flags and width, and the letters d, u, x, X, s, c. */
    private static String kernelFormat(Op.Format op) {
        StringBuilder text = new StringBuilder();
        for (PrintFormat.Part part : op.output().format().parts()) {
            switch (part) {
                case PrintFormat.Literal literal -> text.append(literal.text().replace("%", "%%"));
                case PrintFormat.Conversion conversion -> conversion(text, conversion, op);
                case PrintFormat.Choice _ -> throw new KernelUnsupported("a string that differs from function to function is needed in"
                        + " the kernel; print it directly instead", op.span());
            }
        }
        return text.toString();
    }

    private static void conversion(StringBuilder text, PrintFormat.Conversion conversion, Op.Format op) {
        boolean simple = !conversion.starWidth() && !conversion.starPrecision() && conversion.precision().isEmpty()
                && (conversion.flags() & PrintFormat.Flag.ALTERNATE) == 0;
        String letters = switch (conversion.letter()) {
            case 'd', 'i' -> "lld";
            case 'u' -> "llu";
            case 'x' -> "llx";
            case 'X' -> "llX";
            case 's' -> "s";
            case 'c' -> "c";
            default -> "";
        };
        if (!simple || letters.isEmpty()) {
            throw new KernelUnsupported("a string made by the conversion '%" + conversion.letter()
                    + "' with these flags is needed in the kernel, which has no such conversion; print it directly instead", op.span());
        }
        text.append('%');
        text.append((conversion.flags() & PrintFormat.Flag.LEFT) != 0 ? "-" : "");
        text.append((conversion.flags() & PrintFormat.Flag.PLUS) != 0 ? "+" : "");
        text.append((conversion.flags() & PrintFormat.Flag.SPACE) != 0 ? " " : "");
        text.append((conversion.flags() & PrintFormat.Flag.ZERO) != 0 ? "0" : "");
        text.append(conversion.width().isPresent() ? Integer.toString(conversion.width().getAsInt()) : "").append(letters);
    }
}
