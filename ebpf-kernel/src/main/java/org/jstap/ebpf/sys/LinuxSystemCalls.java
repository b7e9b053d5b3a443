package org.jstap.ebpf.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The real door: libc's `syscall`, linked once.
///
/// One downcall handle of one shape serves every call, because the first handle is the largest part of a
/// start-up and every further shape costs another 11 to 26 ms. Safe for use by many threads.
public final class LinuxSystemCalls implements SystemCalls {

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = offsetOf("errno");
    // Static and final, so that the JIT folds it to a direct call.
    private static final MethodHandle SYSCALL = link();

    private final ThreadLocal<MemorySegment> callState = new CallState();

    /// Opens the door. The first one in a JVM links libc's `syscall` (60 to 290 ms).
    public LinuxSystemCalls() {
        // Nothing to set up: linking happens with the class.
    }

    // By hand, because a layout path prepares method handles for all that paths can do: 8 ms.
    private static long offsetOf(String member) {
        long offset = 0;
        for (MemoryLayout layout : CALL_STATE.memberLayouts()) {
            if (member.equals(layout.name().orElse(""))) {
                return offset;
            }
            offset += layout.byteSize();
        }
        throw new IllegalStateException("the state that calls leave has no " + member);
    }

    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> address = linker.defaultLookup().find("syscall");
        if (address.isEmpty()) {
            throw new UnsatisfiedLinkError("libc has no function 'syscall'");
        }
        return linker.downcallHandle(
                address.get(),
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.captureCallState("errno"));
    }

    @Override
    public long call(long number, long a1, long a2, long a3, long a4, long a5, long a6) {
        MemorySegment state = callState.get();
        long result;
        try {
            result = (long) SYSCALL.invokeExact(state, number, a1, a2, a3, a4, a5, a6);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("a downcall throws no checked exception", t);
        }
        return result == -1 ? -state.get(JAVA_INT, ERRNO_OFFSET) : result;
    }

    /// errno belongs to a thread; so does the place it is captured in.
    private static final class CallState extends ThreadLocal<MemorySegment> {
        @Override
        protected MemorySegment initialValue() {
            return Arena.ofAuto().allocate(CALL_STATE);
        }
    }
}
