package org.jstap.compiler.intrinsic;

import org.jstap.compiler.program.Type;

/** Whether calling an intrinsic does something beside giving a result. */
public final class Effects {
    private Effects() { }

    /**
     * An intrinsic without a result is called for its effect; those that give one only look, but for the two that remember where in
     * a string they are, and a verdict that can be an operand like any assignment.
     */
    public static boolean has(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case TOKENIZE, NEXT_TOKEN, SET_VERDICT -> true;
            default -> intrinsic.result() == Type.VOID;
        };
    }
}
