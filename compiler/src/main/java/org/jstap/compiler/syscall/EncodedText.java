package org.jstap.compiler.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jstap.compiler.host.function.StringFunctions;

/**
 * A string that a kernel handler keeps as what it is made from, since names of flags and structures are better put into words on the
 * host. To the kernel it is a string like others: it can be stored, be a key and be printed; whoever takes it over from the kernel
 * decodes it. Layout, in the byte order of the machine:
 * <pre>
 *   0  MARK   1  form   2  number (16 bits)   4  four bytes, 1 where a piece of memory could be read
 *   8  value, or six arguments of 8 bytes each
 * </pre>
 * Arguments are followed by the size of a piece of memory (8 bytes) and the pieces. A text of memory has its address at 8, the size
 * that was asked for at 16, and the memory at 24.
 */
public final class EncodedText {
    /** No text of a user's begins so by chance: both bytes are no characters. */
    public static final int MARK = 0x01;
    /** Number is that of a call: its arguments. */
    public static final int ARGUMENTS = 0xf1;
    /** Number is that of a printer: one value. */
    public static final int VALUE = 0xf2;
    /** Number is that of a printer: memory. */
    public static final int MEMORY = 0xf3;
    /** Number is that of a call: its result. */
    public static final int RESULT = 0xf4;

    /** Number is the largest size of the text: memory in quotes. */
    public static final int QUOTED = 0xf5;
    /** Memory of the kernel as hexadecimal digits. */
    public static final int HEX = 0xf6;

    public static final int FORM = 1;
    public static final int NUMBER = 2;
    public static final int READ = 4;
    public static final int VALUE_AT = 8;
    public static final int PIECE_SIZE = 56;
    public static final int PIECES = 64;
    public static final int MOST_PIECES = 4;
    public static final int MEMORY_SIZE = 16;
    public static final int MEMORY_AT = 24;
    /** Largest size of memory in a text of memory that is no list. */
    public static final int MEMORY_MOST = 128;
    /** Bytes of the pointers of a list of which only the number is told. */
    public static final int POINTERS_MOST = 480;
    /** Bytes of one string of a list, with its zero. */
    public static final int LIST_STRING = 64;
    /** Strings of a list that are kept. */
    public static final int LIST_MOST = 8;

    private EncodedText() { }

    /**
     * The text, where the bytes are an encoded one.
     *
     * @param most its largest length in bytes
     */
    public static Optional<String> decode(byte[] bytes, int most) {
        if (bytes.length < MEMORY_AT || bytes[0] != MARK || (bytes[FORM] & 0xf0) != 0xf0) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int number = in.getShort(NUMBER) & 0xffff;
        TextPrinter printer = TextPrinter.current();
        String text = switch (bytes[FORM] & 0xff) {
            case ARGUMENTS -> printer.arguments(number, arguments(in));
            case VALUE -> printer.value(number, in.getLong(VALUE_AT));
            case MEMORY -> printer.memory(number, new Memory(in.getLong(VALUE_AT), in.getLong(MEMORY_SIZE), bytes[READ] == 1,
                    Arrays.copyOfRange(bytes, MEMORY_AT, bytes.length)));
            case QUOTED -> quoted(in, Math.min(number, most));
            case HEX -> HexFormat.of().formatHex(bytes, MEMORY_AT, MEMORY_AT + (bytes[READ] == 1 ? kept(in) : 0));
            case RESULT -> printer.result(number, in.getLong(VALUE_AT));
            default -> "";
        };
        return Optional.of(text.length() > most ? text.substring(0, most) : text);
    }

    /** Dots at the end tell of memory that was not kept, too. */
    private static String quoted(ByteBuffer in, int most) {
        long size = in.getLong(MEMORY_SIZE);
        int kept = kept(in);
        String text = new String(in.array(), MEMORY_AT, kept, StandardCharsets.ISO_8859_1);
        return most == 0 ? "" : StringFunctions.quotedMemory(text, kept < size ? Math.min(most, kept) : most);
    }

    private static int kept(ByteBuffer in) {
        return (int) Math.min(in.getLong(MEMORY_SIZE), in.capacity() - MEMORY_AT);
    }

    /** Memory as the kernel saw it; {@code bytes} may be fewer than {@code size} says. */
    record Memory(long address, long size, boolean read, byte[] bytes) {
        /** The string that the memory starts with. */
        String string() {
            int length = 0;
            while (length < bytes.length && bytes[length] != 0) {
                length++;
            }
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }

        ByteBuffer buffer() {
            return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        }
    }

    /** Arguments and the pieces of memory that were read with them, in the order of {@link Captures}. */
    record Arguments(long[] values, boolean[] read, byte[][] pieces) { }

    private static Arguments arguments(ByteBuffer in) {
        long[] values = new long[SystemCalls.ARGUMENTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getLong(VALUE_AT + 8 * i);
        }
        int size = (int) in.getLong(PIECE_SIZE);
        boolean[] read = new boolean[MOST_PIECES];
        byte[][] pieces = new byte[MOST_PIECES][];
        for (int i = 0; i < MOST_PIECES; i++) {
            int from = PIECES + i * size;
            boolean fits = size > 0 && from + size <= in.capacity();
            read[i] = fits && in.get(READ + i) == 1;
            pieces[i] = fits ? Arrays.copyOfRange(in.array(), from, from + size) : new byte[0];
        }
        return new Arguments(values, read, pieces);
    }
}
