package org.jstap.ebpf.link;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Files;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;

/// A dynamic kind of perf events, described below `/sys/bus/event_source/devices` (kernel:
/// Documentation/ABI/testing/sysfs-bus-event_source-devices-format). What was read once is kept: thousands of events may be of one
/// kind.
final class EventSource {

    private static final String DEVICES = "/sys/bus/event_source/devices/";

    private final SystemCalls sys;
    private final String name;
    private final String why;
    private final Map<String, Integer> bits = new HashMap<>();
    private int type = -1;

    /// @param why what it means if the kernel has none
    EventSource(SystemCalls sys, String name, String why) {
        this.sys = sys;
        this.name = name;
        this.why = why;
    }

    /// The kernel's number of this kind.
    synchronized int type(String target) throws AttachException {
        if (type < 0) {
            String path = DEVICES + name + "/type";
            try {
                type = Integer.parseInt(text(path));
            } catch (SystemCallException e) {
                throw new AttachException(target, "open(" + path + ")", e.errno(), e.errno() == Errno.ENOENT ? why : "");
            }
        }
        return type;
    }

    /// The lowest bit of `config` that a parameter uses, for example from `config:32-63`.
    synchronized int configBit(String parameter, String target) throws AttachException {
        Integer known = bits.get(parameter);
        if (known != null) {
            return known;
        }
        String path = DEVICES + name + "/format/" + parameter;
        String format;
        try {
            format = text(path);
        } catch (SystemCallException e) {
            throw new AttachException(target, "open(" + path + ")", e.errno(), "this kernel's " + name + "s have no " + parameter);
        }
        int colon = format.indexOf(':');
        int dash = format.indexOf('-');
        int bit = Integer.parseInt(format.substring(colon + 1, dash < 0 ? format.length() : dash));
        bits.put(parameter, bit);
        return bit;
    }

    private String text(String path) {
        return new String(Files.read(sys, path), StandardCharsets.US_ASCII).strip();
    }
}
