package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.kernel.KernelUnsupported;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.KeyLayout;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.asm.AluOp;
import org.jstap.ebpf.asm.Assembler;
import org.jstap.ebpf.asm.AtomicOp;
import org.jstap.ebpf.asm.Helper;
import org.jstap.ebpf.asm.JumpOp;
import org.jstap.ebpf.asm.Label;
import org.jstap.ebpf.asm.Register;
import org.jstap.ebpf.asm.Size;
import org.jstap.language.source.Span;

/** Access to globals that are shared with other handlers. */
final class Globals {
    private static final int E2BIG = -7;
    private static final int ENOMEM = -12;
    private static final int EEXIST = -17;
    private static final int ANY = 0;
    private static final int NOEXIST = 1;

    private final Context context;
    private final Values values;
    private final Failures failures;
    private final Statistics statistics;
    private final WrappedTables wrapped;
    private final Elements elements;
    private final Walks walks;
    private final Assembler asm;

    Globals(Context context, Values values, Failures failures) {
        this.context = context;
        this.values = values;
        this.failures = failures;
        this.statistics = new Statistics(context, values, failures);
        this.wrapped = new WrappedTables(context);
        this.elements = new Elements(context, values);
        this.walks = new Walks(context, values, elements, statistics);
        this.asm = context.asm;
    }

    private GlobalHome home(int global) {
        return context.plan.homes().get(global);
    }

    void read(Op.ReadGlobal op) {
        switch (home(op.global())) {
            case GlobalHome.Cell cell -> {
                asm.loadMapValue(Register.R4, ControlLayout.MAP, cell.field().offset());
                elements.loadValue(op.to(), Register.R4, 0, cell.field());
            }
            case GlobalHome.Table table -> {
                Label missing = context.label("missing");
                Label done = context.label("done");
                elements.lookup(table, op.keys());
                asm.jumpIf(JumpOp.EQ, Register.R0, 0, missing);
                asm.mov(Register.R4, Register.R0);
                elements.loadValue(op.to(), Register.R4, table.value().offset(), table.value());
                asm.jump(done);
                asm.bind(missing);
                values.clear(op.to());
                asm.bind(done);
            }
            case GlobalHome.Bank _, GlobalHome.Host _ -> throw unplaced(op.global(), op.span());
        }
    }

