package org.jstap.ebpf.btf;

import java.util.Arrays;

/** Growing little-endian output. */
final class ByteSink {
    private byte[] bytes;
    private int length;

    ByteSink(int capacity) {
        this.bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    void u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void u16(int value) {
        u8(value);
        u8(value >> 8);
    }

    void u32(int value) {
        u16(value);
        u16(value >> 16);
    }

    void raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void raw(ByteSink other) {
        raw(other.toArray());
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
