package org.jstap.compiler.kernel.emit;

import java.util.HashSet;
import java.util.Set;
import org.jstap.compiler.intrinsic.Intrinsic;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.ir.Variable;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * Functions that look into a string at a place known only at run time. Such a string has to be in scratch memory: the verifier lets
 * a program index into a map's memory, and into the frame only on newer kernels.
 */
final class StringSearch {
    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Assembler asm;

    StringSearch(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.asm = context.asm;
    }

    /** Variables that have to be in scratch memory. */
    static Set<Variable> indexed(Code code) {
        Set<Variable> indexed = new HashSet<>();
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.CallIntrinsic call && looksInto(call.intrinsic())
                        && call.arguments().getFirst() instanceof Variable text) {
                    indexed.add(text);
                }
                if (op instanceof Op.CallIntrinsic call) {
                    TextSearch.indexed(call, indexed);
                    if (EscapedText.handles(call.intrinsic())) {
                        call.to().ifPresent(indexed::add);
                    }
                }
                if (op instanceof Op.Match match && match.text() instanceof Variable text) {
                    indexed.add(text);
                }
                if (op instanceof Op.Capture capture && capture.text() instanceof Variable text) {
                    indexed.add(text);
                }
                return super.rewrite(op);
            }

            void all(Region region) {
                region(region);
            }
        }.all(code.body());
        return indexed;
    }

    private static boolean looksInto(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case SUBSTR, STRINGAT, ISINSTR, STRPOS, STRTOL -> true;
            default -> EscapedText.handles(intrinsic);
        };
    }

    void call(Op.CallIntrinsic op) {
        switch (op.intrinsic()) {
            case SUBSTR -> substring(op);
            case STRINGAT -> byteAt(op);
            case ENTRY -> entry(op);
            case ISINSTR, STRPOS -> find(op);
            case STRTOL -> toNumber(op);
            default -> throw new IllegalArgumentException("no function of strings: " + op.intrinsic());
        }
    }

    /** Bytes that may be looked at. */
    int size(Operand text) {
        return text instanceof Variable variable ? values.size(variable) : ((Operand.Text) text).value().length() + 1;
    }

    /** The start of the string; {@code frame} points to the frame of the program. */
    void start(Register to, Operand text, Register frame) {
        if (text instanceof Operand.Text constant) {
            asm.loadMapValue(to, Texts.MAP, context.texts.offset(constant.value()));
            return;
        }
        Home.InScratch home = (Home.InScratch) context.frame.home((Variable) text);
        asm.load(Size.DOUBLE, to, frame, Frame.SCRATCH);
        asm.alu(AluOp.ADD, to, home.offset());
    }

    /** What is behind the end of the string reads as nothing, since zeros fill its place. */
    private void substring(Op.CallIntrinsic op) {
        Operand text = op.arguments().getFirst();
        Variable to = op.to().orElseThrow();
        int room = Math.min(values.size(to), context.plan.limits().maxStringLength());
        Label bounded = context.label("bounded");
        Label done = context.label("done");
        values.prepare(Register.R1, to);
        values.load(Register.R4, op.arguments().get(1));
        asm.jumpIf(JumpOp.GE, Register.R4, size(text), done);
        values.load(Register.R2, op.arguments().get(2));
        asm.jumpIf(JumpOp.SLE, Register.R2, 0, done);
        asm.mov(Register.R5, Register.R2);
        asm.alu(AluOp.ADD, Register.R5, 1);
        asm.jumpIf(JumpOp.SLE, Register.R5, 0, done);
        asm.jumpIf(JumpOp.LT, Register.R2, room, bounded);
        asm.mov(Register.R2, room - 1);
        asm.bind(bounded);
        asm.alu(AluOp.ADD, Register.R2, 1);
        start(Register.R3, text, context.base);
        asm.alu(AluOp.ADD, Register.R3, Register.R4);
        asm.call(Helper.PROBE_READ_KERNEL_STR);
        asm.bind(done);
    }

    /** An entry of a table that is a constant text; one that is not there reads as nothing. */
    private void entry(Op.CallIntrinsic op) {
        String table = ((Operand.Text) op.arguments().getFirst()).value();
        int width = (int) ((Operand.Number) op.arguments().get(2)).value();
        Variable to = op.to().orElseThrow();
        Label done = context.label("done");
        values.prepare(Register.R1, to);
        values.load(Register.R4, op.arguments().get(1));
        asm.jumpIf(JumpOp.GE, Register.R4, table.length() / width, done);
        asm.alu(AluOp.MUL, Register.R4, width);
        asm.mov(Register.R2, Math.min(values.size(to), Math.min(width + 1, context.plan.limits().maxStringLength())));
        start(Register.R3, op.arguments().getFirst(), context.base);
        asm.alu(AluOp.ADD, Register.R3, Register.R4);
        asm.call(Helper.PROBE_READ_KERNEL_STR);
        asm.bind(done);
    }

    private void byteAt(Op.CallIntrinsic op) {
        Operand text = op.arguments().getFirst();
        Label outside = failures.failure("Position out of bounds", op.span());
        values.load(Register.R1, op.arguments().get(1));
        asm.jumpIf(JumpOp.GE, Register.R1, size(text), outside);
        start(Register.R2, text, context.base);
        asm.alu(AluOp.ADD, Register.R2, Register.R1);
        asm.load(Size.BYTE, Register.R0, Register.R2, 0);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, outside);
        values.store(op.to().orElseThrow(), Register.R0);
    }

    // ---- search for a constant: one turn of a loop for each place (bpf_loop and bpf_strncmp, from Linux 5.17)

    private void find(Op.CallIntrinsic op) {
        Operand text = op.arguments().getFirst();
        String sought = ((Operand.Text) op.arguments().get(1)).value();
        boolean place = op.intrinsic() == Intrinsic.STRPOS;
        int places = size(text) - sought.length();
        if (sought.isEmpty() || places <= 0) {
            asm.mov(Register.R0, sought.isEmpty() ? place ? 0 : 1 : place ? -1 : 0);
            values.store(op.to().orElseThrow(), Register.R0);
            return;
        }
        Label entry = context.label("find");
        context.storeFrame(Frame.TEMPORARY, -1);
        asm.mov(Register.R1, places);
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.LOOP);
        context.loadFrame(Register.R0, Frame.TEMPORARY);
        if (!place) {
            Label found = context.label("found");
            asm.mov(Register.R1, Register.R0);
            asm.mov(Register.R0, 1);
            asm.jumpIf(JumpOp.NE, Register.R1, -1, found);
            asm.mov(Register.R0, 0);
            asm.bind(found);
        }
        values.store(op.to().orElseThrow(), Register.R0);
        context.functions.add(() -> compareAt(entry, text, sought, places));
    }

    /** Leaves the place in the temporary where the sought text is there. */
    private void compareAt(Label entry, Operand text, String sought, int places) {
        Label next = context.label("next");
        asm.beginFunction("find_at", entry, 2);
        asm.jumpIf(JumpOp.GE, Register.R1, places, next);
        asm.mov(Register.R6, Register.R2);
        asm.mov(Register.R7, Register.R1);
        start(Register.R4, text, Register.R6);
        asm.alu(AluOp.ADD, Register.R4, Register.R7);
        asm.mov(Register.R1, Register.R4);
        asm.mov(Register.R2, sought.length());
        asm.loadMapValue(Register.R3, Texts.MAP, context.texts.offset(sought));
        asm.call(Helper.STRNCMP);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, next);
        asm.store(Size.DOUBLE, Register.R6, Frame.TEMPORARY, Register.R7);
        asm.mov(Register.R0, 1);
        asm.exit();
        asm.bind(next);
        asm.mov(Register.R0, 0);
        asm.exit();
    }

    // ---- strtol: the sum is in the temporary, the base in POINTER, the start in ERROR_ARGUMENT

    private void toNumber(Op.CallIntrinsic op) {
        // A sign and 0x are looked for in what may be behind the end.
        Operand text = op.arguments().getFirst() instanceof Operand.Text constant ? new Operand.Text(constant.value() + "\0\0\0")
                : op.arguments().getFirst();
        int size = size(text);
        Label done = context.label("done");
        prefix(text, op.arguments().get(1));
        context.storeFrame(Frame.POINTER, Register.R1);
        context.storeFrame(Frame.ERROR_ARGUMENT, Register.R2);
        context.storeFrame(Frame.TEMPORARY, 0);
        Label entry = context.label("digit");
        asm.mov(Register.R1, size);
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.LOOP);
        context.loadFrame(Register.R0, Frame.TEMPORARY);
        start(Register.R1, text, context.base);
        asm.load(Size.BYTE, Register.R1, Register.R1, 0);
        asm.jumpIf(JumpOp.NE, Register.R1, '-', done);
        asm.neg(Register.R0);
        asm.bind(done);
        values.store(op.to().orElseThrow(), Register.R0);
        context.functions.add(() -> digit(entry, text, size));
    }

    /** Leaves the base, of 32 bits, in R1 and the place of the first digit in R2, as a sign and {@code 0x} have it. */
    private void prefix(Operand text, Operand base) {
        Label unsigned = context.label("unsigned");
        Label plain = context.label("plain");
        Label hex = context.label("hex");
        Label skip = context.label("skip");
        Label done = context.label("done");
        start(Register.R3, text, context.base);
        asm.mov(Register.R2, 0);
        asm.load(Size.BYTE, Register.R4, Register.R3, 0);
        asm.jumpIf(JumpOp.NE, Register.R4, '-', unsigned);
        asm.mov(Register.R2, 1);
        asm.bind(unsigned);
        asm.alu(AluOp.ADD, Register.R3, Register.R2);
        values.load(Register.R1, base);
        asm.alu(AluOp.LSH, Register.R1, Integer.SIZE);
        asm.alu(AluOp.RSH, Register.R1, Integer.SIZE);
        asm.load(Size.BYTE, Register.R4, Register.R3, 0);
        asm.jumpIf(JumpOp.NE, Register.R4, '0', plain);
        asm.load(Size.BYTE, Register.R5, Register.R3, 1);
        asm.alu(AluOp.OR, Register.R5, 0x20);
        asm.jumpIf(JumpOp.EQ, Register.R5, 'x', hex);
        asm.jumpIf(JumpOp.NE, Register.R1, 0, done);
        asm.mov(Register.R1, 8);
        asm.jump(done);
        asm.bind(hex);
        asm.jumpIf(JumpOp.EQ, Register.R1, 16, skip);
        asm.jumpIf(JumpOp.NE, Register.R1, 0, done);
        asm.mov(Register.R1, 16);
        asm.bind(skip);
        asm.load(Size.BYTE, Register.R4, Register.R3, 2);
        hexDigit(done);
        asm.alu(AluOp.ADD, Register.R2, 2);
        asm.jump(done);
        asm.bind(plain);
        asm.jumpIf(JumpOp.NE, Register.R1, 0, done);
        asm.mov(Register.R1, 10);
        asm.bind(done);
    }

    /** Goes to {@code no} where R4 is no hexadecimal digit. */
    private void hexDigit(Label no) {
        Label yes = context.label("yes");
        asm.mov(Register.R5, Register.R4);
        asm.alu(AluOp.SUB, Register.R5, '0');
        asm.jumpIf(JumpOp.LE, Register.R5, 9, yes);
        asm.alu(AluOp.OR, Register.R4, 0x20);
        asm.alu(AluOp.SUB, Register.R4, 'a');
        asm.jumpIf(JumpOp.GT, Register.R4, 5, no);
        asm.bind(yes);
    }

    private void digit(Label entry, Operand text, int size) {
        Label stop = context.label("stop");
        Label have = context.label("have");
        asm.beginFunction("next_digit", entry, 2);
        asm.load(Size.DOUBLE, Register.R3, Register.R2, Frame.ERROR_ARGUMENT);
        asm.alu(AluOp.ADD, Register.R1, Register.R3);
        asm.jumpIf(JumpOp.GE, Register.R1, size, stop);
        start(Register.R4, text, Register.R2);
        asm.alu(AluOp.ADD, Register.R4, Register.R1);
        asm.load(Size.BYTE, Register.R5, Register.R4, 0);
        asm.alu(AluOp.SUB, Register.R5, '0');
        asm.jumpIf(JumpOp.LE, Register.R5, 9, have);
        asm.alu(AluOp.ADD, Register.R5, '0');
        asm.alu(AluOp.OR, Register.R5, 0x20);
        asm.alu(AluOp.SUB, Register.R5, 'a');
        asm.jumpIf(JumpOp.GT, Register.R5, 'f' - 'a', stop);
        asm.alu(AluOp.ADD, Register.R5, 10);
        asm.bind(have);
        asm.load(Size.DOUBLE, Register.R3, Register.R2, Frame.POINTER);
        asm.jumpIf(JumpOp.GE, Register.R5, Register.R3, stop);
        asm.load(Size.DOUBLE, Register.R1, Register.R2, Frame.TEMPORARY);
        asm.alu(AluOp.MUL, Register.R1, Register.R3);
        asm.alu(AluOp.ADD, Register.R1, Register.R5);
        asm.store(Size.DOUBLE, Register.R2, Frame.TEMPORARY, Register.R1);
        asm.mov(Register.R0, 0);
        asm.exit();
        asm.bind(stop);
        asm.mov(Register.R0, 1);
        asm.exit();
    }
}