    void contains(Op.Contains op) {
        GlobalHome.Table table = table(op.global(), op.span());
        if (op.keys().contains(Optional.<Operand>empty())) {
            walks.contains(op, table);
            return;
        }
        elements.lookup(table, present(op.keys()));
        Label missing = context.label("missing");
        asm.mov(Register.R1, 0);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, missing);
        asm.mov(Register.R1, 1);
        asm.bind(missing);
        values.store(op.to(), Register.R1);
    }

    void write(Op.WriteGlobal op) {
        switch (home(op.global())) {
            case GlobalHome.Cell cell -> {
                asm.loadMapValue(Register.R4, ControlLayout.MAP, cell.field().offset());
                storeValue(Register.R4, 0, cell.field(), op.value());
            }
            case GlobalHome.Table table -> writeTable(table, op);
            case GlobalHome.Bank _, GlobalHome.Host _ -> throw unplaced(op.global(), op.span());
        }
    }

    private void storeValue(Register base, int offset, Field field, Operand value) {
        if (field.type() == Type.STRING) {
            values.copyText(base, offset, field.size(), value);
        } else {
            asm.store(Size.DOUBLE, base, offset, values.inRegister(value, Register.R1));
        }
    }

    /** An element that is there is changed in place, so that it keeps its stamp. */
    private void writeTable(GlobalHome.Table table, Op.WriteGlobal op) {
        Label missing = context.label("missing");
        Label done = context.label("done");
        // Where elements come and go, a look for the one to be set would mostly be in vain, and costs as much again.
        if (table.stamp().isEmpty() && context.deletions.from(op.global())) {
            elements.key(table.key(), op.keys());
        } else {
            elements.lookup(table, op.keys());
            asm.jumpIf(JumpOp.EQ, Register.R0, 0, missing);
            asm.mov(Register.R4, Register.R0);
            storeValue(Register.R4, table.value().offset(), table.value(), op.value());
            asm.jump(done);
            asm.bind(missing);
        }
        numberValue(table.stamp());
        context.address(Register.R4, context.frame.value());
        storeValue(Register.R4, table.value().offset(), table.value(), op.value());
        asm.loadMap(Register.R1, table.map().name());
        update(ANY);
        if (context.plan.globals().get(op.global()).wrap()) {
            wrapped.makeRoom(table, () -> update(ANY), done);
        }
        checkUpdate(op.global(), op.span());
        asm.bind(done);
    }

    void add(Op.AddGlobal op) {
        switch (home(op.global())) {
            case GlobalHome.Cell cell -> {
                asm.loadMapValue(Register.R4, ControlLayout.MAP, cell.field().offset());
                values.load(Register.R1, op.delta());
                asm.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R4, 0, Register.R1);
            }
            case GlobalHome.Table table -> accumulate(op.global(), op.keys(), table.key(), table.stamp(), op.span(),
                    () -> asm.loadMap(Register.R1, table.map().name()), new NumberSink(op.delta()));
            case GlobalHome.Bank bank -> inBank(bank, op.global(), op.keys(), op.span(), new NumberSink(op.delta()));
            case GlobalHome.Host _ -> throw unplaced(op.global(), op.span());
        }
    }

    void addStat(Op.AddStat op) {
        Global global = context.plan.globals().get(op.global());
        Sink sink = statistics.sink(StatLayout.of(global.shape()), global, op.value());
        switch (home(op.global())) {
            case GlobalHome.Cell cell -> {
                asm.loadMapValue(Register.R0, ControlLayout.MAP, cell.field().offset());
                sink.addTo();
            }
            case GlobalHome.Table table -> accumulate(op.global(), op.keys(), table.key(), table.stamp(), op.span(),
                    () -> asm.loadMap(Register.R1, table.map().name()), sink);
            case GlobalHome.Bank bank -> inBank(bank, op.global(), op.keys(), op.span(), sink);
            case GlobalHome.Host _ -> throw unplaced(op.global(), op.span());
        }
    }

    void readStat(Op.ReadStat op) {
        statistics.extract(statistic(op.global(), op.keys(), op.span()), op);
    }

    void readBucket(Op.ReadBucket op) {
        statistics.bucket(statistic(op.global(), op.keys(), op.span()), op);
    }

    void printHistogram(Op.PrintHistogram op, Outputs outputs) {
        statistics.print(statistic(op.global(), op.keys(), op.span()), op, outputs);
    }

    /** Leaves a statistic's address in R0, or 0 where there is no such element. */
    private StatLayout statistic(int global, List<Operand> keys, Span span) {
        switch (home(global)) {
            case GlobalHome.Cell cell -> asm.loadMapValue(Register.R0, ControlLayout.MAP, cell.field().offset());
            case GlobalHome.Table table -> elements.lookup(table, keys);
            case GlobalHome.Bank _, GlobalHome.Host _ -> throw unplaced(global, span);
        }
        return StatLayout.of(context.plan.globals().get(global).shape());
    }

    /** How a value is added to an element. */
    interface Sink {
        /** Adds to the element at R0; may use R1 to R5. */
        void addTo();

        /** Writes a first element to the place at R4; may use R1 to R3 and R5. */
        void first();
    }

    private final class NumberSink implements Sink {
        private final Operand delta;

        NumberSink(Operand delta) {
            this.delta = delta;
        }

        @Override
        public void addTo() {
            values.load(Register.R1, delta);
            asm.atomic(AtomicOp.ADD, Size.DOUBLE, Register.R0, 0, Register.R1);
        }

        @Override
        public void first() {
            asm.store(Size.DOUBLE, Register.R4, 0, values.inRegister(delta, Register.R1));
        }
    }

    private void inBank(GlobalHome.Bank bank, int global, List<Operand> keys, Span span, Sink sink) {
        if (context.plan.globals().get(global).isArray()) {
            accumulate(global, keys, bank.key(), bank.stamp(), span, () -> currentBank(bank), sink);
            return;
        }
        Label missing = context.label("missing");
        currentBank(bank);
        asm.storeImm(Size.DOUBLE, context.base, Frame.TEMPORARY, 0);
        temporaryAddress(Register.R2);
        asm.call(Helper.MAP_LOOKUP_ELEM);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, missing);
        sink.addTo();
        asm.bind(missing);
    }

    /** The bank in use, in R1. A slot is never empty: the host puts the new one in the place of the old. */
    private void currentBank(GlobalHome.Bank bank) {
        asm.storeImm(Size.DOUBLE, context.base, Frame.TEMPORARY, 0);
        asm.loadMap(Register.R1, bank.slot().name());
        temporaryAddress(Register.R2);
        asm.call(Helper.MAP_LOOKUP_ELEM);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, busy());
        asm.mov(Register.R1, Register.R0);
    }

    private void temporaryAddress(Register to) {
        asm.mov(to, context.base);
        asm.alu(AluOp.ADD, to, Frame.TEMPORARY);
    }

    /**
     * Adds to an element or makes it. Another CPU may make it in between; then it is there and is added to. The map goes to R1 by
     * {@code loadMap}, which may use all free registers.
     */
    private void accumulate(int global, List<Operand> keys, KeyLayout layout, Optional<Field> stamp, Span span, Runnable loadMap,
                            Sink sink) {
        Label missing = context.label("missing");
        Label done = context.label("done");
        elements.key(layout, keys);
        loadMap.run();
        context.address(Register.R2, context.frame.key());
        asm.call(Helper.MAP_LOOKUP_ELEM);
        asm.jumpIf(JumpOp.EQ, Register.R0, 0, missing);
        sink.addTo();
        asm.bind(done);
        Label full = overflow(global, span);
        context.later(() -> {
            asm.bind(missing);
            if (home(global) instanceof GlobalHome.Bank) {
                stampValue(stamp);
            } else {
                numberValue(stamp);
            }
            context.address(Register.R4, context.frame.value());
            sink.first();
            loadMap.run();
            update(NOEXIST);
            asm.jumpIf(JumpOp.EQ, Register.R0, 0, done);
            if (home(global) instanceof GlobalHome.Table table && context.plan.globals().get(global).wrap()) {
                wrapped.makeRoom(table, () -> update(NOEXIST), done);
            }
            asm.jumpIf(JumpOp.EQ, Register.R0, E2BIG, full);
            asm.jumpIf(JumpOp.EQ, Register.R0, ENOMEM, full);
            loadMap.run();
            context.address(Register.R2, context.frame.key());
            asm.call(Helper.MAP_LOOKUP_ELEM);
            asm.jumpIf(JumpOp.EQ, Register.R0, 0, busy());
            sink.addTo();
            asm.jump(done);
        });
    }

    void next(Op.NextElement op) {
        walks.next(op, table(op.global(), op.span()));
    }

    void delete(Op.Delete op) {
        switch (home(op.global())) {
            case GlobalHome.Cell cell -> {
                asm.loadMapValue(Register.R4, ControlLayout.MAP, cell.field().offset());
                values.zero(Register.R4, 0, cell.field().size());
            }
            case GlobalHome.Table table when op.keys().isEmpty() || op.keys().contains(Optional.<Operand>empty()) ->
                walks.delete(op, table);
            case GlobalHome.Table table -> {
                elements.key(table.key(), present(op.keys()));
                asm.loadMap(Register.R1, table.map().name());
                context.address(Register.R2, context.frame.key());
                asm.call(Helper.MAP_DELETE_ELEM);
            }
            case GlobalHome.Bank _, GlobalHome.Host _ -> throw unplaced(op.global(), op.span());
        }
    }

    // ---- keys and updates

    /** The element comes behind all others. */
    private void numberValue(Optional<Field> stamp) {
        if (stamp.isPresent()) {
            asm.loadMapValue(Register.R1, ControlLayout.MAP, ControlLayout.INSERTED);
            asm.mov(Register.R2, 1);
            asm.atomic(AtomicOp.FETCH_ADD, Size.DOUBLE, Register.R1, 0, Register.R2);
            asm.loadImm64(Register.R3, ControlLayout.FIRST_NUMBER);
            asm.alu(AluOp.ADD, Register.R2, Register.R3);
            context.address(Register.R4, context.frame.value());
            asm.store(Size.DOUBLE, Register.R4, stamp.get().offset(), Register.R2);
        }
    }

    private void stampValue(Optional<Field> stamp) {
        if (stamp.isPresent()) {
            asm.call(Helper.KTIME_GET_NS);
            context.address(Register.R4, context.frame.value());
            asm.store(Size.DOUBLE, Register.R4, stamp.get().offset(), Register.R0);
        }
    }

    /** Puts the key and value that stand in their places into the map in R1. */
    private void update(int flags) {
        context.address(Register.R2, context.frame.key());
        context.address(Register.R3, context.frame.value());
        asm.mov(Register.R4, flags);
        asm.call(Helper.MAP_UPDATE_ELEM);
    }

    private void checkUpdate(int global, Span span) {
        Label full = overflow(global, span);
        asm.jumpIf(JumpOp.EQ, Register.R0, E2BIG, full);
        asm.jumpIf(JumpOp.EQ, Register.R0, ENOMEM, full);
        asm.jumpIf(JumpOp.NE, Register.R0, 0, busy());
    }

    private Label overflow(int global, Span span) {
        Global declared = context.plan.globals().get(global);
        String check = declared.size().isPresent() ? "check size limit (" + declared.size().getAsInt() + ")"
                : "check MAXMAPENTRIES";
        return failures.failure("Array overflow, " + check, span);
    }

    /** The kernel refuses to touch a map that the interrupted code was changing; such an update is counted. */
    private Label busy() {
        Label busy = context.label("busy");
        Label leave = context.leave;
        context.later(() -> {
            asm.bind(busy);
            failures.count(ControlLayout.SKIPPED_BUSY);
            asm.jump(leave);
        });
        return busy;
    }

    private GlobalHome.Table table(int global, Span span) {
        if (home(global) instanceof GlobalHome.Table table) {
            return table;
        }
        throw unplaced(global, span);
    }

    private static List<Operand> present(List<Optional<Operand>> keys) {
        List<Operand> present = new ArrayList<>();
        for (Optional<Operand> key : keys) {
            present.add(key.orElseThrow());
        }
        return present;
    }

    private KernelUnsupported unplaced(int global, Span span) {
        return new KernelUnsupported("'" + context.plan.globals().get(global).name()
                + "' cannot be used like this in a handler that runs in the kernel", span);
    }
}
