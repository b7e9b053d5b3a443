package org.jstap.compiler.host.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jstap.compiler.host.Fault;

/** Floating point: numbers of the script hold the bits of IEEE 754 doubles. */
final class FloatFunctions {
    private static final String INVALID = "invalid format";

    private FloatFunctions() { }

    static double value(long bits) {
        return Double.longBitsToDouble(bits);
    }

    static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    static long fromSingle(long bits) {
        return bits(Float.intBitsToFloat((int) bits));
    }

    /** {@code mode}: 0 to nearest with ties to even, 1 towards zero, 2 down, 3 up, 4 to nearest with ties away from zero; others as 1. */
    static long toLong(long bits, long mode) {
        double value = value(bits);
        return (long) switch ((int) mode) {
            case 1 -> value < 0 ? Math.ceil(value) : Math.floor(value);
            case 2 -> Math.floor(value);
            case 3 -> Math.ceil(value);
            case 4 -> Math.copySign(Math.floor(Math.abs(value) + 0.5), value);
            case 0 -> Math.rint(value);
            default -> value;
        };
    }

    /** With {@code precision} decimals, the last of them rounded; without any, cut. */
    static String toText(long bits, long precision) {
        double value = value(bits);
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-Infinity" : "Infinity";
        }
        int decimals = (int) Math.clamp(precision, 0, 100);
        String text = new BigDecimal(value).setScale(decimals, decimals == 0 ? RoundingMode.DOWN : RoundingMode.HALF_UP).toPlainString();
        return bits == bits(-0.0) ? "-" + text : text;
    }

    /** No digits at all are 0, and those of an exponent may be missing; names and blanks are none. */
    static long fromText(String text) {
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (text.length() == sign) {
            return bits(sign == 1 && text.charAt(0) == '-' ? -0.0 : 0);
        }
        for (int i = sign; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && c != 'e' && c != 'E' && c != '-' && c != '+' && (c < '0' || c > '9')) {
                throw new Fault(INVALID);
            }
        }
        char last = text.charAt(text.length() - 1);
        try {
            return bits(Double.parseDouble(last == 'e' || last == 'E' ? text + "0" : text));
        } catch (NumberFormatException _) {
            throw new Fault(INVALID);
        }
    }
}
