package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.host.function.StringFunctions;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.Type;

/**
 * Makes texts of what the kernel has: formats and functions for which the kernel target has no code become operations for which it
 * has. They mean the same on the JVM, where a part that is left to the host may need them.
 */
final class KernelTexts extends OpRewriter {
    private final List<Variable> variables;
    private final BitSet encoded;
    private final int longest;
    private final boolean all;
    /** What is left of the text that is taken apart; absent where the host has to keep that. */
    private Optional<Variable> tokens = Optional.empty();
    private boolean goingOn;
    private boolean changed;

    private KernelTexts(Code code, BitSet encoded, int longest, boolean all) {
        this.variables = new ArrayList<>(code.variables());
        this.encoded = encoded;
        this.longest = longest;
        this.all = all;
    }

    /**
     * @param encoded variables with strings whose characters only the host knows
     * @param longest bytes that a string may have
     * @param all     whether to replace what costs more than a record to the host would
     * @return the same object where there is nothing to replace
     */
    static Code apply(Code code, BitSet encoded, int longest, boolean all) {
        KernelTexts texts = new KernelTexts(code, encoded, longest, all);
        if (all && texts.takesApart(code)) {
            Code apart = new KernelTexts(code, encoded, longest, true).withTokens(code, false);
            // What another run of a handler has left over only the host knows.
            if (Availability.of(apart).alwaysWritten(apart.variables().get(code.variables().size()))) {
                return new KernelTexts(code, encoded, longest, true).withTokens(code, true);
            }
        }
        return texts.replaced(code);
    }

    private Code replaced(Code code) {
        Region body = region(code.body());
        return changed ? new Code(code.name(), code.parameters(), variables, code.result(), body, code.span()) : code;
    }

    /** @param goingOn whether an empty text goes on with the one before, for which there has to be one, be it empty */
    private Code withTokens(Code code, boolean goingOn) {
        Variable rest = new Variable(variables.size(), "t" + variables.size(), Type.STRING);
        variables.add(rest);
        tokens = Optional.of(rest);
        this.goingOn = goingOn;
        Code apart = replaced(code);
        if (!goingOn) {
            return apart;
        }
        List<Op> ops = new ArrayList<>();
        ops.add(new Op.Move(rest, IrWriter.EMPTY, code.span()));
        ops.addAll(apart.body().ops());
        return new Code(apart.name(), apart.parameters(), apart.variables(), apart.result(), new Region(ops), apart.span());
    }

    /** Whether the handler takes texts apart whose characters the kernel knows, and no others. */
    private boolean takesApart(Code code) {
        boolean[] found = new boolean[2];
        OpFinder.visit(code.body(), op -> {
            if (op instanceof Op.CallIntrinsic call && (call.intrinsic() == Intrinsic.TOKENIZE || call.intrinsic() == Intrinsic.NEXT_TOKEN)) {
                found[0] = true;
                found[1] |= call.to().isEmpty() || EncodedTexts.looksInto(op, encoded).isPresent();
            }
        });
        return found[0] && !found[1];
    }

    @Override
    protected Region region(Region region) {
        List<Op> ops = new ArrayList<>(region.ops().size());
        for (Op op : region.ops()) {
            IrWriter out = new IrWriter(variables, op.span());
            if (EncodedTexts.looksInto(op, encoded).isEmpty() && replaced(op, out)) {
                changed = true;
                ops.addAll(out.ops());
            } else {
                ops.add(rewrite(op));
            }
        }
        return new Region(ops);
    }

    private boolean replaced(Op op, IrWriter out) {
        return switch (op) {
            case Op.Format format -> KernelFormats.obstacle(format).isPresent() && values(format)
                    && KernelFormats.write(format, out, longest, all);
            case Op.CallIntrinsic call when all && call.to().isPresent() -> replaced(call, call.to().get(), out);
            default -> false;
        };
    }

    private boolean replaced(Op.CallIntrinsic call, Variable to, IrWriter out) {
        return switch (call.intrinsic()) {
            case TEXT_STRN -> counted(call, to, out);
            case SYMNAME -> symbol(call, to, out);
            case TOKENIZE, NEXT_TOKEN -> tokens.isPresent() && token(call, to, out);
            default -> KernelNames.write(call, to, out);
        };
    }

    // ---- text with escapes, of a length

    private boolean counted(Op.CallIntrinsic call, Variable to, IrWriter out) {
        Operand text = call.arguments().getFirst();
        Operand quoted = call.arguments().get(2);
        Variable length = out.copy(call.arguments().get(1));
        out.branch(out.compare(ComparisonOp.LE, length, IrWriter.ZERO), () -> out.move(length, IrWriter.number(longest)), () -> { });
        out.branch(out.compare(ComparisonOp.GT, length, IrWriter.number(longest)), () -> out.move(length, IrWriter.number(longest)),
                () -> { });
        if (quoted instanceof Operand.Number number) {
            if (number.value() != 0) {
                atLeastQuotes(length, out);
            }
            out.call(to, Intrinsic.TEXT_STRN, text, length, quoted);
        } else {
            out.branch(quoted, () -> {
                atLeastQuotes(length, out);
                out.call(to, Intrinsic.TEXT_STRN, text, length, IrWriter.number(1));
            },
                    () -> out.call(to, Intrinsic.TEXT_STRN, text, length, IrWriter.ZERO));
        }
        return true;
    }

    /** The kernel puts the module behind the name of a symbol, in brackets. */
    private boolean symbol(Op.CallIntrinsic call, Variable to, IrWriter out) {
        Variable name = out.call(Intrinsic.SYMNAME, call.arguments().getFirst());
        Operand end = out.call(Intrinsic.STRPOS, name, IrWriter.text(" "));
        out.branch(out.compare(ComparisonOp.GE, end, IrWriter.ZERO), () -> out.call(to, Intrinsic.SUBSTR, name, IrWriter.ZERO, end),
                () -> out.move(to, name));
        return true;
    }

    private static void atLeastQuotes(Variable length, IrWriter out) {
        Operand least = IrWriter.number(StringFunctions.LEAST_QUOTED);
        out.branch(out.compare(ComparisonOp.LT, length, least), () -> out.move(length, least), () -> { });
    }

    // ---- tokens: what is left of the text is in a variable of the handler

    private boolean token(Op.CallIntrinsic call, Variable to, IrWriter out) {
        Variable rest = tokens.get();
        Operand delimiters = call.arguments().getLast();
        if (call.intrinsic() == Intrinsic.TOKENIZE) {
            if (call.arguments().getFirst().equals(delimiters)) {
                delimiters = out.copy(delimiters);
            }
            Operand text = call.arguments().getFirst();
            if (goingOn && text instanceof Variable) {
                out.branch(out.compare(ComparisonOp.NE, text, IrWriter.EMPTY), () -> out.move(rest, text), () -> { });
            } else if (!text.equals(IrWriter.EMPTY)) {
                out.move(rest, text);
            }
        }
        Operand start = out.call(Intrinsic.SPAN, rest, delimiters, IrWriter.ZERO, IrWriter.ZERO);
        Operand end = out.call(Intrinsic.SPAN, rest, delimiters, start, IrWriter.number(1));
        Operand token = out.call(Intrinsic.SUBSTR, rest, start, out.subtract(end, start));
        out.move(rest, out.call(Intrinsic.SUBSTR, rest, out.add(end, 1), IrWriter.number(longest)));
        out.move(to, token);
        return true;
    }

    private static boolean values(Op.Format format) {
        for (Output.Argument argument : format.output().arguments()) {
            if (!(argument instanceof Output.Value)) {
                return false;
            }
        }
        return true;
    }
}
