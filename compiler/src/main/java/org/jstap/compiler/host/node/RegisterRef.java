package org.jstap.compiler.host.node;

import org.jstap.compiler.host.text.Arguments;

/** A register and which kind it is. */
record RegisterRef(boolean isText, int register) {
    /** Reads registers into arguments. */
    static void load(RegisterRef[] registers, Frame frame, Arguments arguments) {
        for (int i = 0; i < registers.length; i++) {
            RegisterRef from = registers[i];
            if (from.isText) {
                arguments.set(i, frame.texts[from.register]);
            } else {
                arguments.set(i, frame.numbers[from.register]);
            }
        }
    }
}
