package org.jstap.ebpf.map;

import java.nio.charset.StandardCharsets;
import org.jstap.ebpf.sys.Files;
import org.jstap.ebpf.sys.SystemCalls;

/// The processors of the machine, from `/sys/devices/system/cpu`.
public final class Cpus {

    private Cpus() {}

    /// The number of processors that may ever be there: the number of values in an element of a per-CPU map. It can be
    /// larger than the number of those that run.
    public static int possible(SystemCalls sys) {
        return count(list(sys, "possible"));
    }

    /// The numbers of the processors that run now, ascending.
    public static int[] online(SystemCalls sys) {
        return list(sys, "online");
    }

    private static int[] list(SystemCalls sys, String which) {
        byte[] text = Files.read(sys, "/sys/devices/system/cpu/" + which);
        return parse(new String(text, StandardCharsets.US_ASCII).strip());
    }

    // The kernel sizes per-CPU values by the highest possible number, holes included.
    private static int count(int[] cpus) {
        return cpus.length == 0 ? 1 : cpus[cpus.length - 1] + 1;
    }

    /// Parses a list of ranges, for example `0-3,8`.
    static int[] parse(String list) {
        int[] cpus = new int[0];
        if (list.isEmpty()) {
            return cpus;
        }
        for (String range : list.split(",")) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            int old = cpus.length;
            cpus = java.util.Arrays.copyOf(cpus, old + last - first + 1);
            for (int cpu = first; cpu <= last; cpu++) {
                cpus[old + cpu - first] = cpu;
            }
        }
        return cpus;
    }
}
