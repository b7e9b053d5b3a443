package org.jstap.compiler.kernel.emit;

import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * Text with escapes for what cannot be printed, in quotes or not: one turn of a loop for each byte (bpf_loop, from Linux 5.17). How
 * much is written is in the temporary, how much of it leaves room for dots in POINTER, and whether something was cut in
 * ERROR_ARGUMENT. Both strings are in scratch memory, and so is where the next character starts.
 */
final class EscapedText {
    private static final String SPECIAL = "\u0007\b\f\n\r\t\u000b\"\\";
    private static final String LETTERS = "abfnrtv\"\\";
    private static final int DOTS = 3;
    /** Where in the area of an operation there is the room, where that is no constant. */
    private static final int ROOM = 0;
    /** Where in it there is the index of the next character; what is before it has been written. */
    private static final int NEXT = 8;
    private static final int AREA = 16;
    /** Longest escape. */
    private static final int LONGEST = 10;

    private final Context context;
    private final Values values;
    private final StringSearch strings;
    private final Assembler asm;

    EscapedText(Context context, Values values, StringSearch strings) {
        this.context = context;
        this.values = values;
        this.strings = strings;
        this.asm = context.asm;
    }

    static boolean handles(Intrinsic intrinsic) {
        return intrinsic == Intrinsic.STRING_QUOTED || intrinsic == Intrinsic.TEXT_STR || intrinsic == Intrinsic.TEXT_STRN;
    }

    /** Bytes of scratch memory at {@link Frame#join} that an operation needs. */
    static int area(Op.CallIntrinsic op) {
        return handles(op.intrinsic()) ? AREA : 0;
    }

