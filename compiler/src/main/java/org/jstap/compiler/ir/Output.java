package org.jstap.compiler.ir;

import java.util.List;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.program.PrintFormat;

/**
 * A format with its arguments, in the order in which the conversions take them. Arguments may be computed where the text is made:
 * a kernel handler records what they are made from, and the host does the rest.
 */
public record Output(PrintFormat format, List<Argument> arguments) {
    public Output {
        arguments = List.copyOf(arguments);
    }

    public sealed interface Argument { }

    /** A number or string. */
    public record Value(Operand operand) implements Argument { }

    /** A string that is itself made by a format; cut to MAXSTRINGLEN - 1 bytes like any string. */
    public record Nested(Output output) implements Argument { }

    /** A pure intrinsic applied to recorded arguments. */
    public record Deferred(Intrinsic intrinsic, List<Operand> operands) implements Argument {
        public Deferred {
            operands = List.copyOf(operands);
        }
    }
}
