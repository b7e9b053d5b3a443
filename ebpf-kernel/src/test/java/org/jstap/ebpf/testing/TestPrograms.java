package org.jstap.ebpf.testing;

import java.util.Optional;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Code;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.spec.AttachType;
import org.jstap.ebpf.spec.ProgramSpec;
import org.jstap.ebpf.spec.ProgramType;

/// Small programs whose effect a test can count.
public final class TestPrograms {

    private TestPrograms() {}

    public static ProgramSpec rawTracepoint(String name, Code code) {
        return new ProgramSpec(name, ProgramType.RAW_TRACEPOINT, Optional.empty(), 0, 0, "GPL", code);
    }

    public static ProgramSpec of(ProgramType type, String name, Code code) {
        return new ProgramSpec(name, type, Optional.empty(), 0, 0, "GPL", code);
    }

    public static ProgramSpec typedTracepoint(String name, int btfId, Code code) {
        return new ProgramSpec(name, ProgramType.TRACING, Optional.of(AttachType.TRACE_RAW_TP), btfId, 0, "GPL", code);
    }

    /// Returns the low half of pid_tgid: the thread's id as programs see it, which in a pid namespace is not gettid(2)'s.
    public static Code threadId() {
        return new Assembler().call(Helper.GET_CURRENT_PID_TGID).exit().assemble();
    }

    /// Adds one to the first word of the array `counts` at each event of the given thread whose context has the given number at
    /// the given offset.
    public static Code countIfThreadAndWord(int tid, int offset, long word) {
        Label out = new Label("out");
        Assembler a = new Assembler();
        a.mov(Register.R6, Register.R1);
        a.call(Helper.GET_CURRENT_PID_TGID);
        a.jumpIf32(JumpOp.NE, Register.R0, tid, out);
        a.load(Size.DOUBLE, Register.R1, Register.R6, offset);
        a.jumpIf(JumpOp.NE, Register.R1, (int) word, out);
        addOne(a, "counts");
        return ret0(a, out);
    }

    /// Adds one to the first word of the array `counts` at each event of the given thread.
    public static Code countIfThread(int tid) {
        Label out = new Label("out");
        Assembler a = new Assembler();
        a.call(Helper.GET_CURRENT_PID_TGID);
        a.jumpIf32(JumpOp.NE, Register.R0, tid, out);
        addOne(a, "counts");
        return ret0(a, out);
    }

    /// Adds one to the first word of the array `counts` at each event.
    public static Code count() {
        Assembler a = new Assembler();
        addOne(a, "counts");
        return ret0(a, new Label("out"));
    }

    private static void addOne(Assembler a, String map) {
        a.loadMapValue(Register.R1, map, 0);
        a.mov(Register.R2, 1);
        a.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R1, 0, Register.R2);
    }

    private static Code ret0(Assembler a, Label out) {
        return a.bind(out).mov(Register.R0, 0).exit().assemble();
    }

    /// Puts its first context word, and that plus one, as a record of 16 bytes into the ring buffer `ring`; returns what
    /// bpf_ringbuf_output says.
    public static Code record() {
        Assembler a = new Assembler();
        a.load(Size.DOUBLE, Register.R2, Register.R1, 0);
        a.store(Size.DOUBLE, Register.R10, -16, Register.R2);
        a.alu(AluOp.ADD, Register.R2, 1);
        a.store(Size.DOUBLE, Register.R10, -8, Register.R2);
        a.loadMap(Register.R1, "ring");
        a.mov(Register.R2, Register.R10);
        a.alu(AluOp.ADD, Register.R2, -16);
        a.mov(Register.R3, 16);
        a.mov(Register.R4, 0);
        a.call(Helper.RINGBUF_OUTPUT);
        return a.exit().assemble();
    }
}
