package org.jstap.compiler.kernel.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Type;

/**
 * Which strings may be encoded ones, whose characters only the host knows ({@link org.jstap.compiler.syscall.EncodedText}). In the
 * kernel they can be kept, be keys and be printed; what looks into them has to be done on the host.
 */
public final class EncodedTexts {
    private final BitSet globals = new BitSet();

    private EncodedTexts() { }

    /** Looks through all handlers and functions, since one may keep in a global what another looks into. */
    public static EncodedTexts of(IrProgram program) {
        EncodedTexts texts = new EncodedTexts();
        List<Code> codes = new ArrayList<>(program.functions());
        for (IrHandler handler : program.handlers()) {
            codes.add(handler.code());
        }
        int before;
        do {
            before = texts.globals.cardinality();
            for (Code code : codes) {
                texts.collectGlobals(code);
            }
        } while (texts.globals.cardinality() > before);
        return texts;
    }

    private static void visit(Code code, java.util.function.Consumer<Op> visitor) {
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                visitor.accept(op);
                return super.rewrite(op);
            }

            void all(Region region) {
                region(region);
            }
        }.all(code.body());
    }

    private void collectGlobals(Code code) {
        BitSet variables = variables(code);
        if (variables.isEmpty()) {
            return;
        }
        visit(code, op -> {
            if (op instanceof Op.WriteGlobal write && contains(variables, write.value())) {
                globals.set(write.global());
            }
        });
    }

    /** Ids of the variables of a code that may hold an encoded string. */
    public BitSet variables(Code code) {
        BitSet encoded = new BitSet();
        int before;
        do {
            before = encoded.cardinality();
            visit(code, op -> {
                switch (op) {
                    case Op.CallIntrinsic call when call.to().isPresent() && makes(call.intrinsic()) ->
                        encoded.set(call.to().get().id());
                    case Op.Move move when contains(encoded, move.from()) -> encoded.set(move.to().id());
                    case Op.ReadGlobal read when read.to().type() == Type.STRING && globals.get(read.global()) ->
                        encoded.set(read.to().id());
                    default -> { }
                }
            });
        } while (encoded.cardinality() > before);
        return encoded;
    }

    private static boolean makes(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case SYSCALL_ARGUMENTS, SYSCALL_RESULT, SYSCALL_TEXT, SYSCALL_MEMORY, SYSCALL_POINTERS, SYSCALL_STRINGS, KERNEL_BUFFER,
                 USER_BUFFER, BUFFER_HEX -> true;
            default -> false;
        };
    }

    private static boolean contains(BitSet variables, Operand operand) {
        return operand instanceof Variable variable && variables.get(variable.id());
    }

    /** What in an operation needs the characters of an encoded string, in words; empty where nothing does. */
    public static Optional<String> looksInto(Op op, BitSet encoded) {
        boolean looks = switch (op) {
            case Op.Concat o -> contains(encoded, o.left()) || contains(encoded, o.right());
            case Op.Compare o -> contains(encoded, o.left()) || contains(encoded, o.right());
            case Op.Match o -> contains(encoded, o.text());
            case Op.Capture o -> contains(encoded, o.text());
            case Op.Format o -> looksInto(o.output(), encoded);
            case Op.CallIntrinsic o -> {
                boolean any = false;
                for (Operand argument : o.arguments()) {
                    any |= contains(encoded, argument);
                }
                yield any && o.intrinsic() != Intrinsic.ERROR && o.intrinsic() != Intrinsic.WARN && o.intrinsic() != Intrinsic.LOG;
            }
            default -> false;
        };
        return looks ? Optional.of("looking into a text that the host makes") : Optional.empty();
    }

    private static boolean looksInto(Output output, BitSet encoded) {
        for (Output.Argument argument : output.arguments()) {
            boolean looks = switch (argument) {
                case Output.Value value -> contains(encoded, value.operand());
                case Output.Nested nested -> looksInto(nested.output(), encoded);
                case Output.Deferred deferred -> deferred.operands().stream().anyMatch(operand -> contains(encoded, operand));
            };
            if (looks) {
                return true;
            }
        }
        return false;
    }
}
