package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.StringWidths;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/**
 * Makes long strings out of several shorter ones: {@code bpf_snprintf} first copies its arguments to a buffer of 512 bytes
 * ({@code MAX_BPRINTF_BIN_ARGS} of kernel/bpf/helpers.c), cuts a string that finds no room there and fails for a number that finds
 * none, and it takes no more than 12 arguments ({@code MAX_BPRINTF_VARARGS}). What it refuses in a format becomes an argument: bytes
 * that are no printable ASCII, and letters and digits behind {@code %s}.
 */
public final class LongFormats extends OpRewriter {
    private static final int ROOM = 512;
    private static final int ARGUMENTS = 12;
    /** A number with the most that aligning it costs. */
    private static final int NUMBER = 12;

    private final StringWidths widths;
    private final int[] local;
    private final List<Variable> variables;
    private boolean changed;

    private LongFormats(Code code, StringWidths widths) {
        this.widths = widths;
        this.local = widths.variables(code);
        this.variables = new ArrayList<>(code.variables());
    }

    /** The handler with such formats only as the kernel can do; itself where there are no others. */
    public static IrHandler apply(IrHandler handler, StringWidths widths) {
        Code code = handler.code();
        LongFormats formats = new LongFormats(code, widths);
        Region body = formats.region(code.body());
        if (!formats.changed) {
            return handler;
        }
        Code now = new Code(code.name(), code.parameters(), formats.variables, code.result(), body, code.span());
        return new IrHandler(handler.id(), handler.point(), handler.sites(), handler.optional(), handler.condition(), now);
    }

    @Override
    protected Region region(Region region) {
        List<Op> ops = new ArrayList<>(region.ops().size());
        for (Op op : region.ops()) {
            if (op instanceof Op.Format format) {
                format(format, ops);
            } else {
                ops.add(rewrite(op));
            }
        }
        return new Region(ops);
    }

    @Override
    public Op rewrite(Op op) {
        // The JVM has no such limit.
        return op instanceof Op.HostBlock ? op : super.rewrite(op);
    }

    private void format(Op.Format format, List<Op> ops) {
        Output output = acceptable(format.output());
        List<Output> pieces = pieces(output);
        if (pieces.size() < 2) {
            ops.add(output == format.output() ? format : new Op.Format(format.to(), output, format.span()));
            return;
        }
        changed = true;
        Operand joined = text(pieces.getFirst(), format.span(), ops);
        for (int i = 1; i < pieces.size(); i++) {
            Operand right = text(pieces.get(i), format.span(), ops);
            Variable to = i == pieces.size() - 1 ? format.to() : variable();
            ops.add(new Op.Concat(to, joined, right, format.span()));
            joined = to;
        }
    }

    /** The same output by a format that the kernel takes. */
    private Output acceptable(Output output) {
        List<PrintFormat.Part> parts = new ArrayList<>();
        List<Output.Argument> arguments = new ArrayList<>();
        int next = 0;
        boolean text = false;
        boolean moved = false;
        for (PrintFormat.Part part : output.format().parts()) {
            switch (part) {
                case PrintFormat.Literal literal -> {
                    text = isRefused(literal.text(), text);
                    if (text) {
                        parts.add(IrWriter.plain('s'));
                        arguments.add(new Output.Value(new Operand.Text(literal.text())));
                        moved = true;
                    } else {
                        parts.add(literal);
                    }
                }
                case PrintFormat.Choice _ -> throw new IllegalStateException("a choice of texts in a format for the kernel");
                case PrintFormat.Conversion conversion -> {
                    parts.add(conversion);
                    arguments.add(output.arguments().get(next++));
                    text = conversion.takesString();
                }
            }
        }
        changed |= moved;
        return moved ? new Output(new PrintFormat(parts), arguments) : output;
    }

    private static boolean isRefused(String literal, boolean behindString) {
        if (behindString && !literal.isEmpty() && Character.isLetterOrDigit(literal.charAt(0))) {
            return true;
        }
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c >= 0x7f || c < ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\f' && c != 0x0b) {
                return true;
            }
        }
        return false;
    }

    /** The parts of a format, as many together as the kernel takes at once. */
    private List<Output> pieces(Output output) {
        List<Output> pieces = new ArrayList<>();
        List<PrintFormat.Part> parts = new ArrayList<>();
        List<Output.Argument> arguments = new ArrayList<>();
        int taken = 0;
        int next = 0;
        for (PrintFormat.Part part : output.format().parts()) {
            if (part instanceof PrintFormat.Conversion conversion) {
                Operand operand = ((Output.Value) output.arguments().get(next++)).operand();
                int size = operand.type() == Type.STRING ? widths.width(operand, local) : conversion.letter() == 'c' ? 1 : NUMBER;
                if (!parts.isEmpty() && (taken + size > ROOM || arguments.size() == ARGUMENTS)) {
                    pieces.add(new Output(new PrintFormat(parts), arguments));
                    parts.clear();
                    arguments.clear();
                    taken = 0;
                }
                taken += size;
                arguments.add(new Output.Value(operand));
            } else if (taken > ROOM) {
                // A string too long for the kernel's printing stays alone: no format is needed for it.
                pieces.add(new Output(new PrintFormat(parts), arguments));
                parts.clear();
                arguments.clear();
                taken = 0;
            }
            parts.add(part);
        }
        pieces.add(new Output(new PrintFormat(parts), arguments));
        return pieces;
    }

    private Operand text(Output piece, Span span, List<Op> ops) {
        if (piece.format().parts().size() == 1) {
            switch (piece.format().parts().getFirst()) {
                case PrintFormat.Literal literal -> {
                    return new Operand.Text(literal.text());
                }
                case PrintFormat.Conversion conversion when conversion.equals(IrWriter.plain('s')) -> {
                    return ((Output.Value) piece.arguments().getFirst()).operand();
                }
                case PrintFormat.Conversion _, PrintFormat.Choice _ -> { }
            }
        }
        Variable made = variable();
        ops.add(new Op.Format(made, piece, span));
        return made;
    }

    private Variable variable() {
        Variable variable = new Variable(variables.size(), "t" + variables.size(), Type.STRING);
        variables.add(variable);
        return variable;
    }
}