    void call(Op.CallIntrinsic op) {
        Operand text = op.arguments().getFirst();
        Variable to = op.to().orElseThrow();
        boolean counted = op.intrinsic() == Intrinsic.TEXT_STRN;
        boolean quoted = op.intrinsic() == Intrinsic.STRING_QUOTED
                || counted && ((Operand.Number) op.arguments().get(2)).value() != 0;
        int most = Math.min(values.size(to), context.plan.limits().maxStringLength()) - 1;
        Label entry = context.label("escape");
        if (counted) {
            values.load(Register.R2, op.arguments().get(1));
            asm.alu(AluOp.SUB, Register.R2, quoted ? 1 : 0);
            context.address(Register.R1, context.frame.join());
            asm.store(Size.DOUBLE, Register.R1, ROOM, Register.R2);
        }
        context.address(Register.R1, context.frame.join());
        asm.storeImm(Size.DOUBLE, Register.R1, NEXT, 0);
        values.prepare(Register.R1, to);
        if (quoted) {
            asm.storeImm(Size.BYTE, Register.R1, 0, '"');
        }
        context.storeFrame(Frame.TEMPORARY, quoted ? 1 : 0);
        context.storeFrame(Frame.POINTER, quoted ? 1 : 0);
        context.storeFrame(Frame.ERROR_ARGUMENT, 0);
        asm.mov(Register.R1, strings.size(text));
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.LOOP);
        if (quoted) {
            close(to, most);
        }
        context.functions.add(() -> step(text, to, entry, quoted ? most - 1 : most, counted));
    }

    /** The quote at the end, with dots behind it where something was cut: they take the place of what was written there. */
    private void close(Variable to, int most) {
        Label whole = context.label("whole");
        Label done = context.label("done");
        context.loadFrame(Register.R1, Frame.ERROR_ARGUMENT);
        asm.jumpIf(JumpOp.EQ, Register.R1, 0, whole);
        values.address(Register.R1, to);
        context.loadFrame(Register.R3, Frame.POINTER);
        jumpBeyond(most - 1 - DOTS, done);
        asm.alu(AluOp.ADD, Register.R1, Register.R3);
        asm.storeImm(Size.BYTE, Register.R1, 0, '"');
        for (int i = 1; i <= DOTS; i++) {
            asm.storeImm(Size.BYTE, Register.R1, i, '.');
        }
        // The escape that was cut and what follows it end where the quote would have been, at most.
        for (int i = DOTS + 1; i < LONGEST + DOTS - 1; i++) {
            jumpBeyond(most - 2 - i, done);
            values.address(Register.R1, to);
            asm.alu(AluOp.ADD, Register.R1, Register.R3);
            asm.storeImm(Size.BYTE, Register.R1, i, 0);
        }
        asm.jump(done);
        asm.bind(whole);
        context.loadFrame(Register.R3, Frame.TEMPORARY);
        jumpBeyond(most - 1, done);
        values.address(Register.R1, to);
        asm.alu(AluOp.ADD, Register.R1, Register.R3);
        asm.storeImm(Size.BYTE, Register.R1, 0, '"');
        asm.bind(done);
    }

    /**
     * @param room    bytes that escapes may fill, what is before them included
     * @param counted whether they may fill fewer, as the word at {@link #ROOM} says
     */
    private void step(Operand text, Variable to, Label entry, int room, boolean counted) {
        Label stop = context.label("stop");
        Label full = context.label("full");
        Label written = context.label("written");
        Label octal = context.label("octal");
        Label beyond = context.label("beyond");
        Label special = context.label("special");
        Label next = context.label("next");
        asm.beginFunction("escape_byte", entry, 2);
        area(Register.R4);
        asm.load(Size.DOUBLE, Register.R4, Register.R4, NEXT);
        asm.jumpIf(JumpOp.LT, Register.R1, Register.R4, next);
        asm.jumpIf(JumpOp.GE, Register.R1, strings.size(text), stop);
        asm.mov(Register.R7, Register.R1);
        strings.start(Register.R4, text, Register.R2);
        asm.alu(AluOp.ADD, Register.R4, Register.R1);
        asm.load(Size.BYTE, Register.R5, Register.R4, 0);
        asm.jumpIf(JumpOp.EQ, Register.R5, 0, stop);
        strings.start(Register.R4, to, Register.R2);
        for (int i = 0; i < SPECIAL.length(); i++) {
            asm.mov(Register.R1, LETTERS.charAt(i));
            asm.jumpIf(JumpOp.EQ, Register.R5, SPECIAL.charAt(i), special);
        }
        asm.jumpIf(JumpOp.LT, Register.R5, ' ', octal);
        asm.jumpIf(JumpOp.GT, Register.R5, '~', beyond);
        advance(1, room, counted, full);
        asm.store(Size.BYTE, Register.R4, 0, Register.R5);
        asm.jump(written);
        asm.bind(special);
        advance(2, room, counted, full);
        asm.storeImm(Size.BYTE, Register.R4, 0, '\\');
        asm.store(Size.BYTE, Register.R4, 1, Register.R1);
        asm.jump(written);
        asm.bind(beyond);
        character(text, room, counted, octal, full, written);
        asm.bind(octal);
        advance(4, room, counted, full);
        asm.storeImm(Size.BYTE, Register.R4, 0, '\\');
        for (int digit = 1; digit <= 3; digit++) {
            asm.mov(Register.R1, Register.R5);
            asm.alu(AluOp.RSH, Register.R1, 3 * (3 - digit));
            asm.alu(AluOp.AND, Register.R1, 7);
            asm.alu(AluOp.ADD, Register.R1, '0');
            asm.store(Size.BYTE, Register.R4, digit, Register.R1);
        }
        asm.bind(written);
        if (counted) {
            beyond(DOTS, next);
        }
        jumpBeyond(room - DOTS, next);
        asm.atomic(AtomicOp.XCHG, Size.DOUBLE, Register.R2, Frame.POINTER, Register.R3);
        asm.bind(next);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(full);
        asm.storeImm(Size.DOUBLE, Register.R2, Frame.ERROR_ARGUMENT, 1);
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }

    /** The character beyond ASCII that starts with the byte in R5, at the index in R7; goes to {@code octal} where there is none. */
    private void character(Operand text, int room, boolean counted, Label octal, Label full, Label written) {
        Label two = context.label("two");
        Label three = context.label("three");
        Label four = context.label("four");
        Label digits = context.label("digits");
        asm.jumpIf(JumpOp.LT, Register.R5, 0xc2, octal);
        asm.jumpIf(JumpOp.GT, Register.R5, 0xf4, octal);
        asm.jumpIf(JumpOp.LT, Register.R5, 0xe0, two);
        asm.jumpIf(JumpOp.LT, Register.R5, 0xf0, three);
        decode(text, 4, 0x10000, octal);
        asm.jumpIf(JumpOp.GT, Register.R8, Character.MAX_CODE_POINT, octal);
        advance(LONGEST, room, counted, full);
        skip(4);
        start("\\U00");
        hexadecimal(20, 4);
        hexadecimal(16, 5);
        asm.alu(AluOp.ADD, Register.R4, 4);
        asm.jump(digits);
        asm.bind(three);
        decode(text, 3, 0x800, octal);
        asm.jumpIf(JumpOp.LT, Register.R8, Character.MIN_SURROGATE, four);
        asm.jumpIf(JumpOp.LE, Register.R8, Character.MAX_SURROGATE, octal);
        asm.bind(four);
        advance(6, room, counted, full);
        skip(3);
        start("\\u");
        asm.jump(digits);
        asm.bind(two);
        decode(text, 2, 0x80, octal);
        advance(6, room, counted, full);
        skip(2);
        start("\\u");
        asm.bind(digits);
        for (int digit = 0; digit < 4; digit++) {
            hexadecimal(4 * (3 - digit), 2 + digit);
        }
        asm.jump(written);
    }

    /** Puts a character of {@code length} bytes into R8; goes to {@code octal} where these are none, or more than it needs. */
    private void decode(Operand text, int length, int least, Label octal) {
        asm.jumpIf(JumpOp.GT, Register.R7, Math.max(0, strings.size(text) - length), octal);
        strings.start(Register.R6, text, Register.R2);
        asm.alu(AluOp.ADD, Register.R6, Register.R7);
        asm.mov(Register.R8, Register.R5);
        asm.alu(AluOp.AND, Register.R8, 0xff >> length + 1);
        for (int i = 1; i < length; i++) {
            asm.load(Size.BYTE, Register.R0, Register.R6, i);
            asm.mov(Register.R3, Register.R0);
            asm.alu(AluOp.AND, Register.R3, 0xc0);
            asm.jumpIf(JumpOp.NE, Register.R3, 0x80, octal);
            asm.alu(AluOp.AND, Register.R0, 0x3f);
            asm.alu(AluOp.LSH, Register.R8, 6);
            asm.alu(AluOp.OR, Register.R8, Register.R0);
        }
        asm.jumpIf(JumpOp.LT, Register.R8, least, octal);
    }

    private void skip(int bytes) {
        area(Register.R0);
        asm.alu(AluOp.ADD, Register.R7, bytes);
        asm.store(Size.DOUBLE, Register.R0, NEXT, Register.R7);
    }

    private void start(String escape) {
        for (int i = 0; i < escape.length(); i++) {
            asm.storeImm(Size.BYTE, Register.R4, i, escape.charAt(i));
        }
    }

    /** Writes a digit of R8 to a place behind R4, without a branch: the verifier would follow each of its ways. */
    private void hexadecimal(int shift, int place) {
        asm.mov(Register.R1, Register.R8);
        asm.alu(AluOp.RSH, Register.R1, shift);
        asm.alu(AluOp.AND, Register.R1, 15);
        asm.mov(Register.R0, 9);
        asm.alu(AluOp.SUB, Register.R0, Register.R1);
        asm.alu(AluOp.ARSH, Register.R0, 63);
        asm.alu(AluOp.AND, Register.R0, 'A' - '0' - 10);
        asm.alu(AluOp.ADD, Register.R1, Register.R0);
        asm.alu(AluOp.ADD, Register.R1, '0');
        asm.store(Size.BYTE, Register.R4, place, Register.R1);
    }

    private void area(Register to) {
        asm.load(Size.DOUBLE, to, Register.R2, Frame.SCRATCH);
        asm.alu(AluOp.ADD, to, ((Home.InScratch) context.frame.join()).offset());
    }

    /**
     * Moves R4 to where {@code length} bytes go and R3 behind them; goes to {@code full} where they do not fit. The verifier knows
     * nothing of what an atomic operation gives; else it would follow each length that there can be.
     */
    private void advance(int length, int room, boolean counted, Label full) {
        asm.mov(Register.R3, length);
        asm.atomic(AtomicOp.FETCH_ADD, Size.DOUBLE, Register.R2, Frame.TEMPORARY, Register.R3);
        if (counted) {
            beyond(length, full);
        }
        jumpBeyond(room - length, full);
        asm.alu(AluOp.ADD, Register.R4, Register.R3);
        asm.alu(AluOp.ADD, Register.R3, length);
    }

    /** Goes to {@code target} where behind R3 there are fewer than {@code length} bytes of the room. Uses R0. */
    private void beyond(int length, Label target) {
        area(Register.R0);
        asm.load(Size.DOUBLE, Register.R0, Register.R0, ROOM);
        asm.alu(AluOp.SUB, Register.R0, length);
        asm.jumpIf(JumpOp.SGT, Register.R3, Register.R0, target);
    }

    /** Goes to {@code target} where R3 is greater than {@code last}: always, where there is no room at all. */
    private void jumpBeyond(int last, Label target) {
        asm.jumpIf(last < 0 ? JumpOp.GE : JumpOp.GT, Register.R3, Math.max(last, 0), target);
    }
}
