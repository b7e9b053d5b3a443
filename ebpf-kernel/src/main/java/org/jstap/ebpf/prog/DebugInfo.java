package org.jstap.ebpf.prog;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.btf.ProgramBtf;
import org.jstap.ebpf.sys.Fd;
import org.jstap.ebpf.sys.NativeMemory;
import org.jstap.ebpf.sys.SystemCalls;
import org.jstap.ebpf.sys.bpf.BtfLoadAttr;
import org.jstap.ebpf.sys.bpf.ProgLoadAttr;

/// Type information of one program in the kernel, with which the verifier's log quotes the source and callbacks are possible
/// (BPF_BTF_LOAD, Linux 4.18; functions 4.20, lines 5.0).
final class DebugInfo implements AutoCloseable {

    private final Fd fd;
    private final ProgramBtf btf;

    private DebugInfo(Fd fd, ProgramBtf btf) {
        this.fd = fd;
        this.btf = btf;
    }

    /// Loads what is known of the code.
    ///
    /// @return empty if the kernel refuses it: the program may load without
    static Optional<DebugInfo> load(SystemCalls sys, Code code) {
        ProgramBtf btf = ProgramBtf.of(code);
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = btf.btf();
            long result = new BtfLoadAttr(arena)
                    .btf(NativeMemory.bytes(arena, bytes))
                    .btfSize(bytes.length)
                    .call(sys);
            return SystemCalls.failed(result)
                    ? Optional.empty()
                    : Optional.of(new DebugInfo(new Fd(sys, (int) result), btf));
        }
    }

    /// Adds it to the attributes of the program's load.
    void addTo(ProgLoadAttr attr, Arena arena) {
        byte[] functions = btf.functionInfo();
        byte[] lines = btf.lineInfo();
        attr.progBtfFd(fd.number());
        if (functions.length > 0) {
            MemorySegment records = NativeMemory.bytes(arena, functions);
            attr.funcInfo(records)
                    .funcInfoRecSize(ProgramBtf.FUNCTION_INFO_SIZE)
                    .funcInfoCnt(functions.length / ProgramBtf.FUNCTION_INFO_SIZE);
        }
        if (lines.length > 0) {
            MemorySegment records = NativeMemory.bytes(arena, lines);
            attr.lineInfo(records)
                    .lineInfoRecSize(ProgramBtf.LINE_INFO_SIZE)
                    .lineInfoCnt(lines.length / ProgramBtf.LINE_INFO_SIZE);
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
