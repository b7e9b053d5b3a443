package org.jstap.compiler.kernel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.IrHandler;
import org.jstap.compiler.ir.IrProgram;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.kernel.layout.Align;
import org.jstap.compiler.kernel.layout.ControlLayout;
import org.jstap.compiler.kernel.layout.Field;
import org.jstap.compiler.kernel.layout.GlobalHome;
import org.jstap.compiler.kernel.layout.KeyLayout;
import org.jstap.compiler.kernel.layout.StatLayout;
import org.jstap.compiler.kernel.transform.EncodedTexts;
import org.jstap.compiler.kernel.transform.KernelMemory;
import org.jstap.compiler.kernel.transform.KernelPasses;
import org.jstap.compiler.kernel.transform.KernelShare;
import org.jstap.compiler.kernel.transform.LongFormats;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.ProbeSite;
import org.jstap.compiler.program.Type;
import org.jstap.ebpf.spec.MapFlags;
import org.jstap.ebpf.spec.MapSpec;
import org.jstap.ebpf.spec.MapType;

/**
 * Decides where each handler runs and where each global lives: a handler where its event is, a global where it is used. A global
 * that kernel handlers only add to becomes a bank that the host swaps and takes over; any other that they share lives in a map.
 */
public final class Placement {
    private final IrProgram program;
    private final Limits limits;
    private final List<IrHandler> kernel = new ArrayList<>();
    private final List<Integer> host = new ArrayList<>();
    private final List<GlobalUse> uses = new ArrayList<>();
    private final BitSet hostIterates = new BitSet();
    private final BitSet hostUses = new BitSet();
    private final BitSet little;
    private BitSet ownedByThread = new BitSet();

    private Placement(IrProgram program, Limits limits, BitSet little) {
        this.program = program;
        this.limits = limits;
        this.little = little;
    }

    /**
     * @throws KernelUnsupported where a handler cannot run where it has to
     */
    public static KernelPlan plan(IrProgram program, Limits limits, RunIn runIn) {
        return plan(program, limits, runIn, new BitSet());
    }

    /**
     * @param little ids of handlers of which as little as possible is to run in the kernel, because more did not fit
     * @throws KernelUnsupported where a handler cannot run where it has to
     */
    public static KernelPlan plan(IrProgram program, Limits limits, RunIn runIn, BitSet little) {
        return new Placement(program, limits, little).plan(runIn);
    }

    private KernelPlan plan(RunIn runIn) {
        List<Code> codes = new ArrayList<>(program.functions());
        List<Code> shapedCodes = new ArrayList<>();
        List<Code> blocks = new ArrayList<>();
        EncodedTexts texts = EncodedTexts.of(program);
        for (IrHandler handler : program.handlers()) {
            if (inKernel(handler, runIn)) {
                IrHandler shaped = KernelPasses.apply(withCondition(handler), program, texts, share(handler, runIn), limits);
                kernel.add(shaped);
                uses.add(GlobalUse.of(shaped.code(), program.globals()));
                shapedCodes.add(shaped.code());
                blocks.addAll(HostBlocks.of(shaped.code()));
            } else {
                host.add(handler.id());
                codes.add(handler.code());
                hostUse(handler.code());
            }
        }
        codes.addAll(blocks);
        blocks.forEach(this::hostUse);
        if (!host.isEmpty() || !blocks.isEmpty()) {
            for (Code function : program.functions()) {
                hostUse(function);
            }
        }
        StringWidths widths = StringWidths.of(program.globals(), codes, shapedCodes, limits.maxStringLength());
        for (int i = 0; i < kernel.size(); i++) {
            kernel.set(i, LongFormats.apply(kernel.get(i), widths));
        }
        ownedByThread = ThreadOwned.of(kernel, program.globals(), hostUses);
        int[] locks = locks();
        List<GlobalHome> homes = new ArrayList<>();
        int next = ControlLayout.FIXED + 8 * lockCount(locks);
        for (Global global : program.globals()) {
            GlobalHome home = home(global, widths, locks, next);
            if (home instanceof GlobalHome.Cell cell) {
                next = cell.field().end();
            }
            homes.add(home);
        }
        List<OptionalInt> handlerLocks = new ArrayList<>();
        for (GlobalUse use : uses) {
            handlerLocks.add(lock(use.all(), locks));
        }
        return new KernelPlan(program.globals(), program.regexes(), homes, kernel, handlerLocks, host, widths,
                new ControlLayout(ControlLayout.FIXED, lockCount(locks), next), limits);
    }

