package org.jstap.ebpf.link;

import java.nio.charset.StandardCharsets;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Files;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;

/// A dynamic kind of perf events, described below `/sys/bus/event_source/devices` (kernel:
/// Documentation/ABI/testing/sysfs-bus-event_source-devices-format).
record EventSource(String name, int type) {

    private static final String DEVICES = "/sys/bus/event_source/devices/";

    /// Finds a kind.
    ///
    /// @param why what it means if the kernel has none
    static EventSource find(SystemCalls sys, String name, String target, String why) throws AttachException {
        String path = DEVICES + name + "/type";
        try {
            return new EventSource(name, Integer.parseInt(text(sys, path)));
        } catch (SystemCallException e) {
            throw new AttachException(target, "open(" + path + ")", e.errno(), e.errno() == Errno.ENOENT ? why : "");
        }
    }

    /// The lowest bit of `config` that a parameter uses, for example from `config:32-63`.
    int configBit(SystemCalls sys, String parameter, String target) throws AttachException {
        String path = DEVICES + name + "/format/" + parameter;
        String format;
        try {
            format = text(sys, path);
        } catch (SystemCallException e) {
            throw new AttachException(target, "open(" + path + ")", e.errno(), "this kernel's " + name + "s have no " + parameter);
        }
        int colon = format.indexOf(':');
        int dash = format.indexOf('-');
        return Integer.parseInt(format.substring(colon + 1, dash < 0 ? format.length() : dash));
    }

    private static String text(SystemCalls sys, String path) {
        return new String(Files.read(sys, path), StandardCharsets.US_ASCII).strip();
    }
}
