package org.jstap.compiler.analysis;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.program.Expr;
import org.jstap.compiler.program.HistogramShape;
import org.jstap.compiler.program.PrintFormat;
import org.jstap.compiler.program.Program;
import org.jstap.compiler.program.StatKind;

/** Prints expressions of a program, parenthesised as computed. */
final class ExpressionPrinter {
    private final Program program;
    private final StringBuilder out;

    ExpressionPrinter(Program program, StringBuilder out) {
        this.program = program;
        this.out = out;
    }

    void print(Expr expression) {
        switch (expression) {
            case Expr.NumberValue e -> out.append(e.value());
            case Expr.TextValue e -> quoted(e.value());
            case Expr.LocalPlace e -> out.append(e.local().name());
            case Expr.GlobalPlace e -> out.append(e.global().name());
            case Expr.ElementPlace e -> {
                out.append(e.global().name());
                list("[", e.keys(), "]");
            }
            case Expr.MemoryPlace e -> memory(e);
            case Expr.Argument e -> out.append('$').append(e.name());
            case Expr.ReturnValue _ -> out.append("$return");
            case Expr.Unary e -> {
                out.append(switch (e.op()) {
                    case NEGATE -> "-";
                    case NOT -> "!";
                    case COMPLEMENT -> "~";
                });
                part(e.operand());
            }
            case Expr.Arithmetic e -> infix(e.left(), word(e.op()), e.right());
            case Expr.Comparison e -> infix(e.left(), word(e.op()), e.right());
            case Expr.Logical e -> infix(e.left(), e.and() ? "&&" : "||", e.right());
            case Expr.Concat e -> infix(e.left(), ".", e.right());
            case Expr.Conditional e -> {
                part(e.condition());
                out.append(" ? ");
                part(e.then());
                out.append(" : ");
                part(e.otherwise());
            }
            case Expr.Assign e -> infix(e.place(), (e.concat() ? "." : e.op().map(ExpressionPrinter::word).orElse("")) + "=",
                    e.value());
            case Expr.Increment e -> {
                String op = e.delta() > 0 ? "++" : "--";
                out.append(e.prefix() ? op : "");
                print(e.place());
                out.append(e.prefix() ? "" : op);
            }
            case Expr.Accumulate e -> infix(e.place(), "<<<", e.value());
            case Expr.Membership e -> {
                open(e.keys());
                out.append(" in ").append(e.array().name());
            }
            case Expr.Match e -> {
                part(e.text());
                out.append(e.negated() ? " !~ " : " =~ ");
                quoted(program.regexes().get(e.regex()));
            }
            case Expr.Call e -> {
                out.append(program.functions().get(e.function()).name());
                list("(", e.arguments(), ")");
            }
            case Expr.IntrinsicCall e -> {
                out.append(e.intrinsic().word());
                list("(", e.arguments(), ")");
            }
            case Expr.Extract e -> {
                out.append(word(e.kind())).append('(');
                statistic(e.statistic());
                out.append(')');
            }
            case Expr.Bucket e -> {
                histogram(e.statistic(), e.histogram());
                out.append('[');
                print(e.index());
                out.append(']');
            }
            case Expr.Print e -> format(e.asString() ? "sprintf(" : "printf(", e.format(), e.arguments());
            case Expr.PrintHistogram e -> {
                out.append("print(");
                histogram(e.statistic(), e.histogram());
                out.append(')');
            }
            case Expr.Pretty e -> format("sprintf(", e.format(), e.arguments());
        }
    }

    /** The load that a chain of members ends with: its spelling, size and place. */
    private void memory(Expr.MemoryPlace e) {
        out.append("*(").append(e.space() == Expr.Space.USER ? "user " : "").append(e.cType()).append(" *)(");
        print(e.base());
        if (e.offset() != 0) {
            out.append(" + ").append(e.offset());
        }
        out.append(')');
        if (e.bits().isPresent()) {
            out.append(" bits ").append(e.bits().get().shift()).append("..")
                    .append(e.bits().get().shift() + e.bits().get().width() - 1);
        }
    }

