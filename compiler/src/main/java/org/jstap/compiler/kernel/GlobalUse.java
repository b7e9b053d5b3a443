package org.jstap.compiler.kernel;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Operand;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Type;

/**
 * How one code uses globals, by their ids.
 *
 * @param adds     globals it adds to in ways that commute
 * @param reads    globals it looks at
 * @param writes   globals it sets or deletes from
 * @param iterates globals it loops over
 * @param sweeps   arrays of which it looks at all elements without a loop
 * @param accesses how many looks and settings there are for each global
 */
record GlobalUse(BitSet adds, BitSet reads, BitSet writes, BitSet iterates, BitSet sweeps, int[] accesses) {
    static GlobalUse of(Code code, List<Global> globals) {
        Collector collector = new Collector(globals);
        collector.visit(code.body());
        return new GlobalUse(collector.adds, collector.reads, collector.writes, collector.iterates, collector.sweeps,
                collector.accesses);
    }

    BitSet all() {
        BitSet all = (BitSet) adds.clone();
        all.or(reads);
        all.or(writes);
        return all;
    }

    /**
     * What has to be seen or done as one: a look or a setting that is not by itself atomic.
     *
     * @param ownedByThread globals in whose elements handlers never meet
     */
    boolean needsExclusion(List<Global> globals, BitSet ownedByThread) {
        BitSet touched = (BitSet) reads.clone();
        touched.or(writes);
        touched.andNot(ownedByThread);
        for (int global = adds.nextSetBit(0); global >= 0; global = adds.nextSetBit(global + 1)) {
            // An addition to a full wrapping array drops the oldest element.
            if (globals.get(global).wrap()) {
                return true;
            }
        }
        if (touched.cardinality() != 1) {
            return !touched.isEmpty();
        }
        int only = touched.nextSetBit(0);
        return accesses[only] > 1 || globals.get(only).value() != Type.LONG || iterates.get(only) || sweeps.get(only);
    }

    private static final class Collector extends OpRewriter {
        private final BitSet adds = new BitSet();
        private final BitSet reads = new BitSet();
        private final BitSet writes = new BitSet();
        private final BitSet iterates = new BitSet();
        private final BitSet sweeps = new BitSet();
        private final List<Global> globals;
        private final int[] accesses;

        Collector(List<Global> globals) {
            this.globals = globals;
            this.accesses = new int[globals.size()];
        }

        void visit(Region region) {
            region(region);
        }

        @Override
        public Op rewrite(Op op) {
            switch (op) {
                case Op.AddGlobal o -> adds.set(o.global());
                case Op.AddStat o -> adds.set(o.global());
                case Op.ReadGlobal o -> read(o.global());
                case Op.Contains o -> {
                    read(o.global());
                    keys(o.global(), o.keys());
                }
                case Op.ReadStat o -> read(o.global());
                case Op.ReadBucket o -> read(o.global());
                case Op.PrintHistogram o -> read(o.global());
                case Op.ForeachBucket o -> read(o.global());
                case Op.Foreach o -> {
                    read(o.global());
                    iterates.set(o.global());
                }
                case Op.NextElement o -> {
                    read(o.global());
                    iterates.set(o.global());
                }
                case Op.WriteGlobal o -> write(o.global());
                case Op.Delete o -> {
                    write(o.global());
                    keys(o.global(), o.keys());
                }
                default -> { }
            }
            return super.rewrite(op);
        }

        private void keys(int global, List<Optional<Operand>> keys) {
            if (globals.get(global).isArray() && (keys.isEmpty() || keys.contains(Optional.<Operand>empty()))) {
                sweeps.set(global);
            }
        }

        private void read(int global) {
            reads.set(global);
            accesses[global]++;
        }

        private void write(int global) {
            writes.set(global);
            accesses[global]++;
        }
    }
}
