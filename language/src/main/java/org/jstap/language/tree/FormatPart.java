package org.jstap.language.tree;

import org.jstap.language.source.Span;

/** A piece of a format string. */
public sealed interface FormatPart extends Node {

    /** Text to print as it is; escapes and {@code %%} are already undone. */
    record LiteralText(String text, Span span) implements FormatPart {
    }

    /** The one flag a conversion may have besides {@code 0}. */
    enum Flag {
        NONE(""),
        LEFT("-"),
        PLUS("+"),
        BLANK(" "),
        ALTERNATE("#");

        private final String text;

        Flag(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** A width or a precision. */
    sealed interface Measure {
        /** Not written. */
        record None() implements Measure {
        }

        /** Written as a number. */
        record Fixed(int value) implements Measure {
        }

        /** Written as {@code *}: taken from the next argument. */
        record Star() implements Measure {
        }
    }

    /** The letter of a conversion, and the type of argument it takes. */
    enum Letter {
        BINARY('b', ValueType.LONG),
        CHARACTER('c', ValueType.LONG),
        DECIMAL('d', ValueType.LONG),
        INTEGER('i', ValueType.LONG),
        OCTAL('o', ValueType.LONG),
        POINTER('p', ValueType.LONG),
        STRING('s', ValueType.STRING),
        UNSIGNED('u', ValueType.LONG),
        HEX('x', ValueType.LONG),
        UPPER_HEX('X', ValueType.LONG),
        /** Memory at an address, as bytes. */
        MEMORY('m', ValueType.LONG),
        /** Memory at an address, as hex digits. */
        MEMORY_HEX('M', ValueType.LONG);

        private final char letter;
        private final ValueType argument;

        Letter(char letter, ValueType argument) {
            this.letter = letter;
            this.argument = argument;
        }

        public char letter() {
            return letter;
        }

        public ValueType argument() {
            return argument;
        }
    }

    /**
     * A conversion, as {@code %-8s}.
     *
     * @param zero whether {@code 0} was written; see {@link #padsWithZeros()}
     */
    record Conversion(Flag flag, boolean zero, Measure width, Measure precision, Letter letter, Span span)
            implements FormatPart {
        /** SystemTap pads with zeros only where {@code 0} is the first and only flag. */
        public boolean padsWithZeros() {
            return zero && flag == Flag.NONE;
        }

        /** How many arguments it takes: itself and one per {@code *}. */
        public int argumentCount() {
            return 1 + (width instanceof Measure.Star ? 1 : 0) + (precision instanceof Measure.Star ? 1 : 0);
        }
    }
}
