package org.jstap.compiler.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Optional;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Output;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Type;

/**
 * The largest size that each string can have, in bytes with its zero: from what is assigned to it anywhere, on both sides. So the
 * name of a process takes 16 bytes of a key and not MAXSTRINGLEN.
 */
public final class StringWidths {
    /** Width of an intrinsic whose result can be as long as any string. */
    private static final int UNBOUNDED = 512;
    /** Bytes that one byte may become by escaping, and those of the quotes around it all, with some room for dots. */
    private static final int ESCAPE = 4;
    private static final int QUOTES = 5;
    /** Bytes of a number in any notation, with its sign or prefix. */
    private static final int NUMBER = 24;
    private final int limit;
    private final List<Global> globals;
    private final int[][] keys;
    private final int[] values;
    private boolean changed;
    /** Whether the code looked at is the kernel's, where keys have their widths; the JVM compares them as they are. */
    private boolean inKernel;

    private StringWidths(List<Global> globals, int limit) {
        this.globals = globals;
        this.limit = limit;
        this.keys = new int[globals.size()][];
        this.values = new int[globals.size()];
        for (Global global : globals) {
            keys[global.id()] = new int[global.keys().size()];
            values[global.id()] = global.initial().isPresent() && global.initial().get() instanceof Constant.Text text
                    ? Math.min(limit, text.value().length() + 1) : 1;
        }
    }

    /**
     * @param onHost   the functions of the program, and all handlers and parts of them that run on the JVM
     * @param inKernel kernel handlers in their final shape
     * @param limit    MAXSTRINGLEN
     */
    public static StringWidths of(List<Global> globals, List<Code> onHost, List<Code> inKernel, int limit) {
        StringWidths widths = new StringWidths(globals, limit);
        List<Code> codes = new ArrayList<>(onHost);
        codes.addAll(inKernel);
        List<int[]> local = new ArrayList<>();
        for (Code code : codes) {
            local.add(widths.initial(code));
        }
        do {
            widths.changed = false;
            for (int i = 0; i < codes.size(); i++) {
                widths.inKernel = i >= onHost.size();
                widths.visit(codes.get(i), local.get(i));
            }
        } while (widths.changed);
        widths.inKernel = true;
        return widths;
    }

    /** Widths of the variables of one code, by their ids; 8 for numbers. */
    public int[] variables(Code code) {
        int[] local = initial(code);
        do {
            changed = false;
            visit(code, local);
        } while (changed);
        return local;
    }

    public List<Integer> keys(Global global) {
        List<Integer> result = new ArrayList<>();
        for (int width : keys[global.id()]) {
            result.add(Math.max(1, width));
        }
        return result;
    }

    public int value(Global global) {
        return values[global.id()];
    }

    /** Width of one operand. */
    public int width(Operand operand, int[] variables) {
        return switch (operand) {
            case Variable variable -> variables[variable.id()];
            case Operand.Text text -> Math.min(limit, text.value().length() + 1);
            case Operand.Number _ -> 8;
        };
    }

    private int[] initial(Code code) {
        int[] local = new int[code.variables().size()];
        for (Variable variable : code.variables()) {
            local[variable.id()] = variable.type() == Type.STRING ? 1 : 8;
        }
        for (Variable parameter : code.parameters()) {
            local[parameter.id()] = parameter.type() == Type.STRING ? limit : 8;
        }
        return local;
    }

    private void visit(Code code, int[] local) {
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                op(op, local);
                return super.rewrite(op);
            }

