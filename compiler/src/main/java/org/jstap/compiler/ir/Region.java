package org.jstap.compiler.ir;

import java.util.List;

/** A straight list of operations. */
public record Region(List<Op> ops) {
    public static final Region EMPTY = new Region(List.of());

    public Region {
        ops = List.copyOf(ops);
    }

    public boolean isEmpty() {
        return ops.isEmpty();
    }
}
