package org.jstap.ebpf.vm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The part of the kernel's bpf_snprintf formats that programs use: d i u x X c s p and %%, with l, ll, width, 0, -, + and blank. */
final class PrintFormat {
    /** Bytes of the buffer to which the kernel copies all arguments first (MAX_BPRINTF_BIN_ARGS in kernel/bpf/helpers.c). */
    private static final int ROOM = 512;
    private static final int MOST_VALUES = 12;

    private final Memory memory;
    private int taken;

    PrintFormat(Memory memory) {
        this.memory = memory;
    }

    /** The text; nothing where the arguments find no room in the kernel's buffer (it gives ENOSPC). */
    Optional<byte[]> format(String format, long[] values) {
        if (values.length > MOST_VALUES) {
            throw new VmException("the format \"" + format + "\" has more than " + MOST_VALUES + " values");
        }
        checkBytes(format);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int next = 0;
        for (int at = 0; at < format.length(); at++) {
            char c = format.charAt(at);
            if (c != '%') {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            at++;
            String flags = flags(format, at);
            at += flags.length();
            boolean left = flags.contains("-");
            int width = 0;
            for (; at < format.length() && Character.isDigit(format.charAt(at)); at++) {
                width = width * 10 + format.charAt(at) - '0';
            }
            int longs = 0;
            for (; at < format.length() && format.charAt(at) == 'l'; at++) {
                longs++;
            }
            if (at == format.length()) {
                throw new VmException("the format \"" + format + "\" ends inside a conversion");
            }
            char conversion = format.charAt(at);
            if (conversion == '%') {
                out.write('%');
                continue;
            }
            if (next == values.length) {
                throw new VmException("the format \"" + format + "\" wants more than " + values.length + " values");
            }
            if (!hasRoom(conversion, longs > 0)) {
                return Optional.empty();
            }
            if (conversion == 's' && at + 1 < format.length() && Character.isLetterOrDigit(format.charAt(at + 1))) {
                throw new VmException("the format \"" + format + "\" has a letter or digit behind %s, which the kernel refuses");
            }
            boolean number = conversion != 's' && conversion != 'c';
            out.writeBytes(pad(signed(convert(conversion, longs > 0, values[next++]), conversion, flags), width, left,
                    number && flags.contains("0")));
        }
        return Optional.of(out.toByteArray());
    }

    private static void checkBytes(String format) {
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c >= 0x7f || c < ' ' && (c < '\t' || c > '\r')) {
                throw new VmException("the format \"" + format + "\" is not printable ASCII, which the kernel refuses");
            }
        }
    }

    private static String flags(String format, int from) {
        int at = from;
        while (at < format.length() && "0-+ ".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        return format.substring(from, at);
    }

    private static byte[] signed(byte[] text, char conversion, String flags) {
        if (conversion != 'd' && conversion != 'i' || text[0] == '-' || !flags.contains("+") && !flags.contains(" ")) {
            return text;
        }
        byte[] longer = new byte[text.length + 1];
        longer[0] = (byte) (flags.contains("+") ? '+' : ' ');
        System.arraycopy(text, 0, longer, 1, text.length);
        return longer;
    }

    private boolean hasRoom(char conversion, boolean wide) {
        switch (conversion) {
            case 's' -> { }
            case 'c' -> taken++;
            default -> taken = (taken + 3 & ~3) + (wide || conversion == 'p' ? 8 : 4);
        }
        return taken <= ROOM && (conversion != 's' || taken < ROOM);
    }

    private byte[] convert(char conversion, boolean wide, long value) {
        long unsigned = wide ? value : value & 0xffffffffL;
        String text = switch (conversion) {
            case 'd', 'i' -> Long.toString(wide ? value : (int) value);
            case 'u' -> Long.toUnsignedString(unsigned);
            case 'x' -> Long.toHexString(unsigned);
            case 'X' -> Long.toHexString(unsigned).toUpperCase(Locale.ROOT);
            case 'p' -> Long.toHexString(value);
            case 'c' -> Character.toString((char) (value & 0xff));
            case 's' -> null;
            default -> throw new VmException("the conversion %" + conversion + " is not supported");
        };
        return text == null ? string(value) : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] string(long address) {
        byte[] bytes = memory.probeString(address, ROOM - taken, address >= 0);
        taken += bytes == null ? 1 : bytes.length;
        if (bytes == null) {
            return new byte[0];
        }
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    private static byte[] pad(byte[] text, int width, boolean left, boolean zeros) {
        if (text.length >= width) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean signed = zeros && !left && text.length > 0 && "-+ ".indexOf(text[0]) >= 0;
        if (signed) {
            out.write(text[0]);
        }
        if (left) {
            out.writeBytes(text);
        }
        for (int i = text.length; i < width; i++) {
            out.write(zeros && !left ? '0' : ' ');
        }
        if (!left) {
            out.write(text, signed ? 1 : 0, text.length - (signed ? 1 : 0));
        }
        return out.toByteArray();
    }
}
