package org.jstap.ebpf.vm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jstap.ebpf.asm.Helper;

/** Helpers that tell about the task, the clock, the CPU and the probed function. */
final class ContextHelpers {
    private ContextHelpers() {
    }

    static void addTo(Map<Helper, HelperFunction> table) {
        HelperFunction clock = call -> call.vm().environment().clock().getAsLong();
        table.put(Helper.KTIME_GET_NS, clock);
        table.put(Helper.KTIME_GET_BOOT_NS, clock);
        table.put(Helper.KTIME_GET_COARSE_NS, clock);
        table.put(Helper.KTIME_GET_TAI_NS, clock);
        // 250 a second, a usual choice of distributions.
        table.put(Helper.JIFFIES64, call -> call.vm().environment().clock().getAsLong() / 4_000_000);
        table.put(Helper.GET_SMP_PROCESSOR_ID, call -> call.vm().environment().cpu());
        table.put(Helper.GET_NUMA_NODE_ID, _ -> 0);
        table.put(Helper.GET_CURRENT_PID_TGID,
                call -> pair(call.vm().environment().processId(), call.vm().environment().threadId()));
        table.put(Helper.GET_CURRENT_UID_GID, call -> pair(call.vm().environment().groupId(), call.vm().environment().userId()));
        table.put(Helper.GET_CURRENT_COMM, ContextHelpers::command);
        table.put(Helper.GET_CURRENT_TASK, call -> call.vm().environment().task());
        table.put(Helper.GET_CURRENT_TASK_BTF, call -> call.vm().environment().task());
        table.put(Helper.GET_CURRENT_CGROUP_ID, _ -> 1);
        table.put(Helper.GET_ATTACH_COOKIE, call -> call.vm().environment().cookie());
        table.put(Helper.GET_FUNC_IP, call -> call.vm().environment().functionAddress());
        table.put(Helper.GET_FUNC_ARG_CNT, call -> call.vm().argumentCount());
        table.put(Helper.GET_FUNC_ARG, ContextHelpers::functionArgument);
        table.put(Helper.GET_FUNC_RET, ContextHelpers::functionResult);
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | low & 0xffffffffL;
    }

    private static long command(HelperCall call) {
        byte[] name = call.vm().environment().command().getBytes(StandardCharsets.UTF_8);
        byte[] out = Arrays.copyOf(name, call.size(2));
        if (out.length > 0) {
            out[Math.min(out.length - 1, 15)] = 0;
        }
        call.vm().memory().write(call.argument(1), out);
        return 0;
    }

    private static long functionArgument(HelperCall call) {
        long number = call.argument(2) & 0xffffffffL;
        boolean exists = number < call.vm().argumentCount();
        return put(call, 3, exists ? call.vm().memory().load(call.context() + number * 8, 8) : 0, exists);
    }

    private static long functionResult(HelperCall call) {
        return put(call, 2, call.vm().memory().load(call.context() + call.vm().argumentCount() * 8L, 8), true);
    }

    private static long put(HelperCall call, int argument, long value, boolean exists) {
        byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        call.vm().memory().write(call.argument(argument), bytes);
        return exists ? 0 : Errno.EINVAL;
    }
}