    private void part(Expr expression) {
        boolean simple = switch (expression) {
            case Expr.Arithmetic _, Expr.Comparison _, Expr.Logical _, Expr.Concat _, Expr.Conditional _, Expr.Assign _,
                    Expr.Accumulate _, Expr.Membership _, Expr.Match _, Expr.Unary _ -> false;
            default -> true;
        };
        out.append(simple ? "" : "(");
        print(expression);
        out.append(simple ? "" : ")");
    }

    private void infix(Expr left, String operator, Expr right) {
        part(left);
        out.append(' ').append(operator).append(' ');
        part(right);
    }

    private void list(String before, List<Expr> expressions, String after) {
        out.append(before);
        for (int i = 0; i < expressions.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            print(expressions.get(i));
        }
        out.append(after);
    }

    /** Keys of which some are open; nothing at all for no keys. */
    void open(List<Optional<Expr>> keys) {
        for (int i = 0; i < keys.size(); i++) {
            out.append(i == 0 ? "[" : ", ");
            if (keys.get(i).isPresent()) {
                print(keys.get(i).get());
            } else {
                out.append('*');
            }
        }
        out.append(keys.isEmpty() ? "" : "]");
    }

    private void statistic(Expr.StatPlace statistic) {
        out.append(statistic.global().name());
        if (!statistic.keys().isEmpty()) {
            list("[", statistic.keys(), "]");
        }
    }

    void histogram(Expr.StatPlace statistic, HistogramShape shape) {
        switch (shape) {
            case HistogramShape.Log _ -> {
                out.append("@hist_log(");
                statistic(statistic);
            }
            case HistogramShape.Linear l -> {
                out.append("@hist_linear(");
                statistic(statistic);
                out.append(", ").append(l.low()).append(", ").append(l.high()).append(", ").append(l.width());
            }
        }
        out.append(')');
    }

    private void format(String word, PrintFormat format, List<Expr> arguments) {
        StringBuilder text = new StringBuilder();
        for (PrintFormat.Part part : format.parts()) {
            switch (part) {
                case PrintFormat.Literal literal -> text.append(literal.text().replace("%", "%%"));
                case PrintFormat.Choice choice -> text.append(choice.text());
                case PrintFormat.Conversion conversion -> conversion(conversion, text);
            }
        }
        out.append(word);
        quoted(text.toString());
        for (Expr argument : arguments) {
            out.append(", ");
            print(argument);
        }
        out.append(')');
    }

    private static void conversion(PrintFormat.Conversion conversion, StringBuilder text) {
        text.append('%');
        String flags = "-+ #0";
        for (int i = 0; i < flags.length(); i++) {
            if ((conversion.flags() & 1 << i) != 0) {
                text.append(flags.charAt(i));
            }
        }
        text.append(conversion.starWidth() ? "*" : conversion.width().isPresent() ? "" + conversion.width().getAsInt() : "");
        if (conversion.starPrecision() || conversion.precision().isPresent()) {
            text.append('.').append(conversion.starPrecision() ? "*" : "" + conversion.precision().getAsInt());
        }
        text.append(conversion.letter());
    }

    void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        out.append(c);
                    } else {
                        out.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + (c >> 3 & 7)))
                                .append((char) ('0' + (c & 7)));
                    }
                }
            }
        }
        out.append('"');
    }

    static String word(StatKind kind) {
        return switch (kind) {
            case COUNT -> "@count";
            case SUM -> "@sum";
            case MIN -> "@min";
            case MAX -> "@max";
            case AVG -> "@avg";
            case VARIANCE -> "@variance";
        };
    }

    private static String word(Expr.ArithmeticOp op) {
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

    private static String word(Expr.ComparisonOp op) {
        return switch (op) {
            case EQ -> "==";
            case NE -> "!=";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }
}
