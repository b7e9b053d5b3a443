package org.jstap.compiler.kernel.emit;

import java.util.List;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.syscall.Captures;
import org.jstap.compiler.syscall.EncodedText;
import org.jstap.compiler.syscall.SystemCalls;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.ebpf.spec.MapSpec;

/** Strings of system calls: names from a table, and texts that the host makes of what is recorded here ({@link EncodedText}). */
final class SystemCallTexts {
    private static final int NAME_SHIFT = 5;
    private static final int ENTRY_SHIFT = 4;

    private final Context context;
    private final Values values;
    private final Assembler asm;

    SystemCallTexts(Context context, Values values) {
        this.context = context;
        this.values = values;
        this.asm = context.asm;
    }

    void call(Op.CallIntrinsic op) {
        List<Operand> a = op.arguments();
        Variable to = op.to().orElseThrow();
        switch (op.intrinsic()) {
            case SYSCALL_NAME -> name(to, a.getFirst(), context.siteTables.systemCallNames(false));
            case SYSCALL_ALIAS -> name(to, a.getFirst(), context.siteTables.systemCallNames(true));
            case SYSCALL_TEXT -> value(to, EncodedText.VALUE, a);
            case SYSCALL_RESULT -> value(to, EncodedText.RESULT, a);
            case SYSCALL_ARGUMENTS -> arguments(to, a);
            case SYSCALL_MEMORY -> {
                room(to, EncodedText.MEMORY_AT + EncodedText.MEMORY_MOST, op);
                memory(to, EncodedText.MEMORY, a, a.get(2), EncodedText.MEMORY_MOST, Helper.PROBE_READ_USER);
            }
            case SYSCALL_POINTERS -> {
                room(to, EncodedText.MEMORY_AT + EncodedText.POINTERS_MOST, op);
                memory(to, EncodedText.MEMORY, a, new Operand.Number(EncodedText.POINTERS_MOST), EncodedText.POINTERS_MOST,
                        Helper.PROBE_READ_USER);
            }
            case SYSCALL_STRINGS -> strings(to, a, op);
            case BUFFER_HEX -> digits(op);
            default -> throw new IllegalArgumentException("no intrinsic of system calls: " + op.intrinsic());
        }
    }

    /** Copies the entry of a number; the place has its 32 bytes or less. */
    private void name(Variable to, Operand number, MapSpec table) {
        Label unknown = context.label("unknown");
        Label done = context.label("done");
        values.load(Register.R1, number);
        asm.jumpIf(JumpOp.GE, Register.R1, SystemCalls.NUMBERS, unknown);
        asm.alu(AluOp.LSH, Register.R1, NAME_SHIFT);
        asm.loadMapValue(Register.R2, table.name(), 0);
        asm.alu(AluOp.ADD, Register.R2, Register.R1);
        values.prepare(Register.R3, to);
        int copied = Math.min(values.size(to), 1 << NAME_SHIFT);
        for (int i = 0; i < copied; i += 8) {
            asm.load(Size.DOUBLE, Register.R1, Register.R2, i);
            asm.store(Size.DOUBLE, Register.R3, i, Register.R1);
        }
        asm.storeImm(Size.BYTE, Register.R3, copied - 1, 0);
        asm.jump(done);
        asm.bind(unknown);
        values.clear(to);
        asm.bind(done);
    }

    /** Leaves the address of the place in R4, filled with zeros but for the head. */
    private void head(Variable to, int form, Operand number) {
        values.prepare(Register.R4, to);
        asm.storeImm(Size.BYTE, Register.R4, 0, EncodedText.MARK);
        asm.storeImm(Size.BYTE, Register.R4, EncodedText.FORM, form);
        asm.store(Size.HALF, Register.R4, EncodedText.NUMBER, values.inRegister(number, Register.R1));
    }

    private void value(Variable to, int form, List<Operand> a) {
        head(to, form, a.getFirst());
        asm.store(Size.DOUBLE, Register.R4, EncodedText.VALUE_AT, values.inRegister(a.get(1), Register.R1));
    }

    // ---- memory

    /** Memory of the kernel, of which each byte is two characters: no more than the string can show. */
    private void digits(Op.CallIntrinsic op) {
        Variable to = op.to().orElseThrow();
        room(to, EncodedText.MEMORY_AT + 8, op);
        int most = Math.min(values.size(to) - EncodedText.MEMORY_AT, values.size(to) / 2);
        List<Operand> a = List.of(new Operand.Number(0), op.arguments().getFirst());
        memory(to, EncodedText.HEX, a, op.arguments().get(1), most, Helper.PROBE_READ_KERNEL);
    }

