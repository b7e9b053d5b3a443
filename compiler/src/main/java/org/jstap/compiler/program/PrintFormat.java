package org.jstap.compiler.program;

import java.util.ArrayList;
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

    /**
     * {@code name=value} of several values, with a blank between; a number chooses which names. Takes that number and then the values,
     * of which a text needs the first ones only.
     *
     * @param texts  by the number
     * @param values most that a text needs
     */
    public record Choice(List<List<Named>> texts, int values) implements Part {
        public Choice {
            texts = List.copyOf(texts);
        }

        public int arguments() {
            return 1 + values;
        }

        /** How listings show it. */
        public String text() {
            return "{one of " + texts.size() + " texts of up to " + values + " values}";
        }

        /** The parts that make one of the texts, where the values are those of {@link Named#of}. */
        public List<Part> parts(int number) {
            List<Part> parts = new ArrayList<>();
            String before = "";
            for (Named named : texts.get(number)) {
                parts.add(new Literal(before + named.name() + (named.isValue() ? "=" : "")));
                if (named.isValue()) {
                    parts.add(new Conversion('x', Flag.ALTERNATE, OptionalInt.empty(), false, OptionalInt.empty(), false));
                }
                before = " ";
            }
            return parts;
        }
    }

    /**
     * A value of a {@link Choice} in hexadecimal.
     *
     * @param size   bytes that count; 0 where the name stands alone
     * @param signed whether the value is extended by its sign
     */
    public record Named(String name, int size, boolean signed) {
        public boolean isValue() {
            return size > 0;
        }

        /** What counts of 64 bits. */
        public long of(long bits) {
            int shift = Long.SIZE - Byte.SIZE * size;
            return signed ? bits << shift >> shift : bits << shift >>> shift;
        }
    }

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
