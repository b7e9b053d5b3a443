package org.jstap.compiler.kernel.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jstap.compiler.regex.Dfa;
import org.jstap.compiler.regex.Regex;

/**
 * The table by which a program searches a string for a pattern: for each state and each byte, 16 bits in the byte order of the
 * machine, the next state or how the search ends. The zero at the end of the string is a byte like the others.
 *
 * @param contents one row of 512 bytes for each state; the first state is 0
 */
public record RegexTable(byte[] contents) {
    /** Entry that ends the search: not found. */
    public static final int MISSED = 0xfffe;
    /** Entry that ends the search: found. */
    public static final int FOUND = 0xffff;
    /** Bytes of a row. */
    public static final int ROW = 512;

    /** The table of a pattern; absent where it would be too large. */
    public static Optional<RegexTable> of(String pattern) {
        Optional<Dfa> automaton = Regex.compile(pattern) instanceof Regex.Compiled(var matcher) ? matcher.table() : Optional.empty();
        return automaton.isPresent() ? Optional.of(of(automaton.get())) : Optional.empty();
    }

    private static RegexTable of(Dfa automaton) {
        ByteBuffer table = ByteBuffer.allocate(ROW * automaton.states()).order(ByteOrder.nativeOrder());
        for (int state = 0; state < automaton.states(); state++) {
            boolean found = automaton.accepts(state);
            table.putShort((short) (found || automaton.acceptsAtEnd(state) ? FOUND : MISSED));
            for (int value = 1; value < ROW / Short.BYTES; value++) {
                int next = automaton.next(state, automaton.classOf(value));
                table.putShort((short) (found || automaton.accepts(next) ? FOUND : next));
            }
        }
        return new RegexTable(table.array());
    }

    public int states() {
        return contents.length / ROW;
    }
}