    private KernelShare share(IrHandler handler, RunIn runIn) {
        return little.get(handler.id()) ? KernelShare.LITTLE : runIn == RunIn.KERNEL ? KernelShare.MOST : KernelShare.CHEAP;
    }

    private boolean inKernel(IrHandler handler, RunIn runIn) {
        boolean movable = false;
        boolean timer = false;
        for (ProbeSite site : handler.sites()) {
            if (!site.onHost()) {
                return true;
            }
            timer |= site instanceof ProbeSite.Timer;
            movable |= site instanceof ProbeSite.Begin || site instanceof ProbeSite.End || site instanceof ProbeSite.Error;
        }
        return runIn == RunIn.KERNEL && movable || runIn == RunIn.AUTO && (movable || timer) && needsKernel(handler);
    }

    /** An event of the session can run its handler in the kernel too, which is slower, but where all can be read. */
    private boolean needsKernel(IrHandler handler) {
        return KernelMemory.isReadBy(handler.code(), program.functions())
                || handler.condition().isPresent() && KernelMemory.isReadBy(handler.condition().get(), program.functions());
    }

    /** The condition of a probe point is looked at each time: it may change from one event to the next. */
    private static IrHandler withCondition(IrHandler handler) {
        if (handler.condition().isEmpty()) {
            return handler;
        }
        Code condition = handler.condition().get();
        Code joined = ConditionJoiner.join(condition, handler.code());
        return new IrHandler(handler.id(), handler.point(), handler.sites(), handler.optional(),
                Optional.empty(), joined);
    }

    private void hostUse(Code code) {
        GlobalUse use = GlobalUse.of(code, program.globals());
        hostIterates.or(use.iterates());
        hostUses.or(use.all());
    }

    // ---- locks

    /** For each global the number of its lock, or -1. Globals that some handler needs at once share one. */
    private int[] locks() {
        int count = program.globals().size();
        int[] group = new int[count];
        boolean[] locked = new boolean[count];
        for (int i = 0; i < count; i++) {
            group[i] = i;
        }
        for (GlobalUse use : uses) {
            if (use.needsExclusion(program.globals(), ownedByThread)) {
                join(group, locked, shared(use));
            }
        }
        for (GlobalUse use : uses) {
            BitSet shared = shared(use);
            BitSet touched = new BitSet();
            for (int global = shared.nextSetBit(0); global >= 0; global = shared.nextSetBit(global + 1)) {
                if (locked[root(group, global)]) {
                    touched.set(global);
                }
            }
            join(group, locked, touched);
        }
        return number(group, locked);
    }

    /** Globals in maps or cells that handlers can meet in; a bank only takes additions, which commute. */
    private BitSet shared(GlobalUse use) {
        BitSet shared = use.all();
        for (int global = shared.nextSetBit(0); global >= 0; global = shared.nextSetBit(global + 1)) {
            if (ownedByThread.get(global) || isBank(program.globals().get(global))) {
                shared.clear(global);
            }
        }
        return shared;
    }

    private static void join(int[] group, boolean[] locked, BitSet members) {
        int first = members.nextSetBit(0);
        for (int global = first; global >= 0; global = members.nextSetBit(global + 1)) {
            group[root(group, global)] = root(group, first);
        }
        if (first >= 0) {
            locked[root(group, first)] = true;
        }
    }

    private static int root(int[] group, int global) {
        int now = global;
        while (group[now] != now) {
            now = group[now];
        }
        return now;
    }

    private static int[] number(int[] group, boolean[] locked) {
        int[] numbers = new int[group.length];
        int[] ofRoot = new int[group.length];
        int next = 0;
        for (int i = 0; i < group.length; i++) {
            if (locked[i] && root(group, i) == i) {
                ofRoot[i] = next++;
            }
        }
        for (int i = 0; i < group.length; i++) {
            numbers[i] = locked[root(group, i)] ? ofRoot[root(group, i)] : -1;
        }
        return numbers;
    }

