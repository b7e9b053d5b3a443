package org.jstap.ebpf.vm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jstap.ebpf.asm.Helper;

/** Helpers that copy, compare and format memory. */
final class MemoryHelpers {
    private MemoryHelpers() {
    }

    static void addTo(Map<Helper, HelperFunction> table) {
        table.put(Helper.PROBE_READ, call -> probe(call, call.argument(3) >= 0));
        table.put(Helper.PROBE_READ_KERNEL, call -> probe(call, false));
        table.put(Helper.PROBE_READ_USER, call -> probe(call, true));
        table.put(Helper.COPY_FROM_USER, call -> probe(call, true));
        table.put(Helper.PROBE_READ_STR, call -> probeString(call, call.argument(3) >= 0));
        table.put(Helper.PROBE_READ_KERNEL_STR, call -> probeString(call, false));
        table.put(Helper.PROBE_READ_USER_STR, call -> probeString(call, true));
        table.put(Helper.STRNCMP, MemoryHelpers::compare);
        table.put(Helper.SNPRINTF, MemoryHelpers::format);
        table.put(Helper.TRACE_PRINTK, MemoryHelpers::trace);
        // A test wants the same numbers every time.
        table.put(Helper.GET_PRANDOM_U32, _ -> 4);
    }

    /** On failure the kernel fills the destination with zeros. */
    private static long probe(HelperCall call, boolean user) {
        int size = call.size(2);
        byte[] bytes = call.vm().memory().probe(call.argument(3), size, user);
        call.vm().memory().write(call.argument(1), bytes == null ? new byte[size] : bytes);
        return bytes == null ? Errno.EFAULT : 0;
    }

    private static long probeString(HelperCall call, boolean user) {
        int size = call.size(2);
        if (size == 0) {
            return 0;
        }
        byte[] bytes = call.vm().memory().probeString(call.argument(3), size, user);
        call.vm().memory().write(call.argument(1), bytes == null ? new byte[size] : bytes);
        return bytes == null ? Errno.EFAULT : bytes.length;
    }

    private static long compare(HelperCall call) {
        Memory memory = call.vm().memory();
        int size = call.size(2);
        byte[] first = memory.read(call.argument(1), size);
        for (int i = 0; i < size; i++) {
            int a = first[i] & 0xff;
            int b = (int) memory.load(call.argument(3) + i, 1);
            if (a != b) {
                return a < b ? -1 : 1;
            }
            if (a == 0) {
                return 0;
            }
        }
        return 0;
    }

    private static long format(HelperCall call) {
        Memory memory = call.vm().memory();
        int size = call.size(2);
        int words = call.size(5) / 8;
        long[] values = new long[words];
        for (int i = 0; i < words; i++) {
            values[i] = memory.load(call.argument(4) + i * 8L, 8);
        }
        Optional<byte[]> made = new PrintFormat(memory).format(string(memory, call.argument(3)), values);
        if (made.isEmpty()) {
            return Errno.ENOSPC;
        }
        byte[] text = made.get();
        if (size > 0) {
            byte[] out = Arrays.copyOf(text, Math.min(size, text.length + 1));
            out[out.length - 1] = 0;
            memory.write(call.argument(1), out);
        }
        return text.length + 1L;
    }

    private static long trace(HelperCall call) {
        Memory memory = call.vm().memory();
        byte[] format = memory.read(call.argument(1), call.size(2));
        int end = 0;
        while (end < format.length && format[end] != 0) {
            end++;
        }
        long[] values = {call.argument(3), call.argument(4), call.argument(5)};
        byte[] text = new PrintFormat(memory).format(new String(format, 0, end, StandardCharsets.UTF_8), values).orElse(new byte[0]);
        call.vm().addTrace(new String(text, StandardCharsets.UTF_8));
        return text.length;
    }

    private static String string(Memory memory, long address) {
        byte[] bytes = memory.probeString(address, Memory.LARGEST_REGION, false);
        if (bytes == null) {
            throw new VmException("no string is at 0x" + Long.toHexString(address));
        }
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
    }
}
