package org.jstap.compiler.kernel.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jstap.compiler.regex.Regex;
import org.jstap.compiler.regex.TaggedDfa;

/**
 * The tables by which a program finds what the groups of a pattern have matched, in the byte order of the machine. First, for each
 * state and each byte, 32 bits: the move that the byte makes, and above it the next state. Then, for each move and each way of it, the
 * 64 bits of {@link TaggedDfa#way}. The zero at the end of the string is a byte like the others.
 *
 * @param moves how many moves there are
 * @param ways  entries of a move
 */
public record GroupTable(byte[] contents, int states, int moves, int ways, boolean acceptsNothing) {
    /** Bytes of a row of the first table. */
    public static final int ROW = 1024;
    /** Where the next state starts in an entry. */
    public static final int STATE = 16;
    /** Bit of the next state: a match ends there. */
    public static final int ACCEPTS = 0x8000;
    /** The same for the end of the text, where there is no next state. */
    public static final int ENDS = 0x4000;
    /** Instead of a next state: nothing more is found. */
    private static final int DEAD = 0x3fff;

    /** The tables of a pattern; absent where they would be too large. */
    public static Optional<GroupTable> of(String pattern) {
        Optional<TaggedDfa> automaton = Regex.compile(pattern) instanceof Regex.Compiled(var matcher) ? matcher.groupTable()
                : Optional.empty();
        return automaton.isPresent() ? Optional.of(of(automaton.get())) : Optional.empty();
    }

    private static GroupTable of(TaggedDfa automaton) {
        int ways = automaton.ways();
        int moves = automaton.moves();
        ByteBuffer table = ByteBuffer.allocate(ROW * automaton.states() + Long.BYTES * moves * ways).order(ByteOrder.nativeOrder());
        for (int state = 0; state < automaton.states(); state++) {
            table.putInt((ENDS | (automaton.acceptsAtEnd(state) ? ACCEPTS : 0)) << STATE);
            for (int value = 1; value < ROW / Integer.BYTES; value++) {
                int next = automaton.next(state, value);
                int entry = automaton.isDead(next) ? DEAD : next | (automaton.accepts(next) ? ACCEPTS : 0);
                table.putInt(entry << STATE | automaton.move(state, value));
            }
        }
        for (int move = 0; move < moves; move++) {
            for (int way = 0; way < ways; way++) {
                table.putLong(automaton.way(move, way));
            }
        }
        return new GroupTable(table.array(), automaton.states(), moves, ways, automaton.accepts(0));
    }
}
