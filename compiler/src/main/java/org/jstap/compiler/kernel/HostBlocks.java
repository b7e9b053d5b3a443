package org.jstap.compiler.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jstap.compiler.ir.Code;
import org.jstap.compiler.ir.Op;
import org.jstap.compiler.ir.OpRewriter;
import org.jstap.compiler.ir.Region;

/** What a handler of the kernel leaves to the host. */
final class HostBlocks extends OpRewriter {
    private final List<Code> blocks = new ArrayList<>();

    private HostBlocks() { }

    static List<Code> of(Code code) {
        HostBlocks found = new HostBlocks();
        found.region(code.body());
        return found.blocks;
    }

    @Override
    public Op rewrite(Op op) {
        if (op instanceof Op.HostBlock block) {
            blocks.add(block.block());
        }
        return super.rewrite(op);
    }

    @Override
    protected Region region(Region region) {
        return super.region(region);
    }
}
