package org.jstap.language.tree;

import java.util.List;
import java.util.Optional;
import org.jstap.language.source.Span;

/** An expression. Parentheses leave no trace but in the shape of the tree. */
public sealed interface Expression extends Node {

    /** A number or a string as written. */
    sealed interface Literal extends Expression {
        /** The canonical spelling, a string with its quotes. */
        String asText();
    }

    record NumberLiteral(long value, Span span) implements Literal {
        @Override
        public String asText() {
            return Long.toString(value);
        }
    }

    /**
     * A string; literals side by side are already one.
     *
     * @param value the bytes meant, one char each
     * @param raw   the spelling without quotes in which escapes with a meaning (as {@code \n}, {@code \101},
     *              {@code \\}) are kept and others are undone: SystemTap joins and compares literals so
     */
    record StringLiteral(String value, String raw, Span span) implements Literal {
        @Override
        public String asText() {
            return "\"" + raw.replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        }
    }

    enum UnaryOperator {
        PLUS("+"),
        MINUS("-"),
        NOT("!"),
        COMPLEMENT("~");

        private final String text;

        UnaryOperator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {
    }

    /**
     * {@code ++} and {@code --}.
     *
     * @param increment true for {@code ++}
     * @param prefix    true if it stands before the target
     */
    record Crement(boolean increment, boolean prefix, Expression target, Span span) implements Expression {
        public String text() {
            return increment ? "++" : "--";
        }
    }

    /** What sort of operation a binary operator is. */
    enum BinaryKind {
        /** Numbers to a number. */
        ARITHMETIC,
        /** Two numbers or two strings to 0 or 1. */
        COMPARISON,
        /** Numbers to 0 or 1, the right one evaluated only if needed. */
        LOGICAL
    }

    enum BinaryOperator {
        MULTIPLY("*", 12, BinaryKind.ARITHMETIC),
        DIVIDE("/", 12, BinaryKind.ARITHMETIC),
        MODULO("%", 12, BinaryKind.ARITHMETIC),
        ADD("+", 11, BinaryKind.ARITHMETIC),
        SUBTRACT("-", 11, BinaryKind.ARITHMETIC),
        SHIFT_LEFT("<<", 9, BinaryKind.ARITHMETIC),
        SHIFT_RIGHT(">>", 9, BinaryKind.ARITHMETIC),
        /** The shift that fills with zeros. */
        SHIFT_RIGHT_UNSIGNED(">>>", 9, BinaryKind.ARITHMETIC),
        LESS("<", 8, BinaryKind.COMPARISON),
        LESS_OR_EQUAL("<=", 8, BinaryKind.COMPARISON),
        GREATER(">", 8, BinaryKind.COMPARISON),
        GREATER_OR_EQUAL(">=", 8, BinaryKind.COMPARISON),
        EQUAL("==", 8, BinaryKind.COMPARISON),
        NOT_EQUAL("!=", 8, BinaryKind.COMPARISON),
        BIT_AND("&", 6, BinaryKind.ARITHMETIC),
        BIT_XOR("^", 5, BinaryKind.ARITHMETIC),
        BIT_OR("|", 4, BinaryKind.ARITHMETIC),
        AND("&&", 3, BinaryKind.LOGICAL),
        OR("||", 2, BinaryKind.LOGICAL);

        private final String text;
        private final int precedence;
        private final BinaryKind kind;

        BinaryOperator(String text, int precedence, BinaryKind kind) {
            this.text = text;
            this.precedence = precedence;
            this.kind = kind;
        }

        public String text() {
            return text;
        }

        /** How tightly it binds, on the scale of {@link Precedence}: a larger number binds tighter. */
        public int precedence() {
            return precedence;
        }

        public BinaryKind kind() {
            return kind;
        }
    }

