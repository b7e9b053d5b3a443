package org.jstap.compiler.host.node;

import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.program.Expr.ArithmeticOp;
import org.jstap.compiler.program.Expr.ComparisonOp;
import org.jstap.compiler.program.Expr.UnaryOp;
import org.jstap.compiler.regex.Matcher;
import org.jstap.language.source.Span;

/** Moves, arithmetic, comparison, strings. Fields that end in a letter of their own are register numbers. */
final class Values {
    private Values() { }

    static final class MoveNumber extends Node {
        private final int to;
        private final int from;

        MoveNumber(int to, int from) {
            this.to = to;
            this.from = from;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.numbers[to] = frame.numbers[from];
            return NEXT;
        }
    }

    static final class MoveText extends Node {
        private final int to;
        private final int from;

        MoveText(int to, int from) {
            this.to = to;
            this.from = from;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.texts[to] = frame.texts[from];
            return NEXT;
        }
    }

    static final class Unary extends Node {
        private final int to;
        private final UnaryOp op;
        private final int operand;

        Unary(int to, UnaryOp op, int operand) {
            this.to = to;
            this.op = op;
            this.operand = operand;
        }

        @Override
        int run(Frame frame, Execution execution) {
            long value = frame.numbers[operand];
            frame.numbers[to] = switch (op) {
                case NEGATE -> -value;
                case NOT -> value == 0 ? 1 : 0;
                case COMPLEMENT -> ~value;
            };
            return NEXT;
        }
    }

    /** Addition apart from the others, as every loop has one. */
    static final class Add extends Node {
        private final int to;
        private final int left;
        private final int right;

        Add(int to, int left, int right) {
            this.to = to;
            this.left = left;
            this.right = right;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.numbers[to] = frame.numbers[left] + frame.numbers[right];
            return NEXT;
        }
    }

    static final class Arithmetic extends Node {
        private final int to;
        private final ArithmeticOp op;
        private final int left;
        private final int right;
        private final Span span;

        Arithmetic(int to, ArithmeticOp op, int left, int right, Span span) {
            this.to = to;
            this.op = op;
            this.left = left;
            this.right = right;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            long a = frame.numbers[left];
            long b = frame.numbers[right];
            frame.numbers[to] = switch (op) {
                case ADD -> a + b;
                case SUB -> a - b;
                case MUL -> a * b;
                case DIV -> a / divisor(b);
                case MOD -> a % divisor(b);
                case AND -> a & b;
                case OR -> a | b;
                case XOR -> a ^ b;
                case SHL -> a << b;
                case SHR -> a >> b;
            };
            return NEXT;
        }

        private long divisor(long value) {
            if (value == 0) {
                throw ScriptError.at(span, "division by 0");
            }
            return value;
        }
    }

    static final class CompareNumbers extends Node {
        private final int to;
        private final ComparisonOp op;
        private final int left;
        private final int right;

        CompareNumbers(int to, ComparisonOp op, int left, int right) {
            this.to = to;
            this.op = op;
            this.left = left;
            this.right = right;
        }

        @Override
        int run(Frame frame, Execution execution) {
            long a = frame.numbers[left];
            long b = frame.numbers[right];
            boolean holds = switch (op) {
                case EQ -> a == b;
                case NE -> a != b;
                case LT -> a < b;
                case LE -> a <= b;
                case GT -> a > b;
                case GE -> a >= b;
            };
            frame.numbers[to] = holds ? 1 : 0;
            return NEXT;
        }
    }

    static final class CompareTexts extends Node {
        private final int to;
        private final ComparisonOp op;
        private final int left;
        private final int right;

        CompareTexts(int to, ComparisonOp op, int left, int right) {
            this.to = to;
            this.op = op;
            this.left = left;
            this.right = right;
        }

        @Override
        int run(Frame frame, Execution execution) {
            String a = frame.texts[left];
            String b = frame.texts[right];
            boolean holds = switch (op) {
                case EQ -> a.equals(b);
                case NE -> !a.equals(b);
                case LT -> a.compareTo(b) < 0;
                case LE -> a.compareTo(b) <= 0;
                case GT -> a.compareTo(b) > 0;
                case GE -> a.compareTo(b) >= 0;
            };
            frame.numbers[to] = holds ? 1 : 0;
            return NEXT;
        }
    }

    static final class Concat extends Node {
        private final int to;
        private final int left;
        private final int right;

        Concat(int to, int left, int right) {
            this.to = to;
            this.left = left;
            this.right = right;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.texts[to] = execution.cut(frame.texts[left].concat(frame.texts[right]));
            return NEXT;
        }
    }

    static final class Match extends Node {
        private final int to;
        private final int regex;
        private final int text;

        Match(int to, int regex, int text) {
            this.to = to;
            this.regex = regex;
            this.text = text;
        }

        @Override
        int run(Frame frame, Execution execution) {
            frame.numbers[to] = execution.match(regex, frame.texts[text]) ? 1 : 0;
            return NEXT;
        }
    }

    static final class Capture extends Node {
        private static final int[] NOWHERE = {};

        private final int to;
        private final int regex;
        private final int text;
        private final int[] groups;
        private final int[] targets;

        Capture(int to, int regex, int text, int[] groups, int[] targets) {
            this.to = to;
            this.regex = regex;
            this.text = text;
            this.groups = groups;
            this.targets = targets;
        }

        @Override
        int run(Frame frame, Execution execution) {
            String looked = frame.texts[text];
            Matcher matcher = execution.regex(regex);
            boolean found = matcher.find(looked);
            frame.numbers[to] = found ? 1 : 0;
            int[] places = found && groups.length > 0 ? matcher.match(looked) : NOWHERE;
            for (int i = 0; i < groups.length; i++) {
                frame.texts[targets[i]] = Execution.group(looked, places, groups[i]);
            }
            return NEXT;
        }
    }
}
