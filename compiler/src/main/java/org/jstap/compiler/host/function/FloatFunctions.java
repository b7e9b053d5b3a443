package org.jstap.compiler.host.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jstap.compiler.host.Fault;

/** Floating point: numbers of the script hold the bits of IEEE 754 doubles. */
final class FloatFunctions {
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

    /** {@code mode}: 0 to nearest with ties to even, 1 towards zero, 2 down, 3 up, 4 to nearest with ties away from zero. */
    static long toLong(long bits, long mode) {
        double value = value(bits);
        return (long) switch ((int) mode) {
            case 1 -> value < 0 ? Math.ceil(value) : Math.floor(value);
            case 2 -> Math.floor(value);
            case 3 -> Math.ceil(value);
            case 4 -> Math.copySign(Math.floor(Math.abs(value) + 0.5), value);
            default -> Math.rint(value);
        };
    }

    /** With {@code precision} decimals, cut. */
    static String toText(long bits, long precision) {
        double value = value(bits);
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-inf" : "inf";
        }
        int decimals = (int) Math.clamp(precision, 0, 100);
        return new BigDecimal(value).setScale(decimals, RoundingMode.DOWN).toPlainString();
    }

    static long fromText(String text) {
        try {
            return bits(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            throw new Fault("'" + text + "' is no floating point number");
        }
    }
}
