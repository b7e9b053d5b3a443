package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.layout.RegexTable;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/** Searches a string for a pattern: one turn of a loop for each byte (bpf_loop, from Linux 5.17); the state is in the temporary. */
final class RegexMatch {
    private final Context context;
    private final Values values;
    private final StringSearch strings;
    private final Assembler asm;

    RegexMatch(Context context, Values values, StringSearch strings) {
        this.context = context;
        this.values = values;
        this.strings = strings;
        this.asm = context.asm;
    }

    void match(Variable to, int regex, Operand text) {
        Label entry = context.label("match");
        String table = context.regexTables.of(regex, context.plan.regexes().get(regex));
        int states = context.regexTables.states(regex);
        context.storeFrame(Frame.TEMPORARY, 0);
        asm.mov(Register.R1, strings.size(text));
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.LOOP);
        context.loadFrame(Register.R1, Frame.TEMPORARY);
        asm.alu(AluOp.AND, Register.R1, RegexTable.FOUND & ~RegexTable.MISSED);
        values.store(to, Register.R1);
        context.functions.add(() -> step(text, entry, table, states));
    }

    private void step(Operand text, Label entry, String table, int states) {
        Label stop = context.label("stop");
        asm.beginFunction("next_state", entry, 2);
        asm.jumpIf(JumpOp.GE, Register.R1, strings.size(text), stop);
        strings.start(Register.R4, text, Register.R2);
        asm.alu(AluOp.ADD, Register.R4, Register.R1);
        asm.load(Size.BYTE, Register.R5, Register.R4, 0);
        asm.load(Size.DOUBLE, Register.R3, Register.R2, Frame.TEMPORARY);
        asm.jumpIf(JumpOp.GE, Register.R3, states, stop);
        asm.alu(AluOp.MUL, Register.R3, RegexTable.ROW);
        asm.alu(AluOp.LSH, Register.R5, 1);
        asm.alu(AluOp.ADD, Register.R3, Register.R5);
        asm.loadMapValue(Register.R4, table, 0);
        asm.alu(AluOp.ADD, Register.R4, Register.R3);
        asm.load(Size.HALF, Register.R5, Register.R4, 0);
        asm.store(Size.DOUBLE, Register.R2, Frame.TEMPORARY, Register.R5);
        asm.jumpIf(JumpOp.GE, Register.R5, RegexTable.MISSED, stop);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }
}
