package org.jstap.compiler.kernel;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.program.Global;
import org.jstap.compiler.program.Type;
import org.jstap.language.source.Span;

/**
 * How one code uses globals, by their ids.
 *
 * @param adds     globals it adds to in ways that commute
 * @param reads    globals it looks at
 * @param writes   globals it sets or deletes from
 * @param iterates globals it loops over
 * @param accesses how many looks and settings there are for each global
 */
record GlobalUse(BitSet adds, BitSet reads, BitSet writes, BitSet iterates, int[] accesses, Optional<Span> statRead) {
    static GlobalUse of(Code code, List<Global> globals) {
        Collector collector = new Collector(globals);
        collector.visit(code.body());
        return new GlobalUse(collector.adds, collector.reads, collector.writes, collector.iterates, collector.accesses,
                collector.statRead);
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
        return accesses[only] > 1 || globals.get(only).value() == Type.STRING || iterates.get(only);
    }

    private static final class Collector extends OpRewriter {
        private final List<Global> globals;
        private final BitSet adds = new BitSet();
        private final BitSet reads = new BitSet();
        private final BitSet writes = new BitSet();
        private final BitSet iterates = new BitSet();
        private final int[] accesses;
        private Optional<Span> statRead = Optional.empty();

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
                case Op.ReadGlobal o -> read(o.global(), o.span());
                case Op.Contains o -> read(o.global(), o.span());
                case Op.ReadStat o -> read(o.global(), o.span());
                case Op.ReadBucket o -> read(o.global(), o.span());
                case Op.PrintHistogram o -> read(o.global(), o.span());
                case Op.ForeachBucket o -> read(o.global(), o.span());
                case Op.Foreach o -> {
                    read(o.global(), o.span());
                    iterates.set(o.global());
                }
                case Op.WriteGlobal o -> write(o.global(), o.span());
                case Op.Delete o -> write(o.global(), o.span());
                default -> { }
            }
            return super.rewrite(op);
        }

        private void read(int global, Span span) {
            reads.set(global);
            accesses[global]++;
            if (globals.get(global).isStatistic() && statRead.isEmpty()) {
                statRead = Optional.of(span);
            }
        }

        private void write(int global, Span span) {
            writes.set(global);
            accesses[global]++;
            if (globals.get(global).isStatistic() && statRead.isEmpty()) {
                statRead = Optional.of(span);
            }
        }
    }
}
