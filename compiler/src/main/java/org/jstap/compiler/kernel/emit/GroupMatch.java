package org.jstap.compiler.kernel.emit;

import java.util.List;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.kernel.layout.Align;
import org.jstap.compiler.kernel.layout.GroupTable;
import org.jstap.compiler.regex.TaggedDfa;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * Searches a string for a pattern and finds what its groups have matched: a loop over the bytes that notes the moves, and one back
 * from the end of the match that meets the marks (bpf_loop, from Linux 5.17). Their state is in scratch memory, of which the verifier
 * knows no values.
 */
final class GroupMatch {
    private static final int STATE = 0;
    /** Where the match ends, or -1. */
    private static final int END = 8;
    /** The way of the match where the walk back has come to. */
    private static final int WAY = 16;
    /** Bits of the marks that are still sought. */
    private static final int SOUGHT = 24;
    /** Start and end of each group that is wanted, or -1. */
    private static final int PLACES = 32;
    private static final int PLACE = 16;
    /** Marks that are looked at in one half of the bits. */
    private static final int HALF = TaggedDfa.MARKS / 2;

    private final Context context;
    private final Values values;
    private final StringSearch strings;
    private final Assembler asm;

    GroupMatch(Context context, Values values, StringSearch strings) {
        this.context = context;
        this.values = values;
        this.strings = strings;
        this.asm = context.asm;
    }

    /** Bytes of scratch memory at {@link Frame#join} that an operation needs; {@code width} is that of the text. */
    static int area(Op.Capture op, int width) {
        return op.groups().isEmpty() ? 0 : notes(op) + Align.up8(Short.BYTES * (Align.up8(width) + 1));
    }

    /** Where the moves are noted: the first one, and that of each byte. */
    private static int notes(Op.Capture op) {
        return PLACES + PLACE * op.groups().size();
    }

    void capture(Op.Capture op) {
        GroupTable table = context.regexTables.groups(op.regex(), context.plan.regexes().get(op.regex()));
        String map = RegexTables.groupsName(op.regex());
        int size = strings.size(op.text());
        Label forwards = context.label("move");
        Label back = context.label("back");
        Label found = context.label("found");
        Label done = context.label("done");
        start(op, table);
        loop(size, forwards);
        words(Register.R1, context.base);
        asm.load(Size.DOUBLE, Register.R1, Register.R1, END);
        asm.mov(Register.R2, 1);
        asm.jumpIf(JumpOp.SGE, Register.R1, 0, found);
        asm.mov(Register.R2, 0);
        asm.bind(found);
        values.store(op.to(), Register.R2);
        for (Op.Group group : op.groups()) {
            values.prepare(Register.R1, group.to());
        }
        words(Register.R1, context.base);
        asm.load(Size.DOUBLE, Register.R1, Register.R1, END);
        asm.jumpIf(JumpOp.SLT, Register.R1, 0, done);
        loop(size + 1, back);
        for (int i = 0; i < op.groups().size(); i++) {
            copy(op, i);
        }
        asm.bind(done);
        context.functions.add(() -> move(op, forwards, map, table));
        context.functions.add(() -> back(op, back, map, table));
    }

    private void start(Op.Capture op, GroupTable table) {
        long sought = 0;
        for (Op.Group group : op.groups()) {
            sought |= 3L << 2 * group.number();
        }
        words(Register.R1, context.base);
        asm.storeImm(Size.DOUBLE, Register.R1, STATE, 0);
        asm.storeImm(Size.DOUBLE, Register.R1, END, table.acceptsNothing() ? 0 : -1);
        asm.storeImm(Size.DOUBLE, Register.R1, WAY, TaggedDfa.ACCEPT);
        asm.constant(Register.R2, sought);
        asm.store(Size.DOUBLE, Register.R1, SOUGHT, Register.R2);
        for (int at = PLACES; at < notes(op); at += 8) {
            asm.storeImm(Size.DOUBLE, Register.R1, at, -1);
        }
        asm.storeImm(Size.HALF, Register.R1, notes(op), 0);
    }

    private void words(Register to, Register frame) {
        asm.load(Size.DOUBLE, to, frame, Frame.SCRATCH);
        asm.alu(AluOp.ADD, to, ((Home.InScratch) context.frame.join()).offset());
    }

