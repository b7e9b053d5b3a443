package org.jstap.compiler.kernel.emit;

import java.util.Set;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * Searches that take any string for what they look for: a loop over the places of the text (bpf_loop, from Linux 5.17), and where the
 * first byte fits, one over what is sought. Their state is in scratch memory, of which the verifier knows no values: else it would
 * follow each that there can be.
 */
final class TextSearch {
    /** Where a search starts. */
    private static final int FROM = 0;
    /** The place that is compared. */
    private static final int AT = 8;
    /** Whether all is the same there. */
    private static final int SAME = 16;
    /** What a search has found, or -1. */
    private static final int FOUND = 24;
    /** Bytes that are written. */
    private static final int WRITTEN = 32;
    /** Length of what is sought. */
    private static final int LENGTH = 40;
    private static final int WORDS = 48;
    /** Bytes of a table of all characters. */
    private static final int CHARACTERS = 256;

    private final Context context;
    private final Values values;
    private final Strings texts;
    private final StringSearch strings;
    private final Assembler asm;

    TextSearch(Context context, Values values, Strings texts, StringSearch strings) {
        this.context = context;
        this.values = values;
        this.texts = texts;
        this.strings = strings;
        this.asm = context.asm;
    }

    static boolean handles(Op.CallIntrinsic op) {
        return switch (op.intrinsic()) {
            case STR_REPLACE, SPAN -> true;
            case ISINSTR, STRPOS -> !(op.arguments().get(1) instanceof Operand.Text);
            default -> false;
        };
    }

    /** Variables that have to be in scratch memory, beside the first argument. */
    static void indexed(Op.CallIntrinsic op, Set<Variable> indexed) {
        if (handles(op) && op.arguments().getFirst() instanceof Variable text) {
            indexed.add(text);
        }
        if (handles(op) && op.arguments().get(1) instanceof Variable sought) {
            indexed.add(sought);
        }
    }

    /** Bytes of scratch memory at {@link Frame#join} that an operation needs; {@code longest} is the size of the longest string. */
    static int area(Op.CallIntrinsic op, int longest) {
        return !handles(op) ? 0 : switch (op.intrinsic()) {
            case STR_REPLACE -> WORDS + 2 * (longest + 8);
            case SPAN -> WORDS + CHARACTERS;
            default -> WORDS;
        };
    }

    /** How deep its functions call each other. */
    static int depth(Op.CallIntrinsic op) {
        return !handles(op) ? 0 : switch (op.intrinsic()) {
            case STR_REPLACE -> 3;
            case SPAN -> 1;
            default -> 2;
        };
    }

    void call(Op.CallIntrinsic op) {
        switch (op.intrinsic()) {
            case ISINSTR, STRPOS -> find(op);
            case SPAN -> span(op);
            default -> replace(op);
        }
    }

    // ---- where something is

    private void find(Op.CallIntrinsic op) {
        Operand text = op.arguments().getFirst();
        Operand sought = op.arguments().get(1);
        boolean place = op.intrinsic() == Intrinsic.STRPOS;
        Label done = context.label("done");
        strings.start(Register.R1, sought, context.base);
        asm.load(Size.BYTE, Register.R1, Register.R1, 0);
        asm.mov(Register.R0, place ? 0 : 1);
        asm.jumpIf(JumpOp.EQ, Register.R1, 0, done);
        words(Register.R1, context.base);
        asm.storeImm(Size.DOUBLE, Register.R1, FROM, 0);
        search(Register.R1, text, sought, context.base);
        words(Register.R1, context.base);
        asm.load(Size.DOUBLE, Register.R0, Register.R1, FOUND);
        if (!place) {
            asm.mov(Register.R1, Register.R0);
            asm.mov(Register.R0, 1);
            asm.jumpIf(JumpOp.NE, Register.R1, -1, done);
            asm.mov(Register.R0, 0);
        }
        asm.bind(done);
        values.store(op.to().orElseThrow(), Register.R0);
    }

    private void words(Register to, Register frame) {
        asm.load(Size.DOUBLE, to, frame, Frame.SCRATCH);
        asm.alu(AluOp.ADD, to, ((Home.InScratch) context.frame.join()).offset());
    }

    /** Leaves in FOUND where the sought string, which is not empty, is from FROM on. */
    private void search(Register words, Operand text, Operand sought, Register frame) {
        Label entry = context.label("search");
        asm.storeImm(Size.DOUBLE, words, FOUND, -1);
        loop(strings.size(text), entry, frame);
        context.functions.add(() -> searchAt(entry, text, sought));
    }

