package org.jstap.language.parser;

import java.util.ArrayList;
import java.util.List;
import org.jstap.language.tree.Expression.AssignmentOperator;
import org.jstap.language.tree.Expression.BinaryOperator;
import org.jstap.language.tree.Expression.HistogramKind;
import org.jstap.language.tree.Expression.PrintKind;
import org.jstap.language.tree.Expression.StatisticKind;
import org.jstap.language.tree.Expression.UnaryOperator;

/** From the spelling of an operator to its meaning; null where there is none, which never leaves this package. */
final class Operators {
    /** The operators of the form {@code @name} that are neither statistics nor histograms. */
    private static final List<String> OTHERS = List.of("@defined", "@cast", "@entry", "@const", "@var", "@perf",
            "@probewrite", "@kderef", "@uderef", "@kregister", "@uregister");

    private Operators() {
    }

    static BinaryOperator binary(String text) {
        return switch (text) {
            case "*" -> BinaryOperator.MULTIPLY;
            case "/" -> BinaryOperator.DIVIDE;
            case "%" -> BinaryOperator.MODULO;
            case "+" -> BinaryOperator.ADD;
            case "-" -> BinaryOperator.SUBTRACT;
            case "<<" -> BinaryOperator.SHIFT_LEFT;
            case ">>" -> BinaryOperator.SHIFT_RIGHT;
            case ">>>" -> BinaryOperator.SHIFT_RIGHT_UNSIGNED;
            case "<" -> BinaryOperator.LESS;
            case "<=" -> BinaryOperator.LESS_OR_EQUAL;
            case ">" -> BinaryOperator.GREATER;
            case ">=" -> BinaryOperator.GREATER_OR_EQUAL;
            case "==" -> BinaryOperator.EQUAL;
            case "!=" -> BinaryOperator.NOT_EQUAL;
            case "&" -> BinaryOperator.BIT_AND;
            case "^" -> BinaryOperator.BIT_XOR;
            case "|" -> BinaryOperator.BIT_OR;
            case "&&" -> BinaryOperator.AND;
            case "||" -> BinaryOperator.OR;
            default -> null;
        };
    }

    static AssignmentOperator assignment(String text) {
        return switch (text) {
            case "=" -> AssignmentOperator.ASSIGN;
            case "<<<" -> AssignmentOperator.AGGREGATE;
            case ".=" -> AssignmentOperator.CONCATENATE;
            case "+=" -> AssignmentOperator.ADD;
            case "-=" -> AssignmentOperator.SUBTRACT;
            case "*=" -> AssignmentOperator.MULTIPLY;
            case "/=" -> AssignmentOperator.DIVIDE;
            case "%=" -> AssignmentOperator.MODULO;
            case "<<=" -> AssignmentOperator.SHIFT_LEFT;
            case ">>=" -> AssignmentOperator.SHIFT_RIGHT;
            case ">>>=" -> AssignmentOperator.SHIFT_RIGHT_UNSIGNED;
            case "&=" -> AssignmentOperator.AND;
            case "^=" -> AssignmentOperator.XOR;
            case "|=" -> AssignmentOperator.OR;
            default -> null;
        };
    }

    static UnaryOperator unary(String text) {
        return switch (text) {
            case "+" -> UnaryOperator.PLUS;
            case "-" -> UnaryOperator.MINUS;
            case "!" -> UnaryOperator.NOT;
            case "~" -> UnaryOperator.COMPLEMENT;
            default -> null;
        };
    }

    static StatisticKind statistic(String text) {
        for (StatisticKind kind : StatisticKind.values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        return null;
    }

    static HistogramKind histogram(String text) {
        for (HistogramKind kind : HistogramKind.values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        return null;
    }

    static PrintKind print(String text) {
        return switch (text) {
            case "print" -> PrintKind.PRINT;
            case "println" -> PrintKind.PRINTLN;
            case "printf" -> PrintKind.PRINTF;
            case "printd" -> PrintKind.PRINTD;
            case "printdln" -> PrintKind.PRINTDLN;
            case "sprint" -> PrintKind.SPRINT;
            case "sprintln" -> PrintKind.SPRINTLN;
            case "sprintf" -> PrintKind.SPRINTF;
            case "sprintd" -> PrintKind.SPRINTD;
            case "sprintdln" -> PrintKind.SPRINTDLN;
            default -> null;
        };
    }

    /** Whether {@code @name} is built in. */
    static boolean isBuiltIn(String name) {
        String text = "@" + name;
        return statistic(text) != null || histogram(text) != null || OTHERS.contains(text);
    }

    /** All built-in operators, to suggest one. */
    static List<String> builtIns() {
        List<String> names = new ArrayList<>(OTHERS);
        for (StatisticKind kind : StatisticKind.values()) {
            names.add(kind.text());
        }
        for (HistogramKind kind : HistogramKind.values()) {
            names.add(kind.text());
        }
        return names;
    }
}
