package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;

/// The ids of all bpf objects of one kind in the running kernel, of all processes. Needs CAP_SYS_ADMIN.
public final class ObjectIds {

    private ObjectIds() {}

    /// The programs' ids, ascending.
    public static int[] programs(SystemCalls sys) {
        try (Arena arena = Arena.ofConfined()) {
            return walk(sys, ObjectIdAttr.nextProgram(arena));
        }
    }

    /// The maps' ids, ascending.
    public static int[] maps(SystemCalls sys) {
        try (Arena arena = Arena.ofConfined()) {
            return walk(sys, ObjectIdAttr.nextMap(arena));
        }
    }

    /// The links' ids, ascending (Linux 5.8).
    public static int[] links(SystemCalls sys) {
        try (Arena arena = Arena.ofConfined()) {
            return walk(sys, ObjectIdAttr.nextLink(arena));
        }
    }

    /// The ids of loaded type information, of the kernel and of programs, ascending.
    public static int[] btf(SystemCalls sys) {
        try (Arena arena = Arena.ofConfined()) {
            return walk(sys, ObjectIdAttr.nextBtf(arena));
        }
    }

    private static int[] walk(SystemCalls sys, ObjectIdAttr attr) {
        int[] ids = new int[64];
        int count = 0;
        int last = 0;
        while (true) {
            long result = attr.startId(last).call(sys);
            if (result == -Errno.ENOENT) {
                return Arrays.copyOf(ids, count);
            }
            SystemCallException.check("listing bpf objects", result);
            last = attr.nextId();
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
            }
            ids[count++] = last;
        }
    }
}