    private static int lockCount(int[] locks) {
        int count = 0;
        for (int lock : locks) {
            count = Math.max(count, lock + 1);
        }
        return count;
    }

    private static OptionalInt lock(BitSet globals, int[] locks) {
        for (int global = globals.nextSetBit(0); global >= 0; global = globals.nextSetBit(global + 1)) {
            if (locks[global] >= 0) {
                return OptionalInt.of(locks[global]);
            }
        }
        return OptionalInt.empty();
    }

    // ---- homes

    private boolean inKernel(Global global) {
        for (GlobalUse use : uses) {
            if (use.all().get(global.id())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a kernel handler loops over it. */
    private boolean isWalked(Global global) {
        for (GlobalUse use : uses) {
            if (use.iterates().get(global.id())) {
                return true;
            }
        }
        return false;
    }

    private boolean isBank(Global global) {
        if (!global.isStatistic() && (!global.isArray() || global.value() != Type.LONG || global.wrap())) {
            return false;
        }
        for (GlobalUse use : uses) {
            if (use.reads().get(global.id()) || use.writes().get(global.id())) {
                return false;
            }
        }
        return true;
    }

    private GlobalHome home(Global global, StringWidths widths, int[] locks, int nextCell) {
        if (!inKernel(global)) {
            return new GlobalHome.Host();
        }
        OptionalInt lock = locks[global.id()] < 0 ? OptionalInt.empty() : OptionalInt.of(locks[global.id()]);
        boolean bank = isBank(global);
        if (!global.isArray() && !bank) {
            return new GlobalHome.Cell(value(global, widths, nextCell), lock);
        }
        KeyLayout key = KeyLayout.of(global.keys(), widths.keys(global));
        int entries = global.size().orElse(limits.maxMapEntries());
        boolean walked = isWalked(global);
        boolean ordered = walked || global.wrap() || hostIterates.get(global.id()) || !global.read();
        return bank ? bank(global, key, entries, ordered) : table(global, widths, key, entries, ordered, walked, lock);
    }

    private static GlobalHome bank(Global global, KeyLayout key, int entries, boolean ordered) {
        Optional<StatLayout> stat = global.isStatistic() ? Optional.of(StatLayout.of(global.shape())) : Optional.empty();
        int value = stat.isPresent() ? stat.get().size() : 8;
        Optional<Field> stamp = ordered ? Optional.of(new Field(Type.LONG, value, 8)) : Optional.empty();
        int size = value + (ordered ? 8 : 0);
        MapSpec bank = global.isArray() ? MapSpec.perCpuHash(global.name(), key.size(), size, entries)
                : MapSpec.perCpuArray(global.name(), size, 1);
        MapSpec slot = MapSpec.arrayOfMaps(global.name() + "_bank", 1, bank);
        return new GlobalHome.Bank(slot, bank, key, stat, stamp);
    }

    private static GlobalHome table(Global global, StringWidths widths, KeyLayout key, int entries, boolean ordered,
                                    boolean walked, OptionalInt lock) {
        Field value = value(global, widths, 0);
        int size = value.end();
        Optional<Field> stamp = ordered ? Optional.of(new Field(Type.LONG, size, 8)) : Optional.empty();
        MapSpec map = new MapSpec(global.name(), MapType.HASH, key.size(), size + (ordered ? 8 : 0), entries, 0, Optional.empty());
        return new GlobalHome.Table(map, key, value, stamp, walked, lock);
    }

    private static Field value(Global global, StringWidths widths, int offset) {
        int size = switch (global.value()) {
            case STRING -> Align.up8(widths.value(global));
            case STATS -> StatLayout.of(global.shape()).size();
            case LONG, VOID -> 8;
        };
        return new Field(global.value(), offset, size);
    }

    /** The map of the control block. */
    public static MapSpec controlMap(ControlLayout layout) {
        return MapSpec.array(ControlLayout.MAP, layout.size(), 1).withFlags(MapFlags.MMAPABLE);
    }
}
