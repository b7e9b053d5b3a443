package org.jstap.compiler.kernel.emit;

import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Variable;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.KeyLayout;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.StatKind;
import org.jstap.compiler.program.Stmt.Sort;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;

/**
 * What looks at all elements of an array (bpf_for_each_map_elem, from Linux 5.13). A map tells its elements in no order, and a
 * program has nowhere to sort them; so each step of a loop over an array looks at all for the one that comes next. The handler has
 * the lock.
 *
 * <p>In the functions that the kernel calls for each element, R6 is its key, R7 its value, R8 the scratch memory and R9 the frame.
 */
final class Walks {
    private final Context context;
    private final Values values;
    private final Elements elements;
    private final Statistics statistics;
    private final Assembler asm;

    Walks(Context context, Values values, Elements elements, Statistics statistics) {
        this.context = context;
        this.values = values;
        this.elements = elements;
        this.statistics = statistics;
        this.asm = context.asm;
    }

    // ---- all elements that match

    void contains(Op.Contains op, GlobalHome.Table table) {
        context.storeFrame(Frame.TEMPORARY, 0);
        Label entry = context.label("match");
        elements.slices(table.key(), op.keys());
        forEach(table, entry);
        context.loadFrame(Register.R1, Frame.TEMPORARY);
        values.store(op.to(), Register.R1);
        context.functions.add(() -> {
            Label next = begin("find_match", entry);
            match(table.key(), op.keys(), next);
            asm.storeImm(Size.DOUBLE, Register.R9, Frame.TEMPORARY, 1);
            asm.mov(Register.R0, 1);
            asm.exit();
            end(next);
        });
    }

    void delete(Op.Delete op, GlobalHome.Table table) {
        Label entry = context.label("match");
        elements.slices(table.key(), op.keys());
        forEach(table, entry);
        context.functions.add(() -> {
            Label next = begin("delete_match", entry);
            match(table.key(), op.keys(), next);
            asm.loadMap(Register.R1, table.map().name());
            asm.mov(Register.R2, Register.R6);
            asm.call(Helper.MAP_DELETE_ELEM);
            end(next);
        });
    }

    private void forEach(GlobalHome.Table table, Label entry) {
        asm.loadMap(Register.R1, table.map().name());
        asm.loadFunction(Register.R2, entry);
        asm.mov(Register.R3, context.base);
        asm.mov(Register.R4, 0);
        asm.call(Helper.FOR_EACH_MAP_ELEM);
    }

    private Label begin(String name, Label entry) {
        asm.beginFunction(name, entry, 4);
        asm.mov(Register.R6, Register.R2);
        asm.mov(Register.R7, Register.R3);
        asm.mov(Register.R9, Register.R4);
        if (context.frame.scratchSize() > 0) {
            asm.load(Size.DOUBLE, Register.R8, Register.R9, Frame.SCRATCH);
        }
        return context.label("next");
    }

    private void end(Label next) {
        asm.bind(next);
        asm.mov(Register.R0, 0);
        asm.exit();
    }

    /** Goes to {@code next} where a part of the key is not the one that stands in the place for keys. */
    private void match(KeyLayout layout, List<Optional<Operand>> slices, Label next) {
        Register base = context.frame.key() instanceof Home.InScratch ? Register.R8 : Register.R9;
        int start = switch (context.frame.key()) {
            case Home.InFrame(int offset, int _) -> offset;
            case Home.InScratch(int offset, int _) -> offset;
            case Home.InRegister(Register register) -> throw new IllegalStateException("a key in " + register);
        };
        for (int i = 0; i < slices.size(); i++) {
            if (slices.get(i).isEmpty()) {
                continue;
            }
            Field field = layout.fields().get(i);
            for (int at = field.offset(); at < field.end(); at += 8) {
                asm.load(Size.DOUBLE, Register.R1, Register.R6, at);
                asm.load(Size.DOUBLE, Register.R2, base, start + at);
                asm.jumpIf(JumpOp.NE, Register.R1, Register.R2, next);
            }
        }
    }

    // ---- one after the other

