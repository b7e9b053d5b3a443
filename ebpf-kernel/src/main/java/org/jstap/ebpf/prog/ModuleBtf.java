package org.jstap.ebpf.prog;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.SystemCallException;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.ObjectIdAttr;
import org.jstap.ebpf.sys.bpf.ObjectIds;
import org.jstap.ebpf.sys.bpf.ObjectInfoAttr;

/// Finds the kernel's own descriptor of a module's type information (Linux 5.11; needs CAP_SYS_ADMIN).
final class ModuleBtf {

    private static final int INFO_BYTES = 32;
    private static final int INFO_NAME = 16;
    private static final int INFO_NAME_LENGTH = 24;
    private static final int INFO_KERNEL = 28;
    private static final int NAME_BYTES = 64;

    private ModuleBtf() {}

    /// @return empty if no such module with type information is loaded
    static Optional<Fd> open(SystemCalls sys, String module) {
        for (int id : ObjectIds.btf(sys)) {
            try (Arena arena = Arena.ofConfined()) {
                long result = ObjectIdAttr.btfFd(arena).startId(id).call(sys);
                if (SystemCalls.failed(result)) {
                    continue; // It has gone since it was listed.
                }
                Fd fd = new Fd(sys, (int) result);
                if (isModule(sys, arena, fd, module)) {
                    return Optional.of(fd);
                }
                fd.close();
            }
        }
        return Optional.empty();
    }

    private static boolean isModule(SystemCalls sys, Arena arena, Fd fd, String module) {
        MemorySegment name = arena.allocate(NAME_BYTES);
        MemorySegment info = arena.allocate(INFO_BYTES, 8);
        info.set(JAVA_LONG, INFO_NAME, name.address());
        info.set(JAVA_INT, INFO_NAME_LENGTH, NAME_BYTES);
        ObjectInfoAttr attr = new ObjectInfoAttr(arena).bpfFd(fd.number()).infoLen(INFO_BYTES).info(info);
        SystemCallException.check("asking about type information", attr.call(sys));
        return info.get(JAVA_INT, INFO_KERNEL) != 0 && NativeMemory.toString(name).equals(module);
    }
}
