package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/** Reads in the kernel the memory that {@code %m} and {@code %M} print, so that the host has it when it makes the text. */
final class MemoryPrints extends OpRewriter {
    /** Most bytes of one conversion: with more, handlers soon have no room for them. */
    private static final int MOST = 4096;

    private final List<Variable> variables;
    private final List<Op> loads = new ArrayList<>();
    private Span span;

    private MemoryPrints(Code code) {
        this.variables = new ArrayList<>(code.variables());
        this.span = code.span();
    }

    static Code apply(Code code) {
        MemoryPrints prints = new MemoryPrints(code);
        Region body = prints.region(code.body());
        return prints.variables.size() == code.variables().size() ? code
                : new Code(code.name(), code.parameters(), prints.variables, code.result(), body, code.span());
    }

    @Override
    protected Region region(Region region) {
        List<Op> ops = new ArrayList<>(region.ops().size());
        for (Op op : region.ops()) {
            span = op.span();
            Op now = rewrite(op);
            ops.addAll(loads);
            loads.clear();
            ops.add(now);
        }
        return new Region(ops);
    }

    @Override
    protected Output output(Output output) {
        List<Output.Argument> arguments = new ArrayList<>(output.arguments());
        int next = 0;
        for (PrintFormat.Part part : output.format().parts()) {
            if (part instanceof PrintFormat.Choice choice) {
                next += choice.arguments();
            } else if (part instanceof PrintFormat.Conversion conversion) {
                next += conversion.arguments();
                if (conversion.letter() == 'm' || conversion.letter() == 'M') {
                    arguments.set(next - 1, load(conversion, arguments.get(next - 1)));
                }
            }
        }
        return new Output(output.format(), arguments);
    }

    private Output.Argument load(PrintFormat.Conversion conversion, Output.Argument address) {
        if (conversion.starPrecision()) {
            throw new KernelUnsupported("how much memory '%" + conversion.letter()
                    + "' prints has to be a constant in a handler that runs in the kernel", span);
        }
        int size = Math.max(conversion.precision().orElse(0), 1);
        if (size > MOST) {
            throw new KernelUnsupported("'%" + conversion.letter() + "' prints at most " + MOST
                    + " bytes in a handler that runs in the kernel", span);
        }
        Variable bytes = new Variable(variables.size(), "t" + variables.size(), Type.STRING);
        variables.add(bytes);
        loads.add(new Op.LoadBytes(bytes, ((Output.Value) address).operand(), size, span));
        return new Output.Value(bytes);
    }
}
