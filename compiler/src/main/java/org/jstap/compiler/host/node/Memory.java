package org.jstap.compiler.host.node;

import java.util.Optional;
import org.jstap.compiler.host.Fault;
import org.jstap.compiler.host.ScriptError;
import org.jstap.compiler.program.Expr.BitField;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.language.source.Span;

/** Memory outside of the script. */
final class Memory {
    private Memory() { }

    static final class Load extends Node {
        private final int to;
        private final int base;
        private final long offset;
        private final int size;
        private final boolean signed;
        private final Optional<BitField> bits;
        private final Space space;
        private final Span span;

        Load(int to, int base, long offset, int size, boolean signed, Optional<BitField> bits, Space space, Span span) {
            this.to = to;
            this.base = base;
            this.offset = offset;
            this.size = size;
            this.signed = signed;
            this.bits = bits;
            this.space = space;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            try {
                byte[] bytes = execution.read(space, frame.numbers[base] + offset, size);
                long value = 0;
                for (int i = size - 1; i >= 0; i--) {
                    value = value << 8 | bytes[i] & 0xff;
                }
                frame.numbers[to] = bits.isPresent() ? extend(value >>> bits.get().shift(), bits.get().width())
                        : extend(value, size * 8);
            } catch (Fault fault) {
                throw ScriptError.at(span, fault.text());
            }
            return NEXT;
        }

        private long extend(long value, int width) {
            int rest = Long.SIZE - width;
            return signed ? value << rest >> rest : value << rest >>> rest;
        }
    }

    /** What only an event in the kernel has. */
    static final class Unavailable extends Node {
        private final String text;
        private final Span span;

        Unavailable(String text, Span span) {
            this.text = text;
            this.span = span;
        }

        @Override
        int run(Frame frame, Execution execution) {
            throw ScriptError.at(span, text);
        }
    }
}
