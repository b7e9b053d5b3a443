package org.jstap.compiler.kernel.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;
import org.jstap.compiler.kernel.KernelPlan;
import org.jstap.compiler.kernel.layout.GlobalHome;

/**
 * Places in scratch memory where walks through arrays keep copies of the elements that match, so that those of a small array are
 * looked up once and not at each step: a look at all elements takes as long as the map is large, empty or not.
 *
 * @param byWalk by the number of the variable that is a walk's last element
 * @param end    first byte of scratch memory behind them
 */
record WalkBuffers(Map<Integer, Buffer> byWalk, int end) {
    private static final int LARGEST = 4096;

    /**
     * @param offset   in scratch memory
     * @param capacity in elements
     * @param element  bytes of one: the key and behind it the value
     */
    record Buffer(int offset, int capacity, int element) { }

    /**
     * @param start first free byte of scratch memory
     * @param limit how many bytes there are
     */
    static WalkBuffers of(Code code, KernelPlan plan, int start, int limit) {
        List<Op.NextElement> walks = new ArrayList<>();
        new OpRewriter() {
            @Override
            public Op rewrite(Op op) {
                if (op instanceof Op.NextElement walk) {
                    walks.add(walk);
                }
                return super.rewrite(op);
            }

            void all(Region region) {
                region(region);
            }
        }.all(code.body());
        Map<Integer, Buffer> byWalk = new HashMap<>();
        int next = start;
        for (Op.NextElement walk : walks) {
            if (plan.homes().get(walk.global()) instanceof GlobalHome.Table table) {
                int element = table.key().size() + table.map().valueSize();
                int capacity = Math.min(table.map().maxEntries(), Math.min(LARGEST, (limit - start) / walks.size()) / element);
                if (capacity > 1) {
                    byWalk.put(walk.cursor().last().id(), new Buffer(next, capacity, element));
                    next += capacity * element;
                }
            }
        }
        return new WalkBuffers(byWalk, next);
    }

    Optional<Buffer> of(Op.NextElement walk) {
        return Optional.ofNullable(byWalk.get(walk.cursor().last().id()));
    }
}