    private void loop(int turns, Label entry, Register frame) {
        asm.mov(Register.R1, turns);
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, frame);
        asm.mov(Register.R4, 0);
        asm.call(Helper.LOOP);
    }

    private void searchAt(Label entry, Operand text, Operand sought) {
        Label next = context.label("next");
        Label stop = context.label("stop");
        Label compare = context.label("compare");
        asm.beginFunction("search_at", entry, 2);
        asm.mov(Register.R6, Register.R2);
        words(Register.R7, Register.R6);
        asm.load(Size.DOUBLE, Register.R3, Register.R7, FROM);
        asm.alu(AluOp.ADD, Register.R1, Register.R3);
        byteAt(Register.R5, text, Register.R1, Register.R6, stop);
        asm.jumpIf(JumpOp.EQ, Register.R5, 0, stop);
        strings.start(Register.R4, sought, Register.R6);
        asm.load(Size.BYTE, Register.R3, Register.R4, 0);
        asm.jumpIf(JumpOp.NE, Register.R3, Register.R5, next);
        asm.store(Size.DOUBLE, Register.R7, AT, Register.R1);
        asm.storeImm(Size.DOUBLE, Register.R7, SAME, 0);
        loop(strings.size(sought), compare, Register.R6);
        asm.load(Size.DOUBLE, Register.R1, Register.R7, SAME);
        asm.jumpIf(JumpOp.EQ, Register.R1, 0, next);
        asm.load(Size.DOUBLE, Register.R1, Register.R7, AT);
        asm.store(Size.DOUBLE, Register.R7, FOUND, Register.R1);
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
        asm.bind(next);
        asm.mov(Register.R0, 0);
        asm.exit();
        context.functions.add(() -> compareAt(compare, text, sought));
    }

    /** Loads a byte of a string at a place; goes to {@code outside} where that is behind the room of the string. Uses R4. */
    private void byteAt(Register to, Operand text, Register place, Register frame, Label outside) {
        asm.jumpIf(JumpOp.GE, place, strings.size(text), outside);
        strings.start(Register.R4, text, frame);
        asm.alu(AluOp.ADD, Register.R4, place);
        asm.load(Size.BYTE, to, Register.R4, 0);
    }

    private void compareAt(Label entry, Operand text, Operand sought) {
        Label same = context.label("same");
        Label stop = context.label("stop");
        asm.beginFunction("compare_at", entry, 2);
        byteAt(Register.R5, sought, Register.R1, Register.R2, stop);
        words(Register.R3, Register.R2);
        asm.jumpIf(JumpOp.EQ, Register.R5, 0, same);
        asm.load(Size.DOUBLE, Register.R3, Register.R3, AT);
        asm.alu(AluOp.ADD, Register.R3, Register.R1);
        byteAt(Register.R1, text, Register.R3, Register.R2, stop);
        asm.jumpIf(JumpOp.NE, Register.R1, Register.R5, stop);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(same);
        asm.storeImm(Size.DOUBLE, Register.R3, SAME, 1);
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }

    // ---- where characters of a set are

    private void span(Op.CallIntrinsic op) {
        Operand text = op.arguments().getFirst();
        Operand set = op.arguments().get(1);
        boolean in = ((Operand.Number) op.arguments().get(3)).value() != 0;
        Label entry = context.label("span");
        if (!(set instanceof Operand.Text)) {
            Label mark = context.label("mark");
            words(Register.R1, context.base);
            values.zero(Register.R1, WORDS, CHARACTERS);
            loop(strings.size(set), mark, context.base);
            context.functions.add(() -> mark(mark, set));
        }
        values.load(Register.R2, op.arguments().get(2));
        words(Register.R1, context.base);
        asm.store(Size.DOUBLE, Register.R1, FROM, Register.R2);
        asm.store(Size.DOUBLE, Register.R1, FOUND, Register.R2);
        loop(strings.size(text), entry, context.base);
        words(Register.R1, context.base);
        asm.load(Size.DOUBLE, Register.R0, Register.R1, FOUND);
        values.store(op.to().orElseThrow(), Register.R0);
        context.functions.add(() -> spanAt(entry, text, set, in));
    }

    /** Marks a character of the set in the table. */
    private void mark(Label entry, Operand set) {
        Label stop = context.label("stop");
        asm.beginFunction("mark_character", entry, 2);
        byteAt(Register.R5, set, Register.R1, Register.R2, stop);
        asm.jumpIf(JumpOp.EQ, Register.R5, 0, stop);
        words(Register.R3, Register.R2);
        asm.alu(AluOp.ADD, Register.R3, Register.R5);
        asm.storeImm(Size.BYTE, Register.R3, WORDS, 1);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }

    private void spanAt(Label entry, Operand text, Operand set, boolean in) {
        Label found = context.label("found");
        Label stop = context.label("stop");
        asm.beginFunction("span_at", entry, 2);
        words(Register.R3, Register.R2);
        asm.load(Size.DOUBLE, Register.R5, Register.R3, FROM);
        asm.alu(AluOp.ADD, Register.R1, Register.R5);
        byteAt(Register.R5, text, Register.R1, Register.R2, stop);
        asm.jumpIf(JumpOp.EQ, Register.R5, 0, found);
        if (set instanceof Operand.Text constant) {
            asm.loadMapValue(Register.R4, Texts.MAP, context.texts.offset(table(constant.value())));
        } else {
            asm.mov(Register.R4, Register.R3);
            asm.alu(AluOp.ADD, Register.R4, WORDS);
        }
        asm.alu(AluOp.ADD, Register.R4, Register.R5);
        asm.load(Size.BYTE, Register.R5, Register.R4, 0);
        asm.jumpIf(in ? JumpOp.NE : JumpOp.EQ, Register.R5, 0, found);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(found);
        asm.store(Size.DOUBLE, Register.R3, FOUND, Register.R1);
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }

    /** For each character 1 where it is in the set, as a text. */
    private static String table(String set) {
        char[] table = new char[CHARACTERS];
        for (int i = 0; i < set.length(); i++) {
            table[set.charAt(i) & 0xff] = 1;
        }
        return new String(table);
    }

    // ---- something else in its place: the result is put together behind the words

    private void replace(Op.CallIntrinsic op) {
        Operand text = op.arguments().getFirst();
        Operand sought = op.arguments().get(1);
        Variable to = op.to().orElseThrow();
        int longest = context.plan.limits().maxStringLength();
        Label nothing = context.label("nothing");
        Label done = context.label("done");
        Label entry = context.label("replace");
        strings.start(Register.R1, sought, context.base);
        asm.load(Size.BYTE, Register.R1, Register.R1, 0);
        asm.jumpIf(JumpOp.EQ, Register.R1, 0, nothing);
        texts.length(sought);
        words(Register.R1, context.base);
        asm.store(Size.DOUBLE, Register.R1, LENGTH, Register.R0);
        asm.storeImm(Size.DOUBLE, Register.R1, FROM, 0);
        asm.storeImm(Size.DOUBLE, Register.R1, WRITTEN, 0);
        loop(longest, entry, context.base);
        values.prepare(Register.R1, to);
        asm.mov(Register.R2, Math.min(values.size(to), longest));
        words(Register.R3, context.base);
        asm.alu(AluOp.ADD, Register.R3, WORDS);
        asm.call(Helper.PROBE_READ_KERNEL_STR);
        asm.jump(done);
        asm.bind(nothing);
        values.move(to, text);
        asm.bind(done);
        context.functions.add(() -> replaceOne(entry, op, longest));
    }

    /** Appends what is before the next place, and what comes there instead. */
    private void replaceOne(Label entry, Op.CallIntrinsic op, int longest) {
        Operand text = op.arguments().getFirst();
        Label stop = context.label("stop");
        Label found = context.label("found");
        asm.beginFunction("replace_one", entry, 2);
        asm.mov(Register.R6, Register.R2);
        words(Register.R7, Register.R6);
        search(Register.R7, text, op.arguments().get(1), Register.R6);
        asm.load(Size.DOUBLE, Register.R8, Register.R7, FOUND);
        asm.load(Size.DOUBLE, Register.R9, Register.R7, FROM);
        asm.jumpIf(JumpOp.GE, Register.R9, strings.size(text), stop);
        asm.mov(Register.R2, strings.size(text));
        asm.jumpIf(JumpOp.EQ, Register.R8, -1, found);
        asm.mov(Register.R2, Register.R8);
        asm.alu(AluOp.SUB, Register.R2, Register.R9);
        asm.alu(AluOp.ADD, Register.R2, 1);
        asm.bind(found);
        asm.jumpIf(JumpOp.GT, Register.R2, strings.size(text), stop);
        strings.start(Register.R3, text, Register.R6);
        asm.alu(AluOp.ADD, Register.R3, Register.R9);
        append(longest, stop);
        asm.jumpIf(JumpOp.EQ, Register.R8, -1, stop);
        Operand replacement = op.arguments().get(2);
        asm.mov(Register.R2, replacement instanceof Variable variable ? values.size(variable)
                : Math.min(longest, strings.size(replacement)));
        address(Register.R3, replacement, Register.R6);
        append(longest, stop);
        asm.load(Size.DOUBLE, Register.R1, Register.R7, LENGTH);
        asm.alu(AluOp.ADD, Register.R8, Register.R1);
        asm.store(Size.DOUBLE, Register.R7, FROM, Register.R8);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }

    private void address(Register to, Operand text, Register frame) {
        if (text instanceof Variable variable && context.frame.home(variable) instanceof Home.InFrame(int offset, int _)) {
            asm.mov(to, frame);
            asm.alu(AluOp.ADD, to, offset);
        } else {
            strings.start(to, text, frame);
        }
    }

    /** Appends at most R2 bytes, with their zero, from R3; goes to {@code full} where the longest string is full. */
    private void append(int longest, Label full) {
        Label counted = context.label("counted");
        asm.load(Size.DOUBLE, Register.R1, Register.R7, WRITTEN);
        asm.jumpIf(JumpOp.GE, Register.R1, longest, full);
        asm.alu(AluOp.ADD, Register.R1, Register.R7);
        asm.alu(AluOp.ADD, Register.R1, WORDS);
        asm.call(Helper.PROBE_READ_KERNEL_STR);
        asm.alu(AluOp.SUB, Register.R0, 1);
        asm.jumpIf(JumpOp.LT, Register.R0, longest, counted);
        asm.mov(Register.R0, 0);
        asm.bind(counted);
        asm.load(Size.DOUBLE, Register.R1, Register.R7, WRITTEN);
        asm.alu(AluOp.ADD, Register.R1, Register.R0);
        asm.store(Size.DOUBLE, Register.R7, WRITTEN, Register.R1);
    }
}
