package org.jstap.compiler.intrinsic;

import org.jstap.compiler.program.Type;

/** Whether calling an intrinsic does something beside giving a result. */
public final class Effects {
    private Effects() { }

    /** An intrinsic without a result is called for its effect; those that give one only look, unless they are listed here. */
    public static boolean has(Intrinsic intrinsic) {
        return intrinsic.result() == Type.VOID || intrinsic.result() == Type.LONG && intrinsic.width() < 0;
    }
}