    private void loop(int turns, Label entry) {
        asm.mov(Register.R1, turns);
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.LOOP);
    }

    /** Puts what a group has matched into its variable, which is "" so far. */
    private void copy(Op.Capture op, int index) {
        Label next = context.label("next");
        Operand text = op.text();
        Op.Group group = op.groups().get(index);
        int room = Math.min(values.size(group.to()), context.plan.limits().maxStringLength());
        words(Register.R1, context.base);
        asm.load(Size.DOUBLE, Register.R4, Register.R1, PLACES + PLACE * index);
        asm.load(Size.DOUBLE, Register.R2, Register.R1, PLACES + PLACE * index + 8);
        asm.jumpIf(JumpOp.GE, Register.R4, strings.size(text), next);
        asm.alu(AluOp.SUB, Register.R2, Register.R4);
        asm.alu(AluOp.ADD, Register.R2, 1);
        asm.jumpIf(JumpOp.GT, Register.R2, room, next);
        strings.start(Register.R3, text, context.base);
        asm.alu(AluOp.ADD, Register.R3, Register.R4);
        values.address(Register.R1, group.to());
        asm.call(Helper.PROBE_READ_KERNEL_STR);
        asm.bind(next);
    }

    /** One byte forwards. */
    private void move(Op.Capture op, Label entry, String map, GroupTable table) {
        Label stop = context.label("stop");
        Label ends = context.label("ends");
        Label plain = context.label("plain");
        asm.beginFunction("next_move", entry, 2);
        asm.jumpIf(JumpOp.GE, Register.R1, strings.size(op.text()), stop);
        strings.start(Register.R4, op.text(), Register.R2);
        asm.alu(AluOp.ADD, Register.R4, Register.R1);
        asm.load(Size.BYTE, Register.R5, Register.R4, 0);
        words(Register.R3, Register.R2);
        asm.load(Size.DOUBLE, Register.R0, Register.R3, STATE);
        asm.jumpIf(JumpOp.GE, Register.R0, table.states(), stop);
        asm.alu(AluOp.MUL, Register.R0, GroupTable.ROW);
        asm.alu(AluOp.LSH, Register.R5, 2);
        asm.alu(AluOp.ADD, Register.R0, Register.R5);
        asm.loadMapValue(Register.R4, map, 0);
        asm.alu(AluOp.ADD, Register.R4, Register.R0);
        asm.load(Size.WORD, Register.R5, Register.R4, 0);
        asm.mov(Register.R4, Register.R5);
        asm.alu(AluOp.RSH, Register.R5, GroupTable.STATE);
        asm.jumpIf(JumpOp.SET, Register.R5, GroupTable.ENDS, ends);
        asm.mov(Register.R0, Register.R1);
        asm.alu(AluOp.LSH, Register.R0, 1);
        asm.alu(AluOp.ADD, Register.R0, Register.R3);
        asm.store(Size.HALF, Register.R0, notes(op) + Short.BYTES, Register.R4);
        asm.mov(Register.R4, Register.R5);
        asm.alu(AluOp.AND, Register.R4, GroupTable.ACCEPTS - 1);
        asm.store(Size.DOUBLE, Register.R3, STATE, Register.R4);
        asm.jumpIf(JumpOp.LT, Register.R5, GroupTable.ACCEPTS, plain);
        asm.alu(AluOp.ADD, Register.R1, 1);
        asm.store(Size.DOUBLE, Register.R3, END, Register.R1);
        asm.bind(plain);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(ends);
        asm.jumpIf(JumpOp.LT, Register.R5, GroupTable.ACCEPTS, stop);
        asm.store(Size.DOUBLE, Register.R3, END, Register.R1);
        asm.storeImm(Size.DOUBLE, Register.R3, WAY, TaggedDfa.AT_END);
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }

    /** One move backwards. */
    private void back(Op.Capture op, Label entry, String map, GroupTable table) {
        Label stop = context.label("stop");
        Label next = context.label("next");
        asm.beginFunction("back_move", entry, 2);
        words(Register.R3, Register.R2);
        asm.load(Size.DOUBLE, Register.R4, Register.R3, END);
        asm.alu(AluOp.SUB, Register.R4, Register.R1);
        asm.jumpIf(JumpOp.GT, Register.R4, strings.size(op.text()), stop);
        asm.mov(Register.R5, Register.R4);
        asm.alu(AluOp.LSH, Register.R5, 1);
        asm.alu(AluOp.ADD, Register.R5, Register.R3);
        asm.load(Size.HALF, Register.R5, Register.R5, notes(op));
        asm.jumpIf(JumpOp.GE, Register.R5, table.moves(), stop);
        asm.load(Size.DOUBLE, Register.R0, Register.R3, WAY);
        asm.jumpIf(JumpOp.GE, Register.R0, table.ways(), stop);
        asm.alu(AluOp.MUL, Register.R5, table.ways());
        asm.alu(AluOp.ADD, Register.R5, Register.R0);
        asm.alu(AluOp.LSH, Register.R5, 3);
        asm.loadMapValue(Register.R0, map, GroupTable.ROW * table.states());
        asm.alu(AluOp.ADD, Register.R0, Register.R5);
        asm.load(Size.DOUBLE, Register.R5, Register.R0, 0);
        asm.mov(Register.R0, Register.R5);
        asm.alu(AluOp.RSH, Register.R0, TaggedDfa.MARKS);
        asm.store(Size.DOUBLE, Register.R3, WAY, Register.R0);
        asm.load(Size.DOUBLE, Register.R0, Register.R3, SOUGHT);
        asm.alu(AluOp.AND, Register.R5, Register.R0);
        asm.jumpIf(JumpOp.EQ, Register.R5, 0, next);
        asm.alu(AluOp.XOR, Register.R0, Register.R5);
        asm.store(Size.DOUBLE, Register.R3, SOUGHT, Register.R0);
        marks(op.groups());
        asm.bind(next);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }

    /** Keeps the place in R4 for each mark in R5, of which all are wanted. */
    private void marks(List<Op.Group> groups) {
        asm.alu(AluOp.XOR, Register.R5, -1);
        int shifted = 0;
        for (int i = 0; i < 2 * groups.size(); i++) {
            int mark = 2 * groups.get(i / 2).number() + i % 2;
            Label skip = context.label("skip");
            if (mark >= shifted + HALF) {
                asm.alu(AluOp.RSH, Register.R5, HALF);
                shifted = HALF;
            }
            asm.jumpIf(JumpOp.SET, Register.R5, 1 << mark - shifted, skip);
            asm.store(Size.DOUBLE, Register.R3, PLACES + 8 * i, Register.R4);
            asm.bind(skip);
        }
    }
}
