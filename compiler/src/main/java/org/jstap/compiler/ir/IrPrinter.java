package org.jstap.compiler.ir;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.program.Stmt.Sort;
import org.jstap.compiler.program.Type;

/** Listing of the intermediate form, as {@code -p 3} prints it. */
public final class IrPrinter {
    private final List<Global> globals;
    private final List<Code> functions;
    private final StringBuilder out;

    private IrPrinter(List<Global> globals, List<Code> functions, StringBuilder out) {
        this.globals = globals;
        this.functions = functions;
        this.out = out;
    }

    public static String print(IrProgram program) {
        StringBuilder out = new StringBuilder();
        IrPrinter printer = new IrPrinter(program.globals(), program.functions(), out);
        for (Code function : program.functions()) {
            out.append("function ").append(function.name()).append('(');
            printer.list(function.parameters());
            out.append(')').append(function.result() == Type.VOID ? "" : ":" + function.result().word()).append('\n');
            printer.region(function.body(), 1);
        }
        for (IrHandler handler : program.handlers()) {
            out.append("handler ").append(handler.id()).append(": ").append(handler.point()).append('\n');
            printer.sites(handler.sites());
            if (handler.condition().isPresent()) {
                out.append("  if\n");
                printer.region(handler.condition().get().body(), 2);
            }
            printer.region(handler.code().body(), 1);
        }
        return out.toString();
    }

    /** Listing of one code, whose globals are named as in {@code globals}. */
    public static String print(Code code, List<Global> globals) {
        StringBuilder out = new StringBuilder();
        new IrPrinter(globals, List.of(), out).region(code.body(), 1);
        return out.toString();
    }

    private void sites(List<ProbeSite> sites) {
        int shown = Math.min(sites.size(), 4);
        for (int i = 0; i < shown; i++) {
            out.append("  at ").append(sites.get(i).text()).append('\n');
        }
        if (sites.size() > shown) {
            out.append("  at ").append(sites.size() - shown).append(" more\n");
        }
    }

    private void region(Region region, int depth) {
        for (Op op : region.ops()) {
            op(op, depth);
        }
    }

    private StringBuilder indent(int depth) {
        for (int i = 0; i < depth; i++) {
            out.append("  ");
        }
        return out;
    }

    private void op(Op op, int depth) {
        switch (op) {
            case Op.Count _ -> { }
            case Op.If o -> {
                indent(depth).append("if ").append(o.condition()).append('\n');
                region(o.then(), depth + 1);
                if (!o.otherwise().isEmpty()) {
                    indent(depth).append("else\n");
                    region(o.otherwise(), depth + 1);
                }
            }
            case Op.Loop o -> {
                indent(depth).append("loop\n");
                region(o.body(), depth + 1);
            }
            case Op.Scope o -> {
                indent(depth).append("scope ").append(o.label()).append('\n');
                region(o.body(), depth + 1);
            }
            case Op.Foreach o -> foreach(o, depth);
            case Op.ForeachBucket o -> {
                indent(depth).append("foreach ").append(o.key()).append(" in buckets of ").append(place(o.global(), o.statKeys()))
                        .append('\n');
                region(o.body(), depth + 1);
            }
            case Op.Try o -> {
                indent(depth).append("try\n");
                region(o.body(), depth + 1);
                indent(depth).append("catch").append(o.message().isPresent() ? " " + o.message().get() : "").append('\n');
                region(o.handler(), depth + 1);
            }
            case Op.HostBlock o -> {
                indent(depth).append("on the host").append(list("(", o.arguments(), ")")).append('\n');
                region(o.block().body(), depth + 1);
            }
            default -> indent(depth).append(text(op)).append('\n');
        }
    }

    private void foreach(Op.Foreach o, int depth) {
        indent(depth).append("foreach [");
        list(o.keys());
        out.append(']').append(o.value().isPresent() ? " = " + o.value().get() : "").append(" in ").append(name(o.global()));
        if (!o.slices().isEmpty()) {
            out.append(optional(o.slices()));
        }
        out.append(sort(o.sort()));
        if (o.limit().isPresent()) {
            out.append(" limit ").append(o.limit().get());
        }
        out.append('\n');
        region(o.body(), depth + 1);
    }

