package org.jstap.compiler.kernel.transform;

import java.util.List;
import java.util.function.Consumer;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;

/** Shows operations and what is in their regions, each before its own regions. */
final class OpFinder extends OpRewriter {
    private final Consumer<Op> visitor;

    private OpFinder(Consumer<Op> visitor) {
        this.visitor = visitor;
    }

    static void visit(Region region, Consumer<Op> visitor) {
        new OpFinder(visitor).region(region);
    }

    static void visit(List<Op> ops, Consumer<Op> visitor) {
        OpFinder finder = new OpFinder(visitor);
        for (Op op : ops) {
            finder.rewrite(op);
        }
    }

    @Override
    public Op rewrite(Op op) {
        visitor.accept(op);
        return super.rewrite(op);
    }
}
