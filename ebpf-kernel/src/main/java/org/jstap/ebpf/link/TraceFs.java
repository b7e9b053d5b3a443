package org.jstap.ebpf.link;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.Files;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.SystemCalls;

/// The tracing file system, wherever it is mounted; where it is not, mounted for this object alone.
///
/// The private mount is a detached one (fsopen(2), fsmount(2), Linux 5.2): it has no place in the tree of files, no other process sees
/// it, and it goes away with its descriptor, even if the process is killed.
public final class TraceFs implements AutoCloseable {

    private static final String[] PLACES = {"/sys/kernel/tracing", "/sys/kernel/debug/tracing"};
    private static final int AT_FDCWD = -100;
    private static final long O_CLOEXEC = 0x80000;
    private static final long FSOPEN_CLOEXEC = 1;
    private static final long FSMOUNT_CLOEXEC = 1;
    private static final long FSCONFIG_CMD_CREATE = 6;

    private final SystemCalls sys;
    private final Fd root;

    private TraceFs(SystemCalls sys, Fd root) {
        this.sys = sys;
        this.root = root;
    }

    /// Opens it.
    ///
    /// @throws AttachException if it is not mounted and may not be
    public static TraceFs open(SystemCalls sys) throws AttachException {
        try (Arena arena = Arena.ofConfined()) {
            for (String place : PLACES) {
                // An empty mount point has no "events".
                MemorySegment events = NativeMemory.string(arena, place + "/events");
                long found = sys.call(SystemCallNumber.OPENAT, AT_FDCWD, events.address(), O_CLOEXEC);
                if (!SystemCalls.failed(found)) {
                    new Fd(sys, (int) found).close();
                    MemorySegment path = NativeMemory.string(arena, place);
                    long directory = check("open", sys.call(SystemCallNumber.OPENAT, AT_FDCWD, path.address(), O_CLOEXEC));
                    return new TraceFs(sys, new Fd(sys, (int) directory));
                }
            }
            MemorySegment type = NativeMemory.string(arena, "tracefs");
            long context = check("fsopen", sys.call(SystemCallNumber.FSOPEN, type.address(), FSOPEN_CLOEXEC));
            try (Fd fs = new Fd(sys, (int) context)) {
                check("fsconfig", sys.call(SystemCallNumber.FSCONFIG, fs.number(), FSCONFIG_CMD_CREATE));
                long mount = check("fsmount", sys.call(SystemCallNumber.FSMOUNT, fs.number(), FSMOUNT_CLOEXEC, 0));
                return new TraceFs(sys, new Fd(sys, (int) mount));
            }
        }
    }

    private static long check(String tried, long result) throws AttachException {
        if (SystemCalls.failed(result)) {
            int errno = (int) -result;
            throw new AttachException("the tracing file system", tried, errno, errno == Errno.ENODEV
                    ? "this kernel is built without CONFIG_TRACING"
                    : "it is not mounted at /sys/kernel/tracing, and mounting it privately needs CAP_SYS_ADMIN");
        }
        return result;
    }

    /// The number of a trace event, which perf_event_open takes.
    ///
    /// @throws AttachException if there is no such event
    public int eventId(String category, String name) throws AttachException {
        return Integer.parseInt(readEventFile(category, name, "id").strip());
    }

    /// The description of a trace event's record: `events/CATEGORY/NAME/format`.
    ///
    /// @throws AttachException if there is no such event
    public String eventFormat(String category, String name) throws AttachException {
        return readEventFile(category, name, "format");
    }

    private String readEventFile(String category, String name, String file) throws AttachException {
        try {
            return read("events/" + category + "/" + name + "/" + file);
        } catch (SystemCallException e) {
            String why = e.errno() == Errno.ENOENT ? "this kernel has no such trace event" : "";
            throw new AttachException(
                    "trace event " + category + ":" + name, "open(events/…/" + file + ")", e.errno(), why);
        }
    }

    /// Reads a file.
    ///
    /// @param path relative to the root of the tracing file system
    /// @throws SystemCallException if it cannot be read
    public String read(String path) {
        return new String(Files.read(sys, root.number(), path), StandardCharsets.UTF_8);
    }

    /// A path by which this process can list the directories, valid until [#close()].
    public Path directory() {
        return Path.of("/proc/self/fd/" + root.number());
    }

    @Override
    public void close() {
        root.close();
    }
}
