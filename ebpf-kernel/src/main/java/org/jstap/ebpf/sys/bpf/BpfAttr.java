package org.jstap.ebpf.sys.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.jstap.ebpf.sys.SystemCallNumber;
import org.jstap.ebpf.sys.SystemCalls;

/// One command of bpf(2) with its attributes.
///
/// The size given to the kernel is that of the variant; a kernel that knows less of it accepts the rest as long as it is
/// zero, and answers E2BIG otherwise.
public abstract sealed class BpfAttr
        permits MapCreateAttr,
                MapElementAttr,
                MapBatchAttr,
                ProgLoadAttr,
                TestRunAttr,
                ObjectIdAttr,
                ObjectInfoAttr,
                RawTracepointAttr,
                BtfLoadAttr,
                LinkCreateAttr,
                EnableStatsAttr {

    private static final int NAME_BYTES = 16;

    private final int command;
    private final MemorySegment attr;

    BpfAttr(int command, SegmentAllocator allocator, int size) {
        this.command = command;
        this.attr = allocator.allocate(size, 8).fill((byte) 0);
    }

    /// Does the command.
    ///
    /// @return the kernel's result, or the negated errno
    public final long call(SystemCalls sys) {
        return sys.call(SystemCallNumber.BPF, command, attr.address(), attr.byteSize());
    }

    /// Makes a name that the kernel accepts for a map or a program: at most 15 characters of `[A-Za-z0-9_.]`, others
    /// replaced by `_`.
    public static String objectName(String name) {
        int length = Math.min(name.length(), NAME_BYTES - 1);
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
            chars[i] = allowed ? c : '_';
        }
        return new String(chars);
    }

    final void putInt(int offset, int value) {
        attr.set(JAVA_INT, offset, value);
    }

    final int getInt(int offset) {
        return attr.get(JAVA_INT, offset);
    }

    final void putLong(int offset, long value) {
        attr.set(JAVA_LONG, offset, value);
    }

    final void putPointer(int offset, MemorySegment value) {
        attr.set(JAVA_LONG, offset, value.address());
    }

    final void putName(int offset, String name) {
        String accepted = objectName(name);
        for (int i = 0; i < accepted.length(); i++) {
            attr.set(JAVA_BYTE, offset + i, (byte) accepted.charAt(i));
        }
    }
}
