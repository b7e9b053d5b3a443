package org.jstap.ebpf.prog;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.sys.Errno;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.Processes;
import org.jstap.ebpf.sys.SignalMask;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.ProgLoadAttr;

/// Has programs verified and compiled by the kernel.
///
/// The first try is without a log, since writing one slows the verifier down; only a refused program is verified again with a
/// log that grows until it holds everything.
public final class ProgramLoader {

    private static final int FIRST_LOG_BYTES = 64 * 1024;
    private static final int MOST_LOG_BYTES = 1 << 28;
    private static final int MOST_RESTARTS = 10;

    private final SystemCalls sys;

    public ProgramLoader(SystemCalls sys) {
        this.sys = sys;
    }

    /// Loads a program.
    ///
    /// @param maps the maps that the program names
    /// @throws ProgramRejected if the kernel does not accept it
    public Program load(ProgramSpec spec, Map<String, KernelMap> maps) throws ProgramRejected {
        return load(spec, new MapDescriptors(spec.name(), maps));
    }

    /// Loads a program.
    ///
    /// @param mapFd gives the descriptor of a map that the program names
    /// @throws ProgramRejected if the kernel does not accept it
    public Program load(ProgramSpec spec, ToIntFunction<String> mapFd) throws ProgramRejected {
        byte[] code = spec.code().encode(mapFd);
        Optional<Fd> module = Optional.empty();
        Optional<DebugInfo> debugInfo = Optional.empty();
        try (SignalMask _ = SignalMask.blockAsynchronous(sys)) {
            if (spec.attachBtfModule().isPresent()) {
                module = Optional.of(module(spec, spec.attachBtfModule().get()));
            }
            debugInfo = DebugInfo.load(sys, spec.code());
            return load(spec, code, module, debugInfo);
        } finally {
            if (debugInfo.isPresent()) {
                debugInfo.get().close();
            }
            if (module.isPresent()) {
                module.get().close();
            }
        }
    }

    private Fd module(ProgramSpec spec, String name) throws ProgramRejected {
        Optional<Fd> module = ModuleBtf.open(sys, name);
        if (module.isEmpty()) {
            VerifierLog log = new VerifierLog("no module '" + name + "' with type information is loaded", false);
            throw new ProgramRejected(spec.name(), Errno.ENOENT, log);
        }
        return module.get();
    }

    private Program load(ProgramSpec spec, byte[] code, Optional<Fd> module, Optional<DebugInfo> debugInfo)
            throws ProgramRejected {
        long result = attempt(spec, code, module, debugInfo, Optional.empty());
        if (result == -Errno.EPERM && Processes.liftMemoryLockLimit(sys) == 0) {
            result = attempt(spec, code, module, debugInfo, Optional.empty());
        }
        if (SystemCalls.failed(result) && debugInfo.isPresent()) {
            // Old kernels take programs whose debug information they do not understand.
            long plain = attempt(spec, code, module, Optional.empty(), Optional.empty());
            result = SystemCalls.failed(plain) ? result : plain;
        }
        if (SystemCalls.failed(result)) {
            result = attemptWithLog(spec, code, module, debugInfo);
        }
        int attachType = attachType(spec);
        return new Program(sys, new Fd(sys, (int) result), spec.name(), spec.type(), attachType);
    }

    // Gives a descriptor: a program that was refused for lack of memory, say, may be accepted now.
    private long attemptWithLog(ProgramSpec spec, byte[] code, Optional<Fd> module, Optional<DebugInfo> debugInfo)
            throws ProgramRejected {
        int size = FIRST_LOG_BYTES;
        while (true) {
            try (Arena arena = Arena.ofConfined()) {
                LogBuffer log = new LogBuffer(arena.allocate(size), size);
                long result = attempt(spec, code, module, debugInfo, Optional.of(log));
                if (!SystemCalls.failed(result)) {
                    return result;
                }
                boolean truncated = result == -Errno.ENOSPC;
                if (!truncated || size >= MOST_LOG_BYTES) {
                    String text = NativeMemory.toString(log.memory());
                    throw new ProgramRejected(spec.name(), (int) -result, new VerifierLog(text, truncated));
                }
                size = Math.min(MOST_LOG_BYTES, Math.max(2 * size, log.needed));
            }
        }
    }

    private static int attachType(ProgramSpec spec) {
        Optional<AttachType> type = spec.expectedAttachType();
        return type.isPresent() ? type.get().number() : 0;
    }

    private long attempt(
            ProgramSpec spec, byte[] code, Optional<Fd> module, Optional<DebugInfo> debugInfo, Optional<LogBuffer> log) {
        try (Arena arena = Arena.ofConfined()) {
            ProgLoadAttr attr = new ProgLoadAttr(arena)
                    .progType(spec.type().number())
                    .insns(NativeMemory.bytes(arena, code))
                    .insnCnt(code.length / 8)
                    .license(NativeMemory.string(arena, spec.license()))
                    .progFlags(spec.flags())
                    .progName(spec.name())
                    .attachBtfId(spec.attachBtfId())
                    .expectedAttachType(attachType(spec));
            if (module.isPresent()) {
                attr.attachBtfObjFd(module.get().number());
            }
            if (debugInfo.isPresent()) {
                debugInfo.get().addTo(attr, arena);
            }
            if (log.isPresent()) {
                attr.logLevel(1).logBuf(log.get().memory()).logSize(log.get().size());
            }
            long result = attr.call(sys);
            for (int i = 0; result == -Errno.EAGAIN && i < MOST_RESTARTS; i++) {
                result = attr.call(sys);
            }
            if (log.isPresent()) {
                log.get().needed = attr.logTrueSize();
            }
            return result;
        }
    }

    /// Room for a log, and how much it would have taken (Linux 6.4; zero before).
    private static final class LogBuffer {
        private final MemorySegment memory;
        private final int size;
        private int needed;

        LogBuffer(MemorySegment memory, int size) {
            this.memory = memory;
            this.size = size;
        }

        MemorySegment memory() {
            return memory;
        }

        int size() {
            return size;
        }
    }

    /// Maps by name, with an error that tells what is missing.
    private record MapDescriptors(String program, Map<String, KernelMap> maps) implements ToIntFunction<String> {
        @Override
        public int applyAsInt(String name) {
            KernelMap map = maps.get(name);
            if (map == null) {
                throw new IllegalArgumentException("the program '" + program + "' names the map '" + name + "', which was not given");
            }
            return map.fd();
        }
    }
}