    private static String sort(Optional<Sort> sort) {
        if (sort.isEmpty()) {
            return "";
        }
        return (sort.get().descending() ? " falling by " : " rising by ")
                + (sort.get().column() == 0 ? "value" : "key " + sort.get().column())
                + (sort.get().extractor().isPresent() ? " @" + sort.get().extractor().get().name().toLowerCase() : "");
    }

    private String nextElement(Op.NextElement o) {
        StringBuilder text = new StringBuilder("next [");
        for (int i = 0; i < o.keys().size(); i++) {
            text.append(i == 0 ? "" : ", ").append(o.keys().get(i));
        }
        return text.append(']').append(o.value().isPresent() ? " = " + o.value().get() : "").append(" in ").append(name(o.global()))
                .append(o.slices().isEmpty() ? "" : optional(o.slices())).append(sort(o.sort())).append(" behind ")
                .append(o.cursor().last()).append(", found ").append(o.cursor().found()).toString();
    }

    private static String groups(List<Op.Group> groups) {
        StringBuilder text = new StringBuilder();
        for (Op.Group group : groups) {
            text.append(", ").append(group.to()).append(" = group ").append(group.number());
        }
        return text.toString();
    }

    private String text(Op op) {
        return switch (op) {
            case Op.Move o -> o.to() + " = " + o.from();
            case Op.Unary o -> o.to() + " = " + switch (o.op()) {
                case NEGATE -> "-";
                case NOT -> "!";
                case COMPLEMENT -> "~";
            } + o.operand();
            case Op.Arithmetic o -> o.to() + " = " + o.left() + " " + symbol(o.op()) + " " + o.right();
            case Op.Compare o -> o.to() + " = " + o.left() + " " + symbol(o.op()) + " " + o.right();
            case Op.Concat o -> o.to() + " = " + o.left() + " . " + o.right();
            case Op.Match o -> o.to() + " = " + o.text() + " =~ regex " + o.regex();
            case Op.Capture o -> o.to() + " = " + o.text() + " =~ regex " + o.regex() + groups(o.groups());
            case Op.CallIntrinsic o -> to(o.to()) + o.intrinsic().word() + list("(", o.arguments(), ")");
            case Op.Call o -> to(o.to()) + (functions.isEmpty() ? "function " + o.function() : functions.get(o.function()).name())
                    + list("(", o.arguments(), ")");
            case Op.ReadGlobal o -> o.to() + " = " + place(o.global(), o.keys());
            case Op.WriteGlobal o -> place(o.global(), o.keys()) + " = " + o.value();
            case Op.AddGlobal o -> place(o.global(), o.keys()) + " += " + o.delta();
            case Op.AddStat o -> place(o.global(), o.keys()) + " <<< " + o.value();
            case Op.ReadStat o -> o.to() + " = @" + o.kind().name().toLowerCase() + "(" + place(o.global(), o.keys()) + ")";
            case Op.ReadBucket o -> o.to() + " = bucket " + o.index() + " of " + place(o.global(), o.keys());
            case Op.Contains o -> o.to() + " = " + optional(o.keys()) + " in " + name(o.global());
            case Op.Delete o -> "delete " + name(o.global()) + (o.keys().isEmpty() ? "" : optional(o.keys()));
            case Op.NextElement o -> nextElement(o);
            case Op.LoadArgument o -> o.to() + " = argument " + o.index() + width(o.size(), o.signed());
            case Op.LoadResult o -> o.to() + " = result" + width(o.size(), o.signed());
            case Op.LoadMemory o -> o.to() + " = " + (o.chained() ? "load " : "read ") + o.space().name().toLowerCase() + " "
                    + o.base() + " + " + o.offset() + width(o.size(), o.signed())
                    + (o.bits().isPresent() ? " bits " + o.bits().get().shift() + ".." + (o.bits().get().shift()
                    + o.bits().get().width() - 1) : "");
            case Op.LoadBytes o -> o.to() + " = read " + o.size() + " bytes at " + o.address();
            case Op.StoreMemory o -> "store " + o.base() + " + " + o.offset() + width(o.size(), false) + " = " + o.value();
            case Op.Print o -> "print " + output(o.output());
            case Op.Format o -> o.to() + " = format " + output(o.output());
            case Op.PrintHistogram o -> "print histogram of " + place(o.global(), o.keys());
            case Op.Break _ -> "break";
            case Op.Continue _ -> "continue";
            case Op.LeaveScope o -> "leave scope " + o.label();
            case Op.Return o -> "return" + (o.value().isPresent() ? " " + o.value().get() : "");
            case Op.LeaveHandler _ -> "leave handler";
            default -> throw new IllegalStateException("no plain operation: " + op);
        };
    }