    void next(Op.NextElement op, GlobalHome.Table table) {
        Label entry = context.label("next");
        Label done = context.label("done");
        Variable found = op.cursor().found();
        Optional<WalkBuffers.Buffer> buffer = context.frame.buffers().of(op);
        elements.slices(table.key(), op.slices());
        start(op, table, buffer);
        values.clear(found);
        if (buffer.isPresent()) {
            Label all = context.label("all");
            Label looked = context.label("looked");
            values.load(Register.R1, op.cursor().kept());
            asm.jumpIf(JumpOp.GT, Register.R1, buffer.get().capacity(), all);
            Label kept = context.label("kept");
            asm.loadFunction(Register.R2, kept);
            asm.mov(Register.R3, context.base);
            asm.mov(Register.R4, 0);
            asm.call(Helper.LOOP);
            asm.jump(looked);
            asm.bind(all);
            forEach(table, entry);
            asm.bind(looked);
            context.functions.add(() -> step(op, table, beginKept(buffer.get(), table, kept)));
        } else {
            forEach(table, entry);
        }
        values.load(Register.R1, found);
        asm.jumpIf(JumpOp.EQ, Register.R1, 0, done);
        asm.loadMap(Register.R1, table.map().name());
        context.loadFrame(Register.R2, Frame.SCRATCH);
        asm.alu(AluOp.ADD, Register.R2, context.frame.victim());
        asm.call(Helper.MAP_LOOKUP_ELEM);
        Label there = context.label("there");
        asm.jumpIf(JumpOp.NE, Register.R0, 0, there);
        values.clear(found);
        asm.jump(done);
        asm.bind(there);
        take(op, table);
        asm.bind(done);
        context.functions.add(() -> step(op, table, begin("next_element", entry)));
    }

    /** At the start of a walk: keeps the elements where there is a place for them, and numbers for their new order. */
    private void start(Op.NextElement op, GlobalHome.Table table, Optional<WalkBuffers.Buffer> buffer) {
        if (buffer.isEmpty() && op.cursor().order().isEmpty()) {
            return;
        }
        Label begun = context.label("begun");
        values.load(Register.R1, op.cursor().last());
        asm.jumpIf(JumpOp.NE, Register.R1, 0, begun);
        op.cursor().order().ifPresent(order -> takePlaces(order, table));
        if (buffer.isPresent()) {
            Label entry = context.label("keep");
            values.clear(op.cursor().kept());
            forEach(table, entry);
            context.functions.add(() -> keep(op, table, buffer.get(), entry));
        }
        asm.bind(begun);
    }

    /** Copies an element that matches, and counts it where there is no more room. */
    private void keep(Op.NextElement op, GlobalHome.Table table, WalkBuffers.Buffer buffer, Label entry) {
        Label next = begin("keep_element", entry);
        match(table.key(), op.slices(), next);
        int kept = offset(op.cursor().kept());
        asm.load(Size.DOUBLE, Register.R1, Register.R8, kept);
        asm.mov(Register.R2, Register.R1);
        asm.alu(AluOp.ADD, Register.R2, 1);
        asm.store(Size.DOUBLE, Register.R8, kept, Register.R2);
        asm.jumpIf(JumpOp.GE, Register.R1, buffer.capacity(), next);
        place(Register.R1, buffer);
        for (int i = 0; i < table.key().size(); i += 8) {
            asm.load(Size.DOUBLE, Register.R0, Register.R6, i);
            asm.store(Size.DOUBLE, Register.R1, i, Register.R0);
        }
        for (int i = 0; i < table.map().valueSize(); i += 8) {
            asm.load(Size.DOUBLE, Register.R0, Register.R7, i);
            asm.store(Size.DOUBLE, Register.R1, table.key().size() + i, Register.R0);
        }
        end(next);
    }

    /** Makes the address of a kept element of its number, which is below the capacity. */
    private void place(Register number, WalkBuffers.Buffer buffer) {
        asm.alu(AluOp.MUL, number, buffer.element());
        asm.alu(AluOp.ADD, number, Register.R8);
        asm.alu(AluOp.ADD, number, buffer.offset());
    }