    record Binary(BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {
    }

    /** {@code left . right}. */
    record Concatenation(Expression left, Expression right, Span span) implements Expression {
    }

    record Ternary(Expression condition, Expression then, Expression otherwise, Span span) implements Expression {
    }

    enum AssignmentOperator {
        ASSIGN("="),
        /** {@code <<<}: adds a sample to a statistic. */
        AGGREGATE("<<<"),
        CONCATENATE(".="),
        ADD("+="),
        SUBTRACT("-="),
        MULTIPLY("*="),
        DIVIDE("/="),
        MODULO("%="),
        SHIFT_LEFT("<<="),
        SHIFT_RIGHT(">>="),
        SHIFT_RIGHT_UNSIGNED(">>>="),
        AND("&="),
        XOR("^="),
        OR("|=");

        private final String text;

        AssignmentOperator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** The operator in {@code a = a op b}; empty for {@code =}, {@code <<<} and {@code .=}. */
        public Optional<BinaryOperator> arithmetic() {
            return switch (this) {
                case ASSIGN, AGGREGATE, CONCATENATE -> Optional.empty();
                case ADD -> Optional.of(BinaryOperator.ADD);
                case SUBTRACT -> Optional.of(BinaryOperator.SUBTRACT);
                case MULTIPLY -> Optional.of(BinaryOperator.MULTIPLY);
                case DIVIDE -> Optional.of(BinaryOperator.DIVIDE);
                case MODULO -> Optional.of(BinaryOperator.MODULO);
                case SHIFT_LEFT -> Optional.of(BinaryOperator.SHIFT_LEFT);
                case SHIFT_RIGHT -> Optional.of(BinaryOperator.SHIFT_RIGHT);
                case SHIFT_RIGHT_UNSIGNED -> Optional.of(BinaryOperator.SHIFT_RIGHT_UNSIGNED);
                case AND -> Optional.of(BinaryOperator.BIT_AND);
                case XOR -> Optional.of(BinaryOperator.BIT_XOR);
                case OR -> Optional.of(BinaryOperator.BIT_OR);
            };
        }
    }

    record Assignment(AssignmentOperator operator, Expression target, Expression value, Span span)
            implements Expression {
    }

    /** {@code [a, *] in array}; an empty element of the index is {@code *}. */
    record Membership(List<Optional<Expression>> index, Expression array, Span span) implements Expression {
        public Membership {
            index = List.copyOf(index);
        }
    }

    /** {@code left =~ "pattern"}, or {@code !~}. */
    record RegexMatch(Expression left, StringLiteral pattern, boolean negated, Span span) implements Expression {
    }

    /** A name: a variable, or a function called without parentheses if there is no such variable. */
    record Symbol(String name, Span span) implements Expression {
    }

    /**
     * {@code base[i, j]}.
     *
     * @param base    a {@link Symbol} or a {@link Histogram}
     * @param indexes an empty element is {@code *}
     */
    record Index(Expression base, List<Optional<Expression>> indexes, Span span) implements Expression {
        public Index {
            indexes = List.copyOf(indexes);
        }
    }

    record Call(String name, Span nameSpan, List<Expression> arguments, Span span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * {@code $name->member[index]$$}.
     *
     * @param name      with its dollars: {@code $file}, {@code $return}, {@code $$vars}, {@code $$parms}
     * @param addressOf whether {@code &} stands before it
     */
    record TargetVariable(String name, boolean addressOf, List<TargetComponent> components, Span span)
            implements Expression {
        public TargetVariable {
            components = List.copyOf(components);
        }
    }

    /**
     * {@code @var("name@file", "module")->member}.
     *
     * @param symbol the name and perhaps {@code @file} as written
     * @param module where to look; the probed module or the kernel where it is not written
     */
    record VariableReference(
            String symbol, Optional<String> module, boolean addressOf, List<TargetComponent> components, Span span)
            implements Expression {
        public VariableReference {
            components = List.copyOf(components);
        }
    }

    /** {@code @cast(operand, "type", "module")->member}. */
    record Cast(
            Expression operand, String type, Optional<String> module, boolean addressOf,
            List<TargetComponent> components, Span span) implements Expression {
        public Cast {
            components = List.copyOf(components);
        }
    }

    /**
     * {@code operand->member}, where the type comes from the operand. There are no components in {@code &(operand)}.
     */
    record Autocast(Expression operand, boolean addressOf, List<TargetComponent> components, Span span)
            implements Expression {
        public Autocast {
            components = List.copyOf(components);
        }
    }

    /** {@code @defined(operand)}. */
    record Defined(Expression operand, Span span) implements Expression {
    }

    /** {@code @probewrite(variable)}: whether the script writes a variable of the probed place. */
    record ProbeWrite(String symbol, Span span) implements Expression {
    }

    /** {@code @entry(operand)}: its value when the function was entered. */
    record Entry(Expression operand, Span span) implements Expression {
    }

    /** {@code @const("C expression")}. */
    record Constant(String code, Span span) implements Expression {
    }

    /** {@code @perf("counter")}. */
    record Perf(String counter, Span span) implements Expression {
    }

    /** {@code @kderef(size, address)} and {@code @uderef(size, address)}. */
    record Dereference(boolean user, long size, Expression address, Span span) implements Expression {
    }

    /** {@code @kregister(number)} and {@code @uregister(number)}. */
    record Register(boolean user, long number, Span span) implements Expression {
    }

    enum StatisticKind {
        COUNT("@count"),
        SUM("@sum"),
        MIN("@min"),
        MAX("@max"),
        AVG("@avg"),
        VARIANCE("@variance");

        private final String text;

        StatisticKind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * {@code @avg(statistic)}.
     *
     * @param parameters the bit shift of {@code @variance}, if written
     */
    record Statistic(StatisticKind kind, Expression statistic, List<Long> parameters, Span span) implements Expression {
        public Statistic {
            parameters = List.copyOf(parameters);
        }
    }

    enum HistogramKind {
        LOG("@hist_log"),
        LINEAR("@hist_linear");

        private final String text;

        HistogramKind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * {@code @hist_linear(statistic, start, stop, interval)}. Stands only alone in {@code print}, as the base of an
     * {@link Index}, or as the array of a foreach.
     *
     * @param parameters none for a log histogram; start, stop and interval for a linear one
     */
    record Histogram(HistogramKind kind, Expression statistic, List<Long> parameters, Span span) implements Expression {
        public Histogram {
            parameters = List.copyOf(parameters);
        }
    }

    enum PrintKind {
        PRINT("print", false, false, false),
        PRINTLN("println", false, false, true),
        PRINTF("printf", true, false, false),
        PRINTD("printd", false, true, false),
        PRINTDLN("printdln", false, true, true),
        SPRINT("sprint", false, false, false),
        SPRINTLN("sprintln", false, false, true),
        SPRINTF("sprintf", true, false, false),
        SPRINTD("sprintd", false, true, false),
        SPRINTDLN("sprintdln", false, true, true);

        private final String text;
        private final boolean formatted;
        private final boolean delimited;
        private final boolean newline;

        PrintKind(String text, boolean formatted, boolean delimited, boolean newline) {
            this.text = text;
            this.formatted = formatted;
            this.delimited = delimited;
            this.newline = newline;
        }

        public String text() {
            return text;
        }

        /** Whether it goes to the output; otherwise it is a string. */
        public boolean toStream() {
            return text.charAt(0) == 'p';
        }

        /** Whether its first argument is a format. */
        public boolean formatted() {
            return formatted;
        }

        /** Whether its first argument is a delimiter. */
        public boolean delimited() {
            return delimited;
        }

        /** Whether a newline follows. */
        public boolean newline() {
            return newline;
        }
    }

    /**
     * One of the {@code print} family.
     *
     * @param format    the parts of the format of {@code printf} and {@code sprintf}; empty for the others
     * @param delimiter what stands between the arguments of {@code printd} and its like
     * @param arguments the rest; a single {@link Histogram} for {@code print(@hist_log(x))}
     */
    record Print(
            PrintKind kind, List<FormatPart> format, Optional<StringLiteral> delimiter, List<Expression> arguments,
            Span span) implements Expression {
        public Print {
            format = List.copyOf(format);
            arguments = List.copyOf(arguments);
        }

        public boolean toStream() {
            return kind.toStream();
        }
    }

    /** C code as an expression, without {@code %{} and {@code %}}. */
    record EmbeddedExpression(String code, Span span) implements Expression {
    }
}