    private static String width(int size, boolean signed) {
        return " (" + (signed ? "s" : "u") + size * 8 + ")";
    }

    private static String symbol(org.jstap.compiler.program.Expr.ArithmeticOp op) {
        return switch (op) {
            case ADD -> "+";
            case SUB -> "-";
            case MUL -> "*";
            case DIV -> "/";
            case MOD -> "%";
            case AND -> "&";
            case OR -> "|";
            case XOR -> "^";
            case SHL -> "<<";
            case SHR -> ">>";
        };
    }

    private static String symbol(org.jstap.compiler.program.Expr.ComparisonOp op) {
        return switch (op) {
            case EQ -> "==";
            case NE -> "!=";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }

    private static String to(Optional<Variable> to) {
        return to.isPresent() ? to.get() + " = " : "";
    }

    private String name(int global) {
        return globals.get(global).name();
    }

    private String place(int global, List<Operand> keys) {
        return name(global) + (keys.isEmpty() ? "" : list("[", keys, "]"));
    }

    private static String list(String open, List<Operand> operands, String close) {
        StringBuilder text = new StringBuilder(open);
        for (int i = 0; i < operands.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(operands.get(i));
        }
        return text.append(close).toString();
    }

    private void list(List<Variable> variables) {
        for (int i = 0; i < variables.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(variables.get(i));
        }
    }

    private static String optional(List<Optional<Operand>> operands) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < operands.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(operands.get(i).isPresent() ? operands.get(i).get().toString() : "*");
        }
        return text.append(']').toString();
    }

    private static String output(Output output) {
        StringBuilder text = new StringBuilder(Listing.quote(format(output.format())));
        for (Output.Argument argument : output.arguments()) {
            text.append(", ").append(switch (argument) {
                case Output.Value value -> value.operand().toString();
                case Output.Nested nested -> "(" + output(nested.output()) + ")";
                case Output.Deferred deferred -> deferred.intrinsic().word() + list("(", deferred.operands(), ")");
            });
        }
        return text.toString();
    }

    private static String format(PrintFormat format) {
        StringBuilder text = new StringBuilder();
        for (PrintFormat.Part part : format.parts()) {
            switch (part) {
                case PrintFormat.Literal literal -> text.append(literal.text());
                case PrintFormat.Choice choice -> text.append(choice.text());
                case PrintFormat.Conversion c -> {
                    text.append('%');
                    flag(text, c, PrintFormat.Flag.LEFT, '-');
                    flag(text, c, PrintFormat.Flag.PLUS, '+');
                    flag(text, c, PrintFormat.Flag.SPACE, ' ');
                    flag(text, c, PrintFormat.Flag.ALTERNATE, '#');
                    flag(text, c, PrintFormat.Flag.ZERO, '0');
                    text.append(c.starWidth() ? "*" : c.width().isPresent() ? Integer.toString(c.width().getAsInt()) : "");
                    text.append(c.starPrecision() ? ".*" : c.precision().isPresent() ? "." + c.precision().getAsInt() : "");
                    text.append(c.letter());
                }
            }
        }
        return text.toString();
    }

    private static void flag(StringBuilder text, PrintFormat.Conversion conversion, int flag, char sign) {
        if ((conversion.flags() & flag) != 0) {
            text.append(sign);
        }
    }
}
