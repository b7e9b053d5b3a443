package org.jstap.compiler.host.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of bytes. */
public final class TextBuffer {
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
        room((int) Math.min(times, Integer.MAX_VALUE / 2));
        Arrays.fill(bytes, length, length + (int) times, (byte) c);
        length += (int) times;
    }

    /** Appends a number in decimal. */
    public void append(long number) {
        append(Long.toString(number));
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
