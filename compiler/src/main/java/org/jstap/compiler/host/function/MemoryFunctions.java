package org.jstap.compiler.host.function;

import java.nio.charset.StandardCharsets;
import org.jstap.compiler.host.Fault;
import org.jstap.compiler.host.HostServices;
import org.jstap.compiler.program.Expr.Space;

/** Reading memory by address. */
final class MemoryFunctions {
    private static final int CHUNK = 64;

    private MemoryFunctions() { }

    /**
     * A number of {@code size} bytes, sign-extended.
     *
     * @param word what messages call it
     */
    static long number(HostServices services, Space space, long address, int size, String word) {
        byte[] bytes = new byte[size];
        if (services.read(space, address, bytes) < size) {
            throw space == Space.USER ? Fault.read(address)
                    : new Fault("kernel " + word + " copy fault at 0x" + Long.toHexString(address) + " [man error::fault]");
        }
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xff;
        }
        int rest = Long.SIZE - size * 8;
        return value << rest >> rest;
    }

    /** A string that ends at a zero byte, of at most {@code most} bytes. */
    static String text(HostServices services, Space space, long address, long most) {
        StringBuilder out = new StringBuilder();
        byte[] bytes = new byte[CHUNK];
        long at = address;
        while (out.length() < most) {
            int n = services.read(space, at, bytes);
            if (n <= 0) {
                throw fault(space, address);
            }
            int end = 0;
            while (end < n && bytes[end] != 0) {
                end++;
            }
            out.append(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
            if (end < n) {
                break;
            }
            at += n;
        }
        if (out.length() > most) {
            out.setLength((int) most);
        }
        return out.toString();
    }

    private static Fault fault(Space space, long address) {
        String at = " at 0x" + Long.toHexString(address) + " [man error::fault]";
        return new Fault(space == Space.KERNEL ? "kernel string copy fault" + at : "user string copy fault -14" + at);
    }
}
