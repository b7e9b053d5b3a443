package org.jstap.runtime.kernel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jstap.compiler.host.Limits;
import org.jstap.compiler.host.store.GlobalStorage;
import org.jstap.compiler.host.store.GlobalStore;
import org.jstap.compiler.host.store.HostArray;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.kernel.HandlerGlobals;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.program.Constant;
import org.jstap.compiler.program.Global;
import org.jstap.ebpf.map.KernelMap;
import org.jstap.ebpf.map.MapInMap;
import org.jstap.ebpf.map.MappedArray;
import org.jstap.ebpf.ringbuf.RingBuffer;

/**
 * The globals that handlers on both sides use, as the JVM sees them. Before handlers run, banks are taken over, tables are copied,
 * and the locks that kernel handlers respect are taken; after them the locks are given back.
 */
final class SharedGlobals implements AutoCloseable {
    private final KernelPlan plan;
    private final IrProgram program;
    private final MappedArray control;
    private final RingBuffer ring;
    private final List<Bank> banks = new ArrayList<>();
    private final List<TableStore> tables = new ArrayList<>();
    private final Map<Integer, BitSet> uses = new HashMap<>();
    private final Map<Code, BitSet> blockUses = new IdentityHashMap<>();
    private final List<Integer> held = new ArrayList<>();
    private final BitSet kernelHandlers = new BitSet();
    private GlobalStorage storage;
    private boolean stopped;

    /**
     * @param ring  where blocks come from
     * @param maps  by name
     * @param slots the slots of banks by name
     */
    SharedGlobals(KernelPlan plan, IrProgram program, Limits limits, MappedArray control, RingBuffer ring,
                  Map<String, KernelMap> maps, Map<String, MapInMap> slots) {
        this.plan = plan;
        this.program = program;
        this.control = control;
        this.ring = ring;
        this.storage = GlobalStorage.inJvm(plan.globals(), limits);
        for (IrHandler handler : plan.handlers()) {
            kernelHandlers.set(handler.id());
        }
        for (Global global : plan.globals()) {
            switch (plan.homes().get(global.id())) {
                case GlobalHome.Host _ -> { }
                case GlobalHome.Cell cell -> storage = storage.with(global.id(), cell(global, cell));
                case GlobalHome.Table table -> {
                    TableStore store = new TableStore(global, table, maps.get(table.map().name()),
                            (HostArray) storage.get(global.id()), control);
                    tables.add(store);
                    storage = storage.with(global.id(), store);
                }
                case GlobalHome.Bank bank -> banks.add(new Bank(global, bank, slots.get(bank.slot().name()),
                        storage.get(global.id())));
            }
        }
    }

    private GlobalStore cell(Global global, GlobalHome.Cell cell) {
        return switch (cell.field().type()) {
            case STRING -> {
                CellText text = new CellText(control, cell.field());
                text.set(global.initial().isPresent() && global.initial().get() instanceof Constant.Text t ? t.value() : "");
                yield text;
            }
            case STATS -> new CellStat(control, cell.field(), global, StatLayout.of(global.shape()));
            default -> {
                CellNumber number = new CellNumber(control, cell.field().offset());
                number.set(global.initial().isPresent() && global.initial().get() instanceof Constant.Number n ? n.value() : 0);
                yield number;
            }
        };
    }

    GlobalStorage storage() {
        return storage;
    }

    /** Waits until programs find all that they share with the JVM. */
    void awaitReady() {
        for (Bank bank : banks) {
            bank.awaitFilled();
        }
    }

    /** A begin or end handler that runs in the kernel takes its locks itself, and would wait for ours in vain. */
    void beforeHandlers(List<IrHandler> handlers) {
        BitSet used = new BitSet();
        for (IrHandler handler : handlers) {
            if (!kernelHandlers.get(handler.id())) {
                used.or(uses.computeIfAbsent(handler.id(), _ -> HandlerGlobals.of(handler, program)));
            }
        }
        lock(used);
        refresh(used, false);
    }

    /** Before what a kernel handler has left to the host: a record of the ring that is being taken. */
    void beforeBlock(Code block) {
        BitSet used = blockUses.computeIfAbsent(block, code -> HandlerGlobals.of(code, program));
        lock(used);
        refresh(used, true);
    }

    /** No kernel handler of an event starts any more. */
    void stopped() {
        stopped = true;
    }

    void afterHandlers() {
        for (int lock : held) {
            control.set(0, plan.control().locks() + 8 * lock, 0);
        }
        held.clear();
    }

    void refreshAll() {
        BitSet all = new BitSet();
        all.set(0, plan.globals().size());
        refresh(all, false);
    }

    /**
     * @param forRecord whether it is enough that banks have what came before the record that is being taken: each swap waits for a
     *     grace period of the kernel, 10 ms and more, and one serves all blocks that were in the ring before it
     */
    private void refresh(BitSet used, boolean forRecord) {
        for (Bank bank : banks) {
            if (used.get(bank.global()) && !(forRecord && bank.covers(ring.consumedBytes()))) {
                long submitted = ring.submittedBytes();
                bank.refresh(stopped);
                bank.tookUpTo(submitted);
            }
        }
        for (TableStore table : tables) {
            if (used.get(table.global())) {
                table.refresh();
            }
        }
    }

    /** In the order of their numbers. A kernel handler holds a lock for microseconds, and no longer than it runs. */
    private void lock(BitSet used) {
        TreeSet<Integer> wanted = new TreeSet<>();
        for (int global = used.nextSetBit(0); global >= 0; global = used.nextSetBit(global + 1)) {
            switch (plan.homes().get(global)) {
                case GlobalHome.Cell cell -> cell.lock().ifPresent(wanted::add);
                case GlobalHome.Table table -> table.lock().ifPresent(wanted::add);
                case GlobalHome.Bank _, GlobalHome.Host _ -> { }
            }
        }
        for (int lock : wanted) {
            int offset = plan.control().locks() + 8 * lock;
            while (!control.compareAndSet(0, offset, 0, ControlLayout.HELD_BY_HOST)) {
                Thread.yield();
            }
            held.add(lock);
        }
    }

    @Override
    public void close() {
        for (Bank bank : banks) {
            bank.close();
        }
    }
}
