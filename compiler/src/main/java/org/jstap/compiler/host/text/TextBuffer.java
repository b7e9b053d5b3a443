package org.jstap.compiler.host.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of bytes. */
public final class TextBuffer {
    /** Characters of the least number. */
    private static final int LONGEST_NUMBER = 20;

    /** Most characters of a padding: a width is any number of 31 bits, and memory has an end. */
    private static final int MOST_FILLED = 1 << 20;

    private byte[] bytes = new byte[512];
    private int length;

    public void append(char c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    /** Appends a string of one byte per char. */
    @SuppressWarnings("deprecation") // takes the low byte of each char, which is what one byte per char means
    public void append(String text) {
        int n = text.length();
        room(n);
        text.getBytes(0, n, bytes, length);
        length += n;
    }

    public void append(String text, int end) {
        append(end < text.length() ? text.substring(0, end) : text);
    }

    public void fill(char c, long times) {
        if (times <= 0) {
            return;
        }
        int filled = (int) Math.min(times, MOST_FILLED);
        room(filled);
        Arrays.fill(bytes, length, length + filled, (byte) c);
        length += filled;
    }

    /** Appends a number in decimal. */
    public void append(long number) {
        room(LONGEST_NUMBER);
        if (number < 0) {
            bytes[length++] = '-';
        }
        int end = length + digits(number);
        length = end;
        // Negative remainders throughout: the least number has no positive counterpart.
        long left = number < 0 ? number : -number;
        do {
            bytes[--end] = (byte) ('0' - left % 10);
            left /= 10;
        } while (left != 0);
    }

    private static int digits(long number) {
        int digits = 1;
        for (long left = number / 10; left != 0; left /= 10) {
            digits++;
        }
        return digits;
    }

    /** Appends the first {@code count} bytes. */
    public void append(byte[] from, int count) {
        room(count);
        System.arraycopy(from, 0, bytes, length, count);
        length += count;
    }

    /** Appends a string from memory: it ends before the first zero byte, and after {@code most} bytes. */
    public void append(MemorySegment memory, long offset, int most) {
        room(most);
        for (int i = 0; i < most; i++) {
            byte next = memory.get(ValueLayout.JAVA_BYTE, offset + i);
            if (next == 0) {
                return;
            }
            bytes[length++] = next;
        }
    }

    /** Brings what was appended since {@code start} to a width, by spaces behind it or before it. */
    public void pad(int start, int width, boolean left) {
        int missing = width - (length - start);
        if (missing <= 0) {
            return;
        }
        room(missing);
        if (!left) {
            System.arraycopy(bytes, start, bytes, start + missing, length - start);
        }
        int from = left ? length : start;
        Arrays.fill(bytes, from, from + missing, (byte) ' ');
        length += missing;
    }

    public int length() {
        return length;
    }

    /** The bytes; only the first {@link #length()} count, and only until the next change. */
    public byte[] bytes() {
        return bytes;
    }

    public void clear() {
        length = 0;
    }

    /** Cuts what is behind the first {@code newLength} bytes. */
    public void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    /** The bytes from {@code start} as a string value: it ends at a zero byte and at {@code most} bytes. */
    public String textFrom(int start, int most) {
        int end = Math.min(length, start + most);
        int stop = start;
        while (stop < end && bytes[stop] != 0) {
            stop++;
        }
        return new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
