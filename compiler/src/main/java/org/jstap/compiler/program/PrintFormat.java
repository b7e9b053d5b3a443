package org.jstap.compiler.program;

import java.util.List;
import java.util.OptionalInt;

/**
 * A format of the {@code print} family, parsed. {@code print}, {@code println} and {@code printd} are brought into the same form.
 * Arguments are consumed in order: a conversion takes its star width, its star precision and its value.
 */
public record PrintFormat(List<Part> parts) {
    public PrintFormat {
        parts = List.copyOf(parts);
    }

    public sealed interface Part { }

    /** Text as it is, one byte per char. */
    public record Literal(String text) implements Part { }

    /**
     * One conversion.
     *
     * @param letter    d i o u x X p c s b m M as in the language reference
     * @param flags     of {@link Flag}
     * @param width     fixed width
     * @param starWidth whether the width is an argument
     * @param precision fixed precision
     * @param starPrecision whether the precision is an argument
     */
    public record Conversion(char letter, int flags, OptionalInt width, boolean starWidth, OptionalInt precision,
                             boolean starPrecision) implements Part {
        public boolean takesString() {
            return letter == 's';
        }

        public int arguments() {
            return 1 + (starWidth ? 1 : 0) + (starPrecision ? 1 : 0);
        }
    }

    /** Bits of {@link Conversion#flags()}. */
    public static final class Flag {
        public static final int LEFT = 1;
        public static final int PLUS = 2;
        public static final int SPACE = 4;
        public static final int ALTERNATE = 8;
        public static final int ZERO = 16;

        private Flag() { }
    }
}