    /** @param a number of the printer, and the address */
    private void memory(Variable to, int form, List<Operand> a, Operand size, int most, Helper helper) {
        Label done = context.label("done");
        head(to, form, a.getFirst());
        asm.store(Size.DOUBLE, Register.R4, EncodedText.VALUE_AT, values.inRegister(a.get(1), Register.R1));
        values.load(Register.R2, size);
        asm.store(Size.DOUBLE, Register.R4, EncodedText.MEMORY_SIZE, Register.R2);
        values.load(Register.R3, a.get(1));
        asm.mov(Register.R1, Register.R4);
        asm.alu(AluOp.ADD, Register.R1, EncodedText.MEMORY_AT);
        bounded(most);
        asm.call(helper);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, done);
        wasRead(to, 0);
        asm.bind(done);
    }

    /** R2 is at most {@code most}. */
    private void bounded(int most) {
        Label fits = context.label("fits");
        asm.jumpIf(JumpOp.LE, Register.R2, most, fits);
        asm.mov(Register.R2, most);
        asm.bind(fits);
    }

    private void wasRead(Variable to, int piece) {
        values.address(Register.R1, to);
        asm.storeImm(Size.BYTE, Register.R1, EncodedText.READ + piece, 1);
    }

    private void room(Variable to, int size, Op op) {
        if (values.size(to) < size) {
            throw new KernelUnsupported("strings are limited to " + values.size(to) + " bytes, and this text needs " + size
                    + "; make MAXSTRINGLEN larger", op.span());
        }
    }

    private void strings(Variable to, List<Operand> a, Op op) {
        room(to, EncodedText.PIECES + EncodedText.LIST_STRING, op);
        Label done = context.label("done");
        head(to, EncodedText.MEMORY, a.getFirst());
        asm.store(Size.DOUBLE, Register.R4, EncodedText.VALUE_AT, values.inRegister(a.get(1), Register.R1));
        values.load(Register.R3, a.get(1));
        list(to, EncodedText.MEMORY_AT, Math.min(values.size(to), 512) - EncodedText.MEMORY_AT, 0, done);
        asm.bind(done);
    }

    /** Reads the strings of the list at R3 to {@code offset} of the place, one behind the other. */
    private void list(Variable to, int offset, int room, int piece, Label done) {
        context.storeFrame(Frame.POINTER, Register.R3);
        context.storeFrame(Frame.ERROR_ARGUMENT, 0);
        for (int i = 0; i < EncodedText.LIST_MOST; i++) {
            asm.mov(Register.R1, context.base);
            asm.alu(AluOp.ADD, Register.R1, Frame.TEMPORARY);
            asm.mov(Register.R2, 8);
            context.loadFrame(Register.R3, Frame.POINTER);
            asm.alu(AluOp.ADD, Register.R3, 8 * i);
            asm.call(Helper.PROBE_READ_USER);
            asm.jumpIf(JumpOp.NE, Register.R0, 0, done);
            if (i == 0) {
                wasRead(to, piece);
            }
            context.loadFrame(Register.R3, Frame.TEMPORARY);
            asm.jumpIf(JumpOp.EQ, Register.R3, 0, done);
            context.loadFrame(Register.R4, Frame.ERROR_ARGUMENT);
            asm.jumpIf(JumpOp.GT, Register.R4, room - EncodedText.LIST_STRING, done);
            values.address(Register.R1, to);
            asm.alu(AluOp.ADD, Register.R1, Register.R4);
            asm.alu(AluOp.ADD, Register.R1, offset);
            asm.mov(Register.R2, EncodedText.LIST_STRING);
            asm.call(Helper.PROBE_READ_USER_STR);
            asm.jumpIf(JumpOp.SLT, Register.R0, 0, done);
            context.loadFrame(Register.R4, Frame.ERROR_ARGUMENT);
            asm.alu(AluOp.ADD, Register.R4, Register.R0);
            context.storeFrame(Frame.ERROR_ARGUMENT, Register.R4);
        }
        asm.jump(done);
    }

    // ---- all arguments of a call

    private void arguments(Variable to, List<Operand> a) {
        head(to, EncodedText.ARGUMENTS, a.getFirst());
        int size = Math.min(values.size(to), 512);
        for (int i = 0; i < SystemCalls.ARGUMENTS && EncodedText.VALUE_AT + 8 * i + 8 <= size; i++) {
            asm.store(Size.DOUBLE, Register.R4, EncodedText.VALUE_AT + 8 * i, values.inRegister(a.get(i + 1), Register.R1));
        }
        int room = size - EncodedText.PIECES;
        if (room < 8 * EncodedText.MOST_PIECES) {
            return;
        }
        Label done = context.label("done");
        if (a.getFirst() instanceof Operand.Number number) {
            known(to, a, (int) number.value(), room, done);
        } else {
            byTable(to, a.getFirst(), room, done);
        }
        asm.bind(done);
    }

    /** Of how many pieces the room is made. */
    private static int pieces(int captures) {
        return captures <= 1 ? 1 : captures == 2 ? 2 : EncodedText.MOST_PIECES;
    }

    private static int pieceSize(int room, int pieces) {
        return room / pieces & ~7;
    }

    private void pieceSize(Variable to, int size) {
        values.address(Register.R4, to);
        asm.storeImm(Size.DOUBLE, Register.R4, EncodedText.PIECE_SIZE, size);
    }

    /** The call is known now, so that only its own pieces are looked at. */
    private void known(Variable to, List<Operand> a, int number, int room, Label done) {
        List<Captures.Capture> captures = SystemCalls.current().of(number).isEmpty() ? List.of()
                : Captures.of(SystemCalls.current().of(number).get());
        int size = pieceSize(room, pieces(captures.size()));
        pieceSize(to, size);
        for (int i = 0; i < captures.size(); i++) {
            Captures.Capture capture = captures.get(i);
            Label next = context.label("next");
            values.load(Register.R3, a.get(1 + capture.argument()));
            int offset = EncodedText.PIECES + i * size;
            switch (capture.how()) {
                case Captures.LIST -> list(to, offset, size, i, next);
                case Captures.STRING -> string(to, offset, size, i, next);
                default -> {
                    if (capture.how() == Captures.COUNTED) {
                        values.load(Register.R2, a.get(1 + capture.sizeArgument()));
                    } else {
                        asm.mov(Register.R2, capture.size());
                    }
                    bytes(to, offset, size, i, next);
                }
            }
            asm.bind(next);
        }
        asm.jump(done);
    }

    private void string(Variable to, int offset, int size, int piece, Label done) {
        values.address(Register.R1, to);
        asm.alu(AluOp.ADD, Register.R1, offset);
        asm.mov(Register.R2, size);
        asm.call(Helper.PROBE_READ_USER_STR);
        asm.jumpIf(JumpOp.SLT, Register.R0, 0, done);
        wasRead(to, piece);
    }

    /** Reads R2 bytes, of what there is room for. */
    private void bytes(Variable to, int offset, int size, int piece, Label done) {
        values.address(Register.R1, to);
        asm.alu(AluOp.ADD, Register.R1, offset);
        bounded(size);
        asm.call(Helper.PROBE_READ_USER);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, done);
        wasRead(to, piece);
    }

    /** The call is known only when it happens: what to read stands in a table. */
    private void byTable(Variable to, Operand number, int room, Label done) {
        Label two = context.label("two");
        Label four = context.label("four");
        entry(number, 2, done);
        asm.jumpIf(JumpOp.NE, Register.R1, Captures.NONE, four);
        entry(number, 1, done);
        asm.jumpIf(JumpOp.NE, Register.R1, Captures.NONE, two);
        layout(to, number, room, 1, done);
        asm.bind(two);
        layout(to, number, room, 2, done);
        asm.bind(four);
        layout(to, number, room, EncodedText.MOST_PIECES, done);
    }

    /** Loads how a piece is read into R1; R2 is the address of its description. */
    private void entry(Operand number, int piece, Label none) {
        values.load(Register.R1, number);
        asm.jumpIf(JumpOp.GE, Register.R1, SystemCalls.NUMBERS, none);
        asm.alu(AluOp.LSH, Register.R1, ENTRY_SHIFT);
        asm.loadMapValue(Register.R2, context.siteTables.systemCallCaptures().name(), 0);
        asm.alu(AluOp.ADD, Register.R2, Register.R1);
        asm.alu(AluOp.ADD, Register.R2, Captures.DESCRIPTION * piece);
        asm.load(Size.BYTE, Register.R1, Register.R2, 1);
    }

    private void layout(Variable to, Operand number, int room, int pieces, Label done) {
        int size = pieceSize(room, pieces);
        pieceSize(to, size);
        for (int i = 0; i < pieces; i++) {
            Label next = context.label("next");
            Label string = context.label("string");
            Label list = context.label("list");
            Label fixed = context.label("fixed");
            int offset = EncodedText.PIECES + i * size;
            entry(number, i, done);
            asm.jumpIf(JumpOp.EQ, Register.R1, Captures.NONE, done);
            asm.load(Size.BYTE, Register.R5, Register.R2, 0);
            argument(to, Register.R3, Register.R5);
            asm.jumpIf(JumpOp.EQ, Register.R1, Captures.STRING, string);
            asm.jumpIf(JumpOp.EQ, Register.R1, Captures.LIST, list);
            asm.jumpIf(JumpOp.EQ, Register.R1, Captures.FIXED, fixed);
            asm.load(Size.BYTE, Register.R5, Register.R2, 3);
            argument(to, Register.R2, Register.R5);
            bytes(to, offset, size, i, next);
            asm.jump(next);
            asm.bind(fixed);
            asm.load(Size.BYTE, Register.R2, Register.R2, 2);
            bytes(to, offset, size, i, next);
            asm.jump(next);
            asm.bind(string);
            string(to, offset, size, i, next);
            asm.jump(next);
            asm.bind(list);
            list(to, offset, size, i, next);
            asm.bind(next);
        }
        asm.jump(done);
    }

    /** Loads the argument whose number {@code index} holds; uses R4. */
    private void argument(Variable to, Register result, Register index) {
        asm.alu(AluOp.AND, index, 7);
        asm.alu(AluOp.LSH, index, 3);
        values.address(Register.R4, to);
        asm.alu(AluOp.ADD, Register.R4, index);
        asm.load(Size.DOUBLE, result, Register.R4, EncodedText.VALUE_AT);
    }
}
