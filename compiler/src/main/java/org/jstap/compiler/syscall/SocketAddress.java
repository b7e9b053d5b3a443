package org.jstap.compiler.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jstap.compiler.syscall.EncodedText.Memory;

/** The text of a {@code struct sockaddr}. Ports and addresses are in network byte order. */
final class SocketAddress {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int INET_SIZE = 16;
    private static final int INET6_SIZE = 24;
    private static final int NETLINK_SIZE = 12;

    private SocketAddress() { }

    static String text(Memory memory) {
        int size = size(memory);
        if (size < 2) {
            return "{unknown sockaddr with salen=" + memory.size() + "}";
        }
        ByteBuffer in = memory.buffer();
        int family = family(memory);
        if (family == AF_INET && size >= INET_SIZE) {
            return "{AF_INET, " + address(memory, 4, 4) + ", " + port(memory) + "}";
        }
        if (family == AF_INET6 && size >= INET6_SIZE) {
            return "{AF_INET6, " + address(memory, 8, 16) + ", " + port(memory) + "}";
        }
        if (family == AF_UNIX) {
            return "{AF_UNIX, \"" + path(memory, size) + "\"}";
        }
        if (family == AF_NETLINK && size >= NETLINK_SIZE) {
            String groups = Integer.toHexString(in.getInt(8));
            return "{AF_NETLINK, pid=" + in.getInt(4) + ", groups=" + "0".repeat(8 - groups.length()) + groups + "}";
        }
        return "{unknown sockaddr with sa=" + family + ", salen=" + memory.size() + "}";
    }

    private static int size(Memory memory) {
        return (int) Math.min(Math.max(0, memory.size()), memory.bytes().length);
    }

    private static int family(Memory memory) {
        return memory.buffer().getShort(0) & 0xffff;
    }

    private static ByteBuffer network(Memory memory) {
        return ByteBuffer.wrap(memory.bytes()).order(ByteOrder.BIG_ENDIAN);
    }

    private static int port(Memory memory) {
        return network(memory).getShort(2) & 0xffff;
    }

    private static String address(Memory memory, int offset, int length) {
        byte[] bytes = Arrays.copyOfRange(memory.bytes(), offset, offset + length);
        if (length == 4) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i += 2) {
            String group = Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff);
            text.append(i > 0 ? ":" : "").append("0".repeat(4 - group.length())).append(group);
        }
        return text.toString();
    }

    private static String path(Memory memory, int size) {
        boolean isAbstract = size > 2 && memory.bytes()[2] == 0;
        int start = isAbstract ? 3 : 2;
        int end = start;
        while (end < size && memory.bytes()[end] != 0) {
            end++;
        }
        String text = new String(memory.bytes(), start, end - start, StandardCharsets.ISO_8859_1);
        return isAbstract && size > 2 ? "\\000" + text : text;
    }
}