    /** The same as {@link #begin} for each number of a kept element. */
    private Label beginKept(WalkBuffers.Buffer buffer, GlobalHome.Table table, Label entry) {
        Label next = context.label("next");
        asm.beginFunction("next_kept", entry, 2);
        asm.mov(Register.R9, Register.R2);
        asm.load(Size.DOUBLE, Register.R8, Register.R9, Frame.SCRATCH);
        asm.mov(Register.R6, Register.R1);
        asm.jumpIf(JumpOp.GE, Register.R6, buffer.capacity(), next);
        place(Register.R6, buffer);
        asm.mov(Register.R7, Register.R6);
        asm.alu(AluOp.ADD, Register.R7, table.key().size());
        return next;
    }

    /** Sets numbers aside, in front of all others, for as many elements as there can be. */
    private void takePlaces(Op.CursorOrder order, GlobalHome.Table table) {
        asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.IN_FRONT);
        asm.mov(Register.R2, -table.map().maxEntries());
        asm.atomic(AtomicOp.FETCH_ADD, Size.DOUBLE, Register.R1, 0, Register.R2);
        asm.loadImm64(Register.R1, ControlLayout.FIRST_NUMBER - table.map().maxEntries());
        asm.alu(AluOp.ADD, Register.R1, Register.R2);
        values.store(order.place(), Register.R1);
    }

    /** Makes the element at R0, whose key was kept, the last one. */
    private void take(Op.NextElement op, GlobalHome.Table table) {
        asm.mov(Register.R4, Register.R0);
        if (op.value().isPresent() && values.isUsed(op.value().get())) {
            if (table.value().type() == Type.STATS) {
                StatLayout layout = StatLayout.of(context.plan.globals().get(op.global()).shape());
                asm.load(Size.DOUBLE, Register.R1, Register.R4, layout.count());
                values.store(op.value().get(), Register.R1);
            } else {
                elements.loadValue(op.value().get(), Register.R4, table.value().offset(), table.value());
            }
        }
        if (op.cursor().order().isPresent()) {
            Op.CursorOrder order = op.cursor().order().get();
            values.load(Register.R1, order.place());
            asm.store(Size.DOUBLE, Register.R4, table.stamp().orElseThrow().offset(), Register.R1);
            asm.alu(AluOp.ADD, Register.R1, 1);
            values.store(order.place(), Register.R1);
            values.move(order.last(), order.found());
        }
        values.move(op.cursor().last(), op.cursor().found());
        context.loadFrame(Register.R4, Frame.SCRATCH);
        for (int i = 0; i < op.keys().size(); i++) {
            Field field = table.key().fields().get(i);
            if (values.isUsed(op.keys().get(i))) {
                elements.loadValue(op.keys().get(i), Register.R4, context.frame.victim() + field.offset(), field);
            }
        }
    }

    /** Keeps number and key of an element that comes behind the last one and before the best so far. */
    private void step(Op.NextElement op, GlobalHome.Table table, Label next) {
        match(table.key(), op.slices(), next);
        int last = offset(op.cursor().last());
        int found = offset(op.cursor().found());
        int number = table.stamp().orElseThrow().offset();
        if (op.cursor().order().isPresent()) {
            Comparison comparison = new Comparison(op, table, op.sort().orElseThrow());
            comparison.load();
            comparison.skip(last, offset(op.cursor().order().get().last()), false, next);
            comparison.skip(found, offset(op.cursor().order().get().found()), true, next);
            comparison.keep(offset(op.cursor().order().get().found()));
            asm.load(Size.DOUBLE, Register.R1, Register.R7, number);
        } else {
            Label better = context.label("better");
            asm.load(Size.DOUBLE, Register.R1, Register.R7, number);
            asm.load(Size.DOUBLE, Register.R2, Register.R8, last);
            asm.jumpIf(JumpOp.LE, Register.R1, Register.R2, next);
            asm.load(Size.DOUBLE, Register.R2, Register.R8, found);
            asm.jumpIf(JumpOp.EQ, Register.R2, 0, better);
            asm.jumpIf(JumpOp.GE, Register.R1, Register.R2, next);
            asm.bind(better);
        }
        asm.store(Size.DOUBLE, Register.R8, found, Register.R1);
        for (int i = 0; i < table.key().size(); i += 8) {
            asm.load(Size.DOUBLE, Register.R0, Register.R6, i);
            asm.store(Size.DOUBLE, Register.R8, context.frame.victim() + i, Register.R0);
        }
        end(next);
    }

    /** The place in scratch memory of a variable that a loop changes. */
    private int offset(Variable variable) {
        if (context.frame.home(variable) instanceof Home.InScratch(int offset, int _)) {
            return offset;
        }
        throw new IllegalStateException("not in scratch memory: " + variable);
    }

    /** Compares what an element is sorted by with what is kept of another. */
    private final class Comparison {
        private final Global global;
        private final Sort sort;
        /** Where a string is, by {@link #base}; else the number is in R5. */
        private final Field field;
        private final Register base;
        private final int number;

        Comparison(Op.NextElement op, GlobalHome.Table table, Sort sort) {
            this.global = context.plan.globals().get(op.global());
            this.sort = sort;
            this.field = sort.column() == 0 ? table.value() : table.key().fields().get(sort.column() - 1);
            this.base = sort.column() == 0 ? Register.R7 : Register.R6;
            this.number = table.stamp().orElseThrow().offset();
        }

        void load() {
            if (field.type() == Type.STATS) {
                asm.mov(Register.R0, Register.R7);
                statistics.value(StatLayout.of(global.shape()), sort.extractor().orElse(StatKind.COUNT), global.shape().bitShift());
                asm.mov(Register.R5, Register.R1);
            } else if (field.type() == Type.LONG) {
                asm.load(Size.DOUBLE, Register.R5, base, field.offset());
            }
        }

        /**
         * Goes to {@code next} where the element is not on the right side of the other one, whose number is at {@code other} (0: there
         * is none) and whose text or number to be sorted by is at {@code kept}.
         *
         * @param before whether it has to come before the other, and else behind it
         */
        void skip(int other, int kept, boolean before, Label next) {
            Label right = context.label("right");
            boolean less = before != sort.descending();
            asm.load(Size.DOUBLE, Register.R3, Register.R8, other);
            asm.jumpIf(JumpOp.EQ, Register.R3, 0, right);
            if (field.type() == Type.STRING) {
                for (int i = 0; i < field.size(); i += 8) {
                    Label equal = context.label("equal");
                    asm.load(Size.DOUBLE, Register.R1, base, field.offset() + i);
                    asm.load(Size.DOUBLE, Register.R2, Register.R8, kept + i);
                    asm.jumpIf(JumpOp.EQ, Register.R1, Register.R2, equal);
                    asm.be(Register.R1, 64);
                    asm.be(Register.R2, 64);
                    asm.jumpIf(less ? JumpOp.LT : JumpOp.GT, Register.R1, Register.R2, right);
                    asm.jump(next);
                    asm.bind(equal);
                }
            } else {
                asm.load(Size.DOUBLE, Register.R2, Register.R8, kept);
                asm.jumpIf(less ? JumpOp.SLT : JumpOp.SGT, Register.R5, Register.R2, right);
                asm.jumpIf(JumpOp.NE, Register.R5, Register.R2, next);
            }
            asm.load(Size.DOUBLE, Register.R1, Register.R7, number);
            asm.jumpIf(before ? JumpOp.GE : JumpOp.LE, Register.R1, Register.R3, next);
            asm.bind(right);
        }

        void keep(int kept) {
            if (field.type() != Type.STRING) {
                asm.store(Size.DOUBLE, Register.R8, kept, Register.R5);
                return;
            }
            for (int i = 0; i < field.size(); i += 8) {
                asm.load(Size.DOUBLE, Register.R1, base, field.offset() + i);
                asm.store(Size.DOUBLE, Register.R8, kept + i, Register.R1);
            }
        }
    }
}
