package org.jstap.language.preprocess;

import java.util.Set;
import org.jstap.language.diagnostic.Diagnostic;
import org.jstap.language.diagnostic.DiagnosticException;
import org.jstap.language.diagnostic.Suggestions;
import org.jstap.language.lexer.Token;
import org.jstap.language.lexer.TokenKind;
import org.jstap.language.lexer.TokenSource;

/** Evaluates the condition of {@code %( condition %? … %)}: comparisons joined by {@code &&}, and those by {@code ||}. */
final class Condition {
    private static final Set<String> COMPARISONS = Set.of("<", "<=", "==", "!=", ">", ">=");
    private static final Set<String> NAMES = Set.of(
            "arch", "kernel_v", "kernel_vr", "systemtap_v", "guru_mode", "systemtap_privilege", "runtime");

    private final TokenSource tokens;
    private final PreprocessorEnvironment environment;

    Condition(TokenSource tokens, PreprocessorEnvironment environment) {
        this.tokens = tokens;
        this.environment = environment;
    }

    /** Reads the condition and the {@code %?} after it. */
    boolean evaluate() {
        boolean any = false;
        boolean all = true;
        while (true) {
            all &= comparison();
            Token token = tokens.next();
            if (token.isOperator("&&")) {
                continue;
            }
            any |= all;
            if (token.isOperator("%?")) {
                return any;
            }
            if (!token.isOperator("||")) {
                throw PreprocessorErrors.error("condition", "expected '%?', '&&' or '||' after the condition", token);
            }
            all = true;
        }
    }

    private boolean comparison() {
        Token left = tokens.next();
        if (left.kind() == TokenKind.IDENTIFIER && !NAMES.contains(left.text())
                && !left.text().startsWith("CONFIG_") || !comparable(left)) {
            throw unknown(left);
        }
        Token operator = tokens.next();
        if (operator.kind() != TokenKind.OPERATOR || !COMPARISONS.contains(operator.text())) {
            throw PreprocessorErrors.error("condition", "expected a comparison operator", operator);
        }
        Token right = tokens.next();
        if (left.kind() == TokenKind.STRING) {
            return compare(operator, left.text().compareTo(string(right)));
        }
        if (left.kind() == TokenKind.NUMBER) {
            return compare(operator, Long.compare(number(left), number(right)));
        }
        return named(left.text(), operator, right);
    }

    private static boolean comparable(Token token) {
        return token.kind() == TokenKind.IDENTIFIER || token.kind() == TokenKind.STRING
                || token.kind() == TokenKind.NUMBER;
    }

    private static DiagnosticException unknown(Token token) {
        if (token.kind() == TokenKind.JUNK) {
            return PreprocessorErrors.junk(token);
        }
        Diagnostic diagnostic = PreprocessorErrors.diagnostic("condition", "expected 'arch', 'kernel_v', 'kernel_vr', "
                + "'systemtap_v', 'guru_mode', 'runtime', 'systemtap_privilege', 'CONFIG_...', or comparison between "
                + "strings or integers", token);
        String hint = token.kind() == TokenKind.IDENTIFIER ? Suggestions.hint(token.text(), NAMES) : "";
        return new DiagnosticException(hint.isEmpty() ? diagnostic : diagnostic.withHint(hint));
    }

    private boolean named(String name, Token operator, Token right) {
        return switch (name) {
            case "kernel_v" -> version(environment.kernelVersion(), operator, string(right));
            case "kernel_vr" -> version(environment.kernelRelease(), operator, string(right));
            case "systemtap_v" -> version(environment.systemtapVersion(), operator, string(right));
            case "guru_mode" -> equal(operator) == ((environment.guruMode() ? 1 : 0) == number(right));
            case "arch" -> equal(operator) == Patterns.matches(string(right), environment.architecture());
            case "runtime" -> equal(operator) == Patterns.matches(string(right), environment.runtime());
            case "systemtap_privilege" -> equal(operator) == string(right).equals(environment.privilege());
            default -> option(name, operator, right);
        };
    }

    /** A kernel option against a number, a pattern, or another option: by number if both are numbers. One that is not set is 0. */
    private boolean option(String name, Token operator, Token right) {
        String have = environment.configuration().value(name);
        if (right.kind() == TokenKind.NUMBER) {
            return compare(operator, Long.compare(numeric(name, have, right), number(right)));
        }
        if (right.kind() != TokenKind.IDENTIFIER || !right.text().startsWith("CONFIG_")) {
            return equal(operator) == Patterns.matches(string(right), have);
        }
        String want = environment.configuration().value(right.text());
        return compare(operator, decimal(have) && decimal(want)
                ? Patterns.compareVersions(have, want) : have.compareTo(want));
    }

    private static long numeric(String name, String value, Token right) {
        try {
            return value.isEmpty() ? 0 : Long.decode(value);
        } catch (NumberFormatException _) {
            throw PreprocessorErrors.error("condition", name + " is '" + value + "' in this kernel, which is not a number", right);
        }
    }

    private static boolean decimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean version(String have, Token operator, String want) {
        String op = operator.text();
        if ((op.equals("==") || op.equals("!=")) && Patterns.isPattern(want)) {
            return op.equals("==") == Patterns.matches(want, have);
        }
        return compare(operator, Patterns.compareVersions(have, want));
    }

    private static boolean equal(Token operator) {
        if (!operator.text().equals("==") && !operator.text().equals("!=")) {
            throw PreprocessorErrors.error("condition", "expected '==' or '!='", operator);
        }
        return operator.text().equals("==");
    }

    private static boolean compare(Token operator, int order) {
        return switch (operator.text()) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static String string(Token token) {
        if (token.kind() != TokenKind.STRING) {
            throw PreprocessorErrors.error("condition", "expected string literal", token);
        }
        return token.text();
    }

    private static long number(Token token) {
        if (token.kind() != TokenKind.NUMBER) {
            throw PreprocessorErrors.error("condition", "expected number", token);
        }
        return Numbers.parse(token);
    }
}
