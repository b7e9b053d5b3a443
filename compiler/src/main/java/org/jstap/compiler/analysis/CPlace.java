package org.jstap.compiler.analysis;

import java.util.Optional;
import org.jstap.compiler.program.Expr.Space;
import org.jstap.ebpf.btf.Field;

/**
 * Something with a C type: either a value, or an object in memory at {@code expression + offset}.
 *
 * @param inMemory   whether {@code expression} is an address
 * @param type       BTF id of the type of the value or object
 * @param bitField   the member, where the object is a bit field
 * @param spelling   how the script spells it, for messages
 */
record CPlace(BoundExpression expression, boolean inMemory, long offset, int type, Optional<Field> bitField, Space space,
              String spelling) {
    static CPlace value(BoundExpression value, int type, String spelling) {
        return new CPlace(value, false, 0, type, Optional.empty(), Space.KERNEL, spelling);
    }

    static CPlace object(BoundExpression address, int type, Space space, String spelling) {
        return new CPlace(address, true, 0, type, Optional.empty(), space, spelling);
    }
}
