package org.jstap.compiler.ir;

import org.jstap.compiler.program.Type;

/** What an operation reads. */
public sealed interface Operand permits Variable, Operand.Number, Operand.Text {
    Type type();

    record Number(long value) implements Operand {
        @Override
        public Type type() {
            return Type.LONG;
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** One byte per char. */
    record Text(String value) implements Operand {
        @Override
        public Type type() {
            return Type.STRING;
        }

        @Override
        public String toString() {
            return Listing.quote(value);
        }
    }
}