            void all(Region region) {
                region(region);
            }
        }.all(code.body());
    }

    private void op(Op op, int[] local) {
        switch (op) {
            case Op.Move o -> widen(local, o.to(), width(o.from(), local));
            case Op.LoadBytes o -> {
                // These bytes are no string and have no limit.
                changed |= o.size() > local[o.to().id()];
                local[o.to().id()] = Math.max(local[o.to().id()], o.size());
            }
            case Op.Concat o -> widen(local, o.to(), width(o.left(), local) + width(o.right(), local) - 1);
            case Op.Format o -> widen(local, o.to(), format(o.output(), local));
            case Op.Capture o -> {
                int width = width(o.text(), local);
                for (Op.Group group : o.groups()) {
                    widen(local, group.to(), width);
                }
            }
            case Op.CallIntrinsic o when o.to().isPresent() -> widen(local, o.to().get(), intrinsic(o, local));
            case Op.Call o when o.to().isPresent() -> widen(local, o.to().get(), limit);
            case Op.ReadGlobal o -> {
                keys(o.global(), o.keys(), local);
                widen(local, o.to(), values[o.global()]);
            }
            case Op.WriteGlobal o -> {
                keys(o.global(), o.keys(), local);
                int width = width(o.value(), local);
                if (globals.get(o.global()).value() == Type.STRING && width > values[o.global()]) {
                    values[o.global()] = Math.min(limit, width);
                    changed = true;
                }
            }
            case Op.AddGlobal o -> keys(o.global(), o.keys(), local);
            case Op.AddStat o -> keys(o.global(), o.keys(), local);
            case Op.ReadStat o when inKernel -> keys(o.global(), o.keys(), local);
            case Op.ReadBucket o when inKernel -> keys(o.global(), o.keys(), local);
            case Op.PrintHistogram o when inKernel -> keys(o.global(), o.keys(), local);
            case Op.Contains o when inKernel -> optionalKeys(o.global(), o.keys(), local);
            case Op.Delete o when inKernel -> optionalKeys(o.global(), o.keys(), local);
            case Op.Foreach o -> element(o.global(), o.keys(), o.value(), local);
            case Op.NextElement o -> {
                optionalKeys(o.global(), o.slices(), local);
                element(o.global(), o.keys(), o.value(), local);
                if (o.cursor().order().isPresent()) {
                    int column = o.sort().orElseThrow().column();
                    int width = Math.max(1, column == 0 ? values[o.global()] : keys[o.global()][column - 1]);
                    widen(local, o.cursor().order().get().last(), width);
                    widen(local, o.cursor().order().get().found(), width);
                }
            }
            case Op.Try o -> o.message().ifPresent(message -> widen(local, message, limit));
            default -> { }
        }
    }

    /** A key that is looked up counts as well: cut to the width of the others it could match one of them. */
    private void keys(int global, List<Operand> operands, int[] local) {
        for (int i = 0; i < operands.size(); i++) {
            key(global, i, operands.get(i), local);
        }
    }

    private void key(int global, int column, Operand operand, int[] local) {
        int width = Math.min(limit, width(operand, local));
        if (globals.get(global).keys().get(column) == Type.STRING && width > keys[global][column]) {
            keys[global][column] = width;
            changed = true;
        }
    }

    private void optionalKeys(int global, List<Optional<Operand>> operands, int[] local) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).isPresent()) {
                key(global, i, operands.get(i).get(), local);
            }
        }
    }

    private void element(int global, List<Variable> to, Optional<Variable> value, int[] local) {
        for (int i = 0; i < to.size(); i++) {
            widen(local, to.get(i), Math.max(1, keys[global][i]));
        }
        if (value.isPresent()) {
            widen(local, value.get(), values[global]);
        }
    }

    private int intrinsic(Op.CallIntrinsic call, int[] local) {
        if (call.intrinsic().result() != Type.STRING) {
            return 8;
        }
        boolean counted = switch (call.intrinsic()) {
            case KERNEL_STRING_N, USER_STRING_N, MEMBER_TEXT -> true;
            default -> false;
        };
        if (counted && call.arguments().getLast() instanceof Operand.Number number && number.value() >= 0) {
            return number.value() < limit ? (int) number.value() + 1 : limit;
        }
        if (call.intrinsic() == Intrinsic.ENTRY) {
            return Math.min(limit, (int) ((Operand.Number) call.arguments().get(2)).value() + 1);
        }
        if (call.intrinsic() == Intrinsic.SUBSTR) {
            int whole = width(call.arguments().getFirst(), local);
            return call.arguments().get(2) instanceof Operand.Number number && number.value() >= 0 && number.value() < whole
                    ? (int) number.value() + 1 : whole;
        }
        if (call.intrinsic() == Intrinsic.STRING_QUOTED || call.intrinsic() == Intrinsic.TEXT_STR || call.intrinsic() == Intrinsic.TEXT_STRN) {
            return Math.min(limit, ESCAPE * (width(call.arguments().getFirst(), local) - 1) + QUOTES + 1);
        }
        return call.intrinsic().width() >= UNBOUNDED ? limit : call.intrinsic().width();
    }

    private int format(Output output, int[] local) {
        int total = 1;
        int next = 0;
        for (PrintFormat.Part part : output.format().parts()) {
            switch (part) {
                case PrintFormat.Literal literal -> total += literal.text().length();
                case PrintFormat.Choice choice -> {
                    next += choice.arguments();
                    total += choice(choice);
                }
                case PrintFormat.Conversion conversion -> {
                    next += conversion.arguments() - 1;
                    total += conversion.starWidth() ? limit : conversion(conversion, output.arguments().get(next), local);
                    next++;
                }
            }
            total = Math.min(total, limit);
        }
        return total;
    }

    private static int choice(PrintFormat.Choice choice) {
        int longest = 0;
        for (int i = 0; i < choice.texts().size(); i++) {
            int length = 0;
            for (PrintFormat.Part part : choice.parts(i)) {
                length += part instanceof PrintFormat.Literal literal ? literal.text().length() : NUMBER;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private int conversion(PrintFormat.Conversion conversion, Output.Argument argument, int[] local) {
        int natural = switch (argument) {
            case Output.Value value when value.operand().type() == Type.STRING -> width(value.operand(), local) - 1;
            case Output.Value _ -> NUMBER;
            case Output.Nested nested -> format(nested.output(), local) - 1;
            case Output.Deferred deferred -> deferred.intrinsic().width();
        };
        return Math.max(natural, Math.max(conversion.width().orElse(0), conversion.precision().orElse(0)));
    }

    private void widen(int[] local, Variable variable, int width) {
        int bounded = Math.min(limit, width);
        if (variable.type() == Type.STRING && bounded > local[variable.id()]) {
            local[variable.id()] = bounded;
            changed = true;
        }
    }
}
